"""Jobs of workers that died: seen by the missing sign of life, and queued again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bala.kernel import queue
from bala.pages.jobs import retry_stalled_jobs

pytestmark = pytest.mark.django_db


def taken_by_a_worker_last_seen(seconds_ago: int) -> int:
    """Put a job into the queue, in the hands of a worker; give its number."""
    number = queue.defer("programme.fold_tallies", timestamp=0)
    assert number is not None
    seen = timezone.now() - timedelta(seconds=seconds_ago)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [seen]
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, number],
        )
    return number


@pytest.mark.parametrize(("seconds", "status"), [(120, "todo"), (5, "doing")])
def test_a_job_of_a_dead_worker_waits_again_and_of_a_living_one_goes_on(
    seconds: int, status: str
) -> None:
    number = taken_by_a_worker_last_seen(seconds)
    retry_stalled_jobs.func(timestamp=0)
    assert ProcrastinateJob.objects.get(id=number).status == status


def test_a_job_whose_worker_was_swept_away_waits_again() -> None:
    number = taken_by_a_worker_last_seen(120)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    retry_stalled_jobs.func(timestamp=0)
    assert ProcrastinateJob.objects.get(id=number).status == "todo"

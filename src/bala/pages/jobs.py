"""Work that keeps all rooms' work going."""

import subprocess
import sys
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from bala.kernel.retention import keep_terms

STALLED_AFTER = timedelta(seconds=30)  # a worker says every ten seconds that it is alive


@app.periodic(cron="* * * * *")
@app.task(name="pages.retry_stalled_jobs", queueing_lock="pages.retry_stalled_jobs")
def retry_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Queue again the jobs of workers that died at them: every job runs at least once."""
    # The machine's own clock: that of the campaign can be moved, workers live in real time.
    dead_since = timezone.now() - STALLED_AFTER
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT job.id FROM procrastinate_jobs job"
            " LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id"
            " WHERE job.status = 'doing'"
            " AND (worker.id IS NULL OR worker.last_heartbeat < %s)",
            [dead_since],
        )
        stalled = [int(row[0]) for row in cursor.fetchall()]
    for job_id in stalled:
        app.job_manager.retry_job_by_id(job_id=job_id, retry_at=timezone.now())


@app.periodic(cron="10 22 * * *")
@app.task(name="pages.canary_crawl", queueing_lock="pages.canary_crawl")
def canary_crawl(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Run the canary crawl in a process of its own: its settings are not the worker's.

    A leak ends the command badly: the job fails visibly, and the coordinators have their letter.
    """
    subprocess.run([sys.executable, "-m", "bala", "canary_crawl"], check=True, timeout=3600)


@app.periodic(cron="40 21 * * *")
@app.task(name="pages.retention", queueing_lock="pages.retention")
def retention(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """End what is kept longer than it may be, in all rooms."""
    keep_terms()

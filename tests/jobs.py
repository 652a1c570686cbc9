"""Running what waits in the queue, in the test's own process and transaction."""

from collections.abc import Iterator

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def run_jobs(*names: str) -> list[str]:
    """Run the jobs that wait, and those that they put behind them; return their names in order.

    With `names`, only the tasks called so. A job's own exception comes out here.
    """
    return list(_run(names))


def _run(names: tuple[str, ...]) -> Iterator[str]:
    while True:
        waiting = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "id")
        job = (waiting.filter(task_name__in=names) if names else waiting).first()
        if job is None:
            return
        # The rows of the queue are read-only to Django, so the queue's own manager ends the job.
        app.tasks[job.task_name].func(**job.args)
        _done(job.id)
        yield job.task_name


def _done(job_id: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job_id])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job_id])

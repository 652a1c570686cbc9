"""Putting a job into the queue, in the transaction of the caller, by the name of its task.

Actions stand below jobs and must not import them, so the name is all they know. The row of the job
is written by the caller's own database connection: rolled back with it, or confirmed with it.
"""

from datetime import datetime

from procrastinate.contrib.django import app

Argument = str | int | bool | None


def defer(
    task: str,
    *,
    queueing_lock: str | None = None,
    lock: str | None = None,
    at: datetime | None = None,
    **arguments: Argument,
) -> int | None:
    """Defer `task` with `arguments`; return the job's number.

    With a `queueing_lock` that already waits in the queue nothing is added and None is returned.
    Jobs with the same `lock` run one after another. `at` is the earliest moment to run.
    """
    from procrastinate.exceptions import AlreadyEnqueued

    options: dict[str, object] = {"queueing_lock": queueing_lock, "lock": lock, "schedule_at": at}
    given = {name: value for name, value in options.items() if value is not None}
    try:
        from django.db import transaction

        with transaction.atomic():  # a refused lock must not spoil the caller's transaction
            return int(app.configure_task(task, **given).defer(**arguments))  # type: ignore[arg-type]
    except AlreadyEnqueued:
        return None

"""Putting a job into the queue, in the transaction of the caller, by the name of its task.

Actions stand below jobs and must not import them, so the name is all they know. The row of the job
is written by the caller's own database connection: rolled back with it, or confirmed with it.
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from bala.kernel import clock

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


def periodic_due(after: datetime, until: datetime) -> Iterator[tuple[str, datetime]]:
    """Give each periodic task that falls due after one moment and until another, both aware.

    With each task's name comes its last moment in between: that of a schedule which comes round
    many times in an hour is given once.
    """
    for (name, _periodic_id), periodic in app.periodic_registry.periodic_tasks.items():
        # croniter gives the moment strictly before its start; `until` itself may be due.
        end = until.astimezone(UTC).timestamp() + 1
        schedule = deepcopy(periodic.croniter)  # it keeps its place, and a worker's is at work
        due = datetime.fromtimestamp(schedule.get_prev(float, start_time=end), UTC)
        if due > after:
            yield name, due


def run_periodic_at(task: str, moment: datetime) -> None:
    """Run a periodic task as if it were an aware `moment`; KeyError where none has this name."""
    with clock.at(moment):
        app.tasks[task].func(timestamp=int(moment.timestamp()))

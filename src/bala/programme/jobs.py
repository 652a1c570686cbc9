"""Jobs of the room."""

from procrastinate.contrib.django import app

from bala.programme.actions import coverage, plan_import, reminders


@app.periodic(cron="*/5 * * * *")
@app.task(name="programme.fold_tallies", queueing_lock="programme.fold_tallies")
def fold_tallies(timestamp: int) -> None:  # noqa: ARG001 - the queue says when it was due
    """Add up what the triggers appended to the tallies of coverage; twice does no harm."""
    coverage.fold_tallies()


# The schedule is kept in UTC, while nine in the morning is a matter of the capital's zone (which
# has changed its offset) and of a clock that a demonstration can move: so the job looks every
# quarter of an hour, and the keys of the letters see to it that each is written once.
@app.periodic(cron="*/15 * * * *")
@app.task(name="programme.remind", queueing_lock="programme.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Write the reminders of plans that are due."""
    reminders.write_due_reminders()


@app.task(name="programme.work_on_import")
def work_on_import(import_id: int) -> None:
    """Read a plan that was sent in, or take its rows into the plan; twice does no harm."""
    plan_import.work_on_import(import_id)


@app.periodic(cron="20 21 * * *")
@app.task(name="programme.forget_plan_files", queueing_lock="programme.forget_plan_files")
def forget_plan_files(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Delete the files of plans whose days are over."""
    plan_import.forget_old_files()

"""Work of the room that runs in the background."""

from procrastinate.contrib.django import app

from bala.returns.actions import nudges, reports


@app.task(name="returns.make_report")
def make_report(run_id: int) -> None:
    """Make a report that was asked for."""
    reports.make_report(run_id=run_id)


# Nine in the morning is a matter of the capital's zone and of a clock that can be moved: so the job
# looks every quarter of an hour, as that of the plans does.
@app.periodic(cron="*/15 * * * *")
@app.task(name="returns.remind", queueing_lock="returns.remind")
def remind(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Write the reminders of returns that are due."""
    nudges.write_due_reminders()

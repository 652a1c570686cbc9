"""Jobs of the room; each may run twice, its effect comes once."""

from procrastinate.contrib.django import app

from bala.certificates.actions import batches, prints


@app.task(name="certificates.issue_list")
def issue_list(batch_id: int) -> None:
    """Issue a list that was confirmed, or what is left of it."""
    batches.issue_list(batch_id)


@app.task(name="certificates.make_print")
def make_print(run_id: int) -> None:
    """Make the file of a list that somebody asked for."""
    prints.make_print(run_id)


@app.periodic(cron="40 21 * * *")
@app.task(name="certificates.forget_prints", queueing_lock="certificates.forget_prints")
def forget_prints(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Delete the files whose days are over."""
    prints.forget_prints()

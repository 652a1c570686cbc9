"""Jobs of the room."""

from procrastinate.contrib.django import app

from bala.programme.actions import coverage


@app.periodic(cron="*/5 * * * *")
@app.task(name="programme.fold_tallies", queueing_lock="programme.fold_tallies")
def fold_tallies(timestamp: int) -> None:  # noqa: ARG001 - the queue says when it was due
    """Add up what the triggers appended to the tallies of coverage; twice does no harm."""
    coverage.fold_tallies()

"""Work of the room that runs in the background."""

from procrastinate.contrib.django import app

from bala.returns.actions import reports


@app.task(name="returns.make_report")
def make_report(run_id: int) -> None:
    """Make a report that was asked for."""
    reports.make_report(run_id=run_id)

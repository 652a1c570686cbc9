"""Work of the room that runs in the background."""

from datetime import datetime

from procrastinate.contrib.django import app

from bala.kernel import queue


@app.task(name="demo.run_as_of")
def run_as_of(name: str, moment: str) -> None:
    """Run a periodic job as of a moment over which the demonstration's clock was moved."""
    queue.run_periodic_at(name, datetime.fromisoformat(moment))

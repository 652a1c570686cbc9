"""Work of the room that runs in the background."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bala.files.actions import cleaning, keeping, preparing

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)  # a full disk, a storage that is away


@app.task(name="files.prepare", retry=AGAIN)
def prepare(file_id: int) -> None:
    """Make the renditions of a file."""
    preparing.prepare(file_id=file_id)


@app.task(name="files.remove", retry=AGAIN)
def remove(file_id: int) -> None:
    """Remove the bytes of a file that is no more."""
    keeping.remove_content(file_id=file_id)


@app.periodic(cron="40 2 * * *")
@app.task(name="files.clean", queueing_lock="files.clean")
def clean(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Remove what nobody needs."""
    cleaning.clean()


@app.periodic(cron="*/5 * * * *")
@app.task(name="files.resume", queueing_lock="files.resume")
def resume(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Begin again what a killed worker left."""
    cleaning.resume()

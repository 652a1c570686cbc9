"""Jobs of the ground floor."""

from procrastinate.contrib.django import app

from bala.kernel import limits


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.forget_old_limits", queueing_lock="kernel.forget_old_limits")
def forget_old_limits(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Drop what the limits need no more; twice does no harm."""
    limits.forget_old()

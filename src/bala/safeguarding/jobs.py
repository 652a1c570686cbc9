"""Jobs of the room; each may run twice, its effect comes once."""

from procrastinate.contrib.django import app

from bala.safeguarding.actions import letters, upkeep


@app.periodic(cron="*/15 * * * *")
@app.task(name="safeguarding.escalate", queueing_lock="safeguarding.escalate")
def escalate(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Tell the coordinators of what waits too long."""
    letters.tell_of_waiting()


@app.periodic(cron="*/5 * * * *")
@app.task(name="safeguarding.follow_consents", queueing_lock="safeguarding.follow_consents")
def follow_consents(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Close what lost a consent; readers have not seen it since the moment of the withdrawal."""
    upkeep.follow_consents()


@app.periodic(cron="20 21 * * *")
@app.task(name="safeguarding.forget_sources", queueing_lock="safeguarding.forget_sources")
def forget_sources(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Forget where old reports came from."""
    upkeep.forget_sources()

"""Jobs of the room."""

import json

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from bala.notify.actions import digests, sending, upkeep, writing
from bala.notify.actions.channels import TemporaryFailure
from bala.people.models import Account


class PatientRetry(BaseRetryStrategy):
    """After 10, 20, 40 … seconds, or when the gateway asked us to come back."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Try a temporary failure again; everything else is a fault of ours and stays visible."""
        if not isinstance(exception, TemporaryFailure):
            return None
        wait = exception.retry_after
        if wait is None:
            wait = min(10 * 2**job.attempts, 3600)
        return RetryDecision(retry_in={"seconds": int(wait) + 1})


@app.task(name="notify.tell")
def tell(account_id: int, kind: str, key: str, context: str, about: str = "") -> None:
    """Write a letter for a room that stands below; `context` is JSON text."""
    account = Account.objects.filter(pk=account_id).first()
    if account is not None:  # erased meanwhile
        writing.tell(account=account, kind=kind, key=key, context=json.loads(context), about=about)


@app.task(name="notify.send", retry=PatientRetry())
def send(message_id: int) -> None:
    """Send one letter."""
    sending.send(message_id)


@app.periodic(cron="*/15 * * * *")
@app.task(name="notify.round", queueing_lock="notify.round")
def round_(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Queue again what was left unsent, and write the daily letters once their hour has come."""
    sending.send_stuck()
    digests.write_digests()


@app.periodic(cron="50 21 * * *")
@app.task(name="notify.forget", queueing_lock="notify.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - given by the schedule
    """Delete the letters whose time is over."""
    upkeep.forget_old()

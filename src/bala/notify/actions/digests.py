"""The daily letter: what was collected for a person goes out as one letter a day.

Whether today's was written is told by its key, which the database keeps once for each person. The
letter, its hold on what was collected and the job that sends it are written in one transaction: a
worker that dies before its end leaves all of it for the next round.
"""

from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from bala.kernel import clock
from bala.notify.actions.writing import queue_sending
from bala.notify.enums import MessageState
from bala.notify.models import Message
from bala.notify.queries.kinds import DIGEST, kind_of
from bala.notify.queries.recipients import way_for
from bala.people.models import Account


def write_digests() -> int:
    """Write the daily letter of everybody for whom something was collected; return how many.

    Nothing before BALA_DIGEST_HOUR of the national day; later, each person's is written once a day,
    and none to whom nothing was collected. What is collected after that waits for the next day.
    """
    today = clock.today()
    if clock.now() < _due_at(today):
        return 0
    written = Message.objects.filter(account=OuterRef("account"), key=_key(today))
    waiting = (
        Message.objects.filter(
            ~Exists(written),
            state=MessageState.COLLECTED,
            digest__isnull=True,
            account__is_active=True,
        )
        .order_by("account_id")
        .values_list("account_id", flat=True)
        .distinct()
    )
    return sum(_write(account_id, today) for account_id in list(waiting))


@transaction.atomic
def _write(account_id: int, day: date) -> bool:
    """Write one person's letter of the day; False where it is written, or there is nothing in it."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:  # erased meanwhile
        return False
    message, made = Message.objects.get_or_create(
        account=account,
        key=_key(day),
        defaults={
            "kind": DIGEST,
            "context": f'{{"day": "{day.isoformat()}"}}',
            "way": way_for(account, kind_of(DIGEST)),
        },
    )
    if not made:
        return False
    # Locked, so that what the person switches off at this moment is either in the letter or gone.
    collected = Message.objects.select_for_update().filter(
        account=account, state=MessageState.COLLECTED, digest__isnull=True
    )
    held = [one.pk for one in collected.order_by("pk")]
    if not held:
        message.delete()
        return False
    Message.objects.filter(pk__in=held).update(digest=message)
    queue_sending(message)
    return True


def _key(day: date) -> str:
    return f"{DIGEST}:{day.isoformat()}"


def _due_at(day: date) -> datetime:
    return datetime.combine(day, time(settings.BALA_DIGEST_HOUR), clock.NATIONAL_ZONE)

"""Forgetting letters whose time is over."""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet

from bala.kernel import clock
from bala.notify.models import Address, Message
from bala.notify.queries.kinds import PHONE_CODE

AT_ONCE = 2000  # rows of one statement
CODES_LAST = timedelta(days=1)


def forget_old() -> int:
    """Delete letters written more than BALA_LETTERS_DAYS ago; return how many.

    Codes for telephones go after a day, with the telephones and chats that nobody confirmed. A letter
    that could not be sent in all that time is of no use to its reader any more, and goes too.
    """
    now = clock.now()
    unproved = Address.objects.filter(
        confirmed_at__isnull=True, broken_at__isnull=True, code_until__lt=now - CODES_LAST
    )
    unproved.delete()
    codes = Message.objects.filter(kind=PHONE_CODE, written_at__lt=now - CODES_LAST)
    term = now - timedelta(days=settings.BALA_LETTERS_DAYS)
    return _delete(codes) + _delete(Message.objects.filter(written_at__lt=term))


def _delete(letters: QuerySet[Message]) -> int:
    """Delete in pieces, so that nobody who sends a letter waits for all of it."""
    gone = 0
    while ids := list(letters.order_by("written_at", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        Message.objects.filter(pk__in=ids).delete()
        gone += len(ids)
    return gone

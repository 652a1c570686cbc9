"""Sending letters: each goes out once.

A letter is a row first; a job then sends it. Sending claims the row, hands the letter to the channel
and marks the row in one transaction: a process that dies before the hand-over leaves the row
unmarked, and the letter goes out later. One edge cannot be closed with SMTP (nor with a gateway that
knows no ids): when a process dies after the other side took the letter and before the mark was
committed, the letter goes out a second time, with the same Message-ID.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from bala.kernel import clock
from bala.notify.actions.channels import Letter, PermanentFailure, TemporaryFailure, channel_for
from bala.notify.actions.writing import queue_sending
from bala.notify.enums import MessageState, Way
from bala.notify.models import Address, Message
from bala.notify.queries.addresses import hash_of
from bala.notify.queries.kinds import DIGEST, PHONE_CODE
from bala.notify.queries.words import words_of

ATTEMPTS = 6  # on one way; then the letter falls back to e-mail, or is given up
STUCK_AFTER = timedelta(minutes=15)
AT_ONCE = 1000


def send(message_id: int) -> bool:
    """Send a letter and mark it sent; False where it was sent, or is being sent by another worker.

    Raises TemporaryFailure when the letter should be tried again.
    """
    try:
        with transaction.atomic():
            message = (
                Message.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("account", "child")
                .filter(pk=message_id, state=MessageState.WAITING)
                .first()
            )
            return message is not None and _send(message)
    except TemporaryFailure as failure:
        if _note(message_id, failure):
            return False  # given up, or queued on another way
        raise


def send_stuck() -> int:
    """Queue again the letters that no worker has sent; return how many."""
    stuck = Message.objects.filter(
        state=MessageState.WAITING, written_at__lt=clock.now() - STUCK_AFTER
    ).order_by("pk")[:AT_ONCE]
    for message in stuck:
        queue_sending(message)
    return len(stuck)


@transaction.atomic
def send_again(*, message: Message) -> bool:
    """Give a letter that failed another round, by e-mail; False when it has not failed.

    A daily letter takes what it holds along; what stood in one that failed can go out by itself.
    False also for a code: it is of no use any more.
    """
    failed = Message.objects.filter(pk=message.pk, state=MessageState.FAILED)
    again = failed.exclude(kind=PHONE_CODE).update(
        state=MessageState.WAITING, way=Way.EMAIL, attempts=0, error="", digest=None
    )
    if again:
        message.collected.update(state=MessageState.COLLECTED, error="")
        queue_sending(message)
    return bool(again)


def send_failed_again(*, letters: QuerySet[Message]) -> int:
    """Give those of `letters` that failed another round, AT_ONCE at most; return how many."""
    failed = letters.filter(state=MessageState.FAILED).order_by("pk")
    # Daily letters first: what they hold goes out in them.
    daily = sum(send_again(message=one) for one in failed.filter(kind=DIGEST)[:AT_ONCE])
    rest = failed.exclude(kind=DIGEST)[: AT_ONCE - daily]
    return daily + sum(send_again(message=one) for one in rest)


def _send(message: Message) -> bool:
    """Hand over on the letter's way, else by e-mail; True when somebody took it."""
    if message.kind == DIGEST and not message.collected.exists():
        message.delete()  # what it held was erased meanwhile: an empty letter is not sent
        return False
    words = words_of(message)
    for way in _ways(message):
        message.way = way
        to = _address(message, way)
        if to is None:
            continue
        try:
            channel_for(way).send(Letter(to, words, f"bala-{message.public_id}"))
        except PermanentFailure as failure:
            message.error = str(failure)[:300]
            if way is not Way.EMAIL and message.kind != PHONE_CODE:
                Address.objects.filter(account=message.account, way=way).update(
                    broken_at=clock.now()
                )
            continue
        message.state, message.sent_at, message.error = MessageState.SENT, clock.now(), ""
        break
    else:
        message.state = MessageState.FAILED
    message.save(update_fields=["state", "sent_at", "way", "error"])
    _settle_collected(message)
    return message.state == MessageState.SENT


def _ways(message: Message) -> list[Way]:
    """Return the ways to try: the letter's own, then e-mail; a code proves nothing elsewhere."""
    own = Way(message.way or Way.EMAIL)
    return [own] if message.kind == PHONE_CODE else list(dict.fromkeys((own, Way.EMAIL)))


def _settle_collected(digest: Message) -> None:
    """Let what a daily letter holds share its fate."""
    if digest.kind == DIGEST:
        digest.collected.update(state=digest.state, sent_at=digest.sent_at, error=digest.error)


def _address(message: Message, way: Way) -> str | None:
    """Return where the way leads to the person; None where it leads nowhere (any more)."""
    if way is Way.EMAIL:
        return message.account.email
    if message.kind == PHONE_CODE:
        return _unproved(message)
    found = Address.objects.filter(
        account=message.account, way=way, confirmed_at__isnull=False, broken_at__isnull=True
    ).first()
    return found.value if found else None


def _unproved(message: Message) -> str | None:
    """Return the telephone that a code is for; None once the code is of no use: its time is over, or
    another number or code took its place."""
    hashed = hash_of(f"{message.account_id}:{message.given.get('code')}")
    found = Address.objects.filter(
        account=message.account, way=Way.SMS, code=hashed, code_until__gt=clock.now()
    ).first()
    return found.value if found else None


@transaction.atomic
def _note(message_id: int, failure: TemporaryFailure) -> bool:
    """Keep what went wrong; True when this way was tried often enough and something else follows."""
    waiting = Message.objects.filter(pk=message_id, state=MessageState.WAITING)
    waiting.update(attempts=F("attempts") + 1, error=str(failure)[:300])
    spent = waiting.filter(attempts__gte=ATTEMPTS)
    if message := spent.exclude(way=Way.EMAIL).exclude(kind=PHONE_CODE).first():
        spent.update(way=Way.EMAIL, attempts=0)
        queue_sending(message)
        return True
    given_up = list(spent)
    spent.update(state=MessageState.FAILED)
    for message in given_up:
        message.state = MessageState.FAILED
        _settle_collected(message)
    return bool(given_up)

"""Who was told what, when, on which way, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django_stubs_ext import StrOrPromise

from bala.kernel import clock
from bala.notify.enums import MessageState, Way
from bala.notify.models import Message
from bala.notify.queries.kinds import DIGEST, PHONE_CODE, NoSuchKind, kind_of, kinds
from bala.notify.queries.words import said_in
from bala.people.models import Account

ORDER = ("-written_at", "-pk")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see of the letters; the empty one means all."""

    text: str = ""  # part of a name or an address
    kind: str = ""
    state: str = ""
    way: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A letter as somebody may see it who is not its reader."""

    message: Message
    kind_label: StrOrPromise
    is_private: bool  # to a family: nobody else learns to whom it went and what it says
    is_readable: bool
    error: str
    subject: str = ""
    body: str = ""

    @property
    def written(self) -> datetime:
        """When it was written, in the country's time."""
        return self.message.written_at.astimezone(clock.NATIONAL_ZONE)

    @property
    def sent(self) -> datetime | None:
        """When it was sent, in the country's time."""
        sent = self.message.sent_at
        return sent.astimezone(clock.NATIONAL_ZONE) if sent else None

    @property
    def icon(self) -> str:
        """The pictogram of its way."""
        return {Way.TELEGRAM: "chat", Way.SMS: "phone"}.get(
            Way(self.message.way or "email"), "mail"
        )

    @property
    def tag(self) -> str:
        """The colour of its state."""
        return {MessageState.SENT: "good", MessageState.FAILED: "bad"}.get(
            MessageState(self.message.state), "plain"
        )

    @property
    def is_failed(self) -> bool:
        """Whether it can be tried again; a code for a telephone is of no use by then."""
        return self.message.state == MessageState.FAILED and self.message.kind != PHONE_CODE


def private_kinds() -> list[str]:
    """Return the names of the kinds whose readers and words are nobody else's business."""
    return [kind.name for kind in kinds() if _is_private(kind.name)]


def narrowed(letters: QuerySet[Message], wanted: Wanted) -> QuerySet[Message]:
    """Return the letters that were asked for; a name finds nobody in letters to families."""
    for name in ("kind", "state", "way"):
        if value := getattr(wanted, name):
            letters = letters.filter(**{name: value})
    if wanted.text:
        letters = letters.exclude(kind__in=private_kinds()).filter(
            Q(account__full_name__icontains=wanted.text) | Q(account__email__icontains=wanted.text)
        )
    if wanted.since:
        letters = letters.filter(written_at__gte=_begin(wanted.since))
    if wanted.until:
        letters = letters.filter(written_at__lt=_begin(wanted.until + timedelta(days=1)))
    return letters


def lines_of(letters: Iterable[Message], onlooker: Account) -> list[Line]:
    """Return letters as the onlooker may see them; their accounts must have been fetched."""
    return [_line(message, onlooker) for message in letters]


def with_words(line: Line) -> Line:
    """Add what a letter says, where the onlooker may read it, in its reader's language."""
    if not line.is_readable:
        return line
    subject, body = said_in(line.message)
    return replace(line, subject=subject, body=body)


def figures_of(letters: QuerySet[Message]) -> dict[str, int]:
    """Count what waits, what failed, and what was sent today and within seven days."""
    today = _begin(clock.today())
    week = today - timedelta(days=6)
    return {
        "waiting": letters.filter(state=MessageState.WAITING).count(),
        "collected": letters.filter(state=MessageState.COLLECTED).count(),
        "failed": letters.filter(state=MessageState.FAILED).count(),
        "sent_today": letters.filter(state=MessageState.SENT, sent_at__gte=today).count(),
        "sent_week": letters.filter(
            state=MessageState.SENT, written_at__gte=week, sent_at__gte=week
        ).count(),
    }


def _line(message: Message, onlooker: Account) -> Line:
    try:
        kind = kind_of(message.kind)
    except NoSuchKind:  # its room is gone
        return Line(message, message.kind, is_private=True, is_readable=False, error="")
    is_private = _is_private(kind.name)
    # What always comes may hold a link that signs in, so only its reader reads it.
    is_readable = message.account_id == onlooker.pk or not (is_private or kind.is_mandatory)
    return Line(
        message,
        kind.label,
        is_private=is_private,
        is_readable=is_readable,
        # A gateway's own words may name the telephone or mailbox.
        error="" if is_private else message.error,
        # What a daily letter holds would have to be fetched for its subject.
        subject=said_in(message)[0] if is_readable and kind.name != DIGEST else "",
    )


def _is_private(name: str) -> bool:
    kind = kind_of(name)
    return kind.is_for_families or not kind.is_for_staff


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), clock.NATIONAL_ZONE)

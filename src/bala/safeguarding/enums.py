"""Choices of the room, and the kinds of content that other rooms bring to be looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class ItemState(TextChoices):
    """Where a piece of content stands; the public sees what is approved and nothing else."""

    PENDING = "pending", _("waits to be looked at")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by its family")
    TAKEN_DOWN = "taken_down", _("taken down")


class FindingKind(TextChoices):
    """What the screening finds in a text."""

    TELEPHONE = "telephone", _("telephone")
    EMAIL = "email", _("e-mail")
    PERSONAL_NUMBER = "personal_number", _("12-digit number")
    ADDRESS = "address", _("address")
    HANDLE = "handle", _("name in a messenger or a link")
    INSULT = "insult", _("insult")
    DISTRESS = "distress", _("distress")


class WordKind(TextChoices):
    """The lists of words that the coordinator can edit."""

    INSULT = "insult", _("insult")
    DISTRESS = "distress", _("distress")


class Verdict(TextChoices):
    """What a moderator decides."""

    APPROVE = "approve", _("approved")
    REFUSE = "refuse", _("refused")
    TAKE_DOWN = "take_down", _("taken down")
    RESTORE = "restore", _("shown again")
    REOPEN = "reopen", _("back to the queue")


class ReasonUse(TextChoices):
    """Where a reason of the list is offered."""

    REFUSE = "refuse", _("to refuse")
    REPORT = "report", _("to report")


class ReportState(TextChoices):
    """What became of a report."""

    OPEN = "open", _("waits for an answer")
    UPHELD = "upheld", _("taken down for good")
    REJECTED = "rejected", _("looked at, stays public")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content: its name "ROOM.NAME", how moderators call it, and who follows its fate.

    `follow` is called with the ModerationItem in the transaction of every change of its state, so that a room
    above writes its own figures together with the decision (docs/adr/0020). `edit_url` gives the
    path under which its author changes it, without the language.
    """

    name: str
    label: StrOrPromise
    follow: Callable[[Any], None] | None = None
    edit_url: Callable[[Any], str] | None = None


KINDS: Final[dict[str, Kind]] = {}


def register(kind: Kind) -> None:
    """Make a kind known; the rooms above do it when they start."""
    KINDS[kind.name] = kind


def kind_label(name: str) -> StrOrPromise:
    """Return how people call a kind; its bare name where no room registered it."""
    return KINDS[name].label if name in KINDS else name

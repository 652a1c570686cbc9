"""Choices of the room."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What is printed."""

    DIPLOMA = "diploma", _("diploma")
    LETTER = "letter", _("letter of thanks")
    PARTICIPATION = "participation", _("certificate of participation")
    VOUCHER = "voucher", _("voucher")
    POSTER = "poster", _("poster")


#: Kinds that are issued to somebody, with a number; a poster hangs on a wall and names nobody.
ISSUED: Final = (Kind.DIPLOMA, Kind.LETTER, Kind.PARTICIPATION, Kind.VOUCHER)

#: The letter of a series in a number: D-2021-000001. Latin letters read alike on every telephone.
LETTERS: Final[dict[str, str]] = {
    Kind.DIPLOMA: "D",
    Kind.LETTER: "L",
    Kind.PARTICIPATION: "P",
    Kind.VOUCHER: "V",
}


class DesignState(TextChoices):
    """Where a design stands; only what is approved is issued, and it stays as it was approved."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")
    RETIRED = "retired", _("no longer in use")


class PrintLanguage(TextChoices):
    """The languages of a printed sheet."""

    KK = "kk", _("in Kazakh")
    RU = "ru", _("in Russian")
    BOTH = "both", _("in Kazakh and Russian")


class RecipientKind(TextChoices):
    """Who a certificate is for."""

    NAME = "name", _("a person by name")
    CHILD = "child", _("a child of a family in Bala")
    ACCOUNT = "account", _("somebody who signs in to Bala")
    ORGANISATION = "organisation", _("an organisation")


class Naming(TextChoices):
    """What the public reads of the recipient on the page of verification."""

    NONE = "none", _("nothing")
    CHILD = "child", _("first name, age band and region of a child")
    NAME = "name", _("the name as it is printed")


class BatchState(TextChoices):
    """Where a list of recipients stands."""

    PREVIEW = "preview", _("to be looked at")
    ISSUING = "issuing", _("being issued")
    DONE = "done", _("issued")
    DISCARDED = "discarded", _("put aside")


class PrintState(TextChoices):
    """Where the files of a list stand."""

    MAKING = "making", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")
    GONE = "gone", _("deleted after its days")


class PrintFormat(TextChoices):
    """What a list is downloaded as."""

    PDF = "pdf", _("one PDF, a page for each")
    ZIP = "zip", _("ZIP, a file for each")


@dataclass(frozen=True, slots=True)
class CampaignWords:
    """What the room must know of a campaign: its title by language, and its year."""

    slug: str
    title: dict[str, str]
    year: int


@dataclass(frozen=True, slots=True)
class OccasionWords:
    """What certificates are given for, as the room above that holds it words it."""

    key: str  # "programme.planitem:ID"
    title: dict[str, str]
    block: int = 0
    region_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Occasions:
    """A kind of thing that certificates are given for: its name, and how one of them is found.

    `find` takes the campaign's slug and a public id, and returns None where there is no such thing.
    """

    name: str  # "programme.planitem"
    find: Callable[[str, str], OccasionWords | None]


OCCASIONS: Final[dict[str, Occasions]] = {}
CAMPAIGNS: Final[list[Callable[[str], CampaignWords | None]]] = []


def register_occasions(occasions: Occasions) -> None:
    """Make a kind of occasion known; the rooms above do it when they start."""
    OCCASIONS[occasions.name] = occasions


def register_campaigns(find: Callable[[str], CampaignWords | None]) -> None:
    """Say how a campaign is found by its slug; the room of campaigns does it when it starts."""
    CAMPAIGNS[:] = [find]

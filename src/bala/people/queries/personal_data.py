"""What is kept on a person, over all rooms: collected for a take-out, and erased.

A room that keeps something on a child or an account registers a Source when it starts (apps.py); this
room knows nothing of it but what stands here (docs/adr/0030).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django_stubs_ext import StrOrPromise

from bala.people.models import Account, Child

Subject = Account | Child
Value = str | int | float | bool | date | datetime | Sequence[str] | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that a room keeps on people.

    `collect` returns what is kept on a child, or on an account itself, as plain rows whose names are
    those of `columns` (names for programs, words for people); values are texts, numbers, days,
    moments and lists of texts, never of another family.

    `erase` deletes it or takes the person out of it, inside the transaction of the caller, after all
    consents ended; it can be repeated. A child is erased before the account of its guardian: what an
    account keeps for a child who stays with another guardian stays. What the account of the campaign
    counts stays as a number. None: the rows name nobody once the child and the account are nameless.
    """

    name: str  # "ROOM.THINGS"
    label: StrOrPromise
    columns: Mapping[str, StrOrPromise]
    collect: Callable[[Subject], Iterable[Row]]
    erase: Callable[[Subject], None] | None = None


SOURCES: Final[dict[str, Source]] = {}


@dataclass(frozen=True, slots=True)
class Kept:
    """What one source keeps on one subject."""

    source: Source
    rows: list[Row]


def register(source: Source) -> None:
    """Make a source known; each room does it once, when it starts."""
    SOURCES[source.name] = source


def kept_on(subject: Subject) -> list[Kept]:
    """Return all that is kept on a child or an account, by source, in the order of the rooms.

    Sources that keep nothing on the subject are there too, without rows.
    """
    return [Kept(source, list(source.collect(subject))) for source in SOURCES.values()]

"""How long things are kept: each room registers its terms, one job a day keeps them all.

A term names a setting with its days, and what is done when they are over. What the account of the
campaign counts is never touched: names go, numbers stay (standards, children first, rule 12).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django_stubs_ext import StrOrPromise

from bala.kernel import clock


@dataclass(frozen=True, slots=True)
class Term:
    """One kind of thing that is kept for a time.

    `due(before)` counts what is older than the moment and still there; `end(before)` deletes it or
    takes the persons out of it, in transactions of its own, and returns how many; it can be killed
    and repeated. `setting` names the days.
    """

    name: str  # "ROOM.THINGS"
    label: StrOrPromise
    setting: str
    due: Callable[[datetime], int]
    end: Callable[[datetime], int]

    @property
    def days(self) -> int:
        """For how many days it is kept."""
        return int(getattr(settings, self.setting))

    def before(self) -> datetime:
        """The moment before which things are too old today."""
        return clock.now() - timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one term came to: how many were due, and how many were ended (a dry run: none)."""

    term: Term
    due: int
    ended: int


TERMS: Final[dict[str, Term]] = {}


def register(term: Term) -> None:
    """Make a term known; each room does it once, when it starts."""
    TERMS[term.name] = term


def keep_terms(*, dry_run: bool = False) -> list[Kept]:
    """End everything whose time is over, term by term; only count it in a dry run."""
    done = []
    for term in TERMS.values():
        before = term.before()
        due = term.due(before)
        done.append(Kept(term, due, 0 if dry_run or not due else term.end(before)))
    return done

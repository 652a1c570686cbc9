"""Who is affected by a breach, and of which data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from bala.people.models import BreachList, Child
from bala.people.queries.families import guardians_of
from bala.people.queries.personal_data import kept_on


@dataclass(frozen=True, slots=True)
class Affected:
    """A child, whom to tell, and what is kept on it."""

    child: Child
    tell: tuple[tuple[str, str, str], ...]  # name, e-mail, language of each guardian
    kept: tuple[tuple[str, int], ...]  # kind of data, how many rows
    since: datetime

    @property
    def kinds(self) -> str:
        """The kinds of data in one line."""
        return "; ".join(f"{label} ({number})" for label, number in self.kept)

    @property
    def whom(self) -> str:
        """Whom to tell in one line."""
        return "; ".join(f"{name} <{email}>, {language}" for name, email, language in self.tell)


def children_affected(asked: BreachList) -> QuerySet[Child]:
    """Return the children in the scope of a list."""
    found = Child.objects.filter(erased_at__isnull=True).select_related("region")
    if asked.region_id is not None:
        found = found.filter(region_id=asked.region_id)
    if asked.since is not None:
        found = found.filter(added_at__date__gte=asked.since)
    return found.order_by("region__sort_key", "pk")


def affected(children: Iterable[Child]) -> list[Affected]:
    """Return for each child whom to tell and which kinds of data are kept since when."""
    made = []
    for child in children:
        told = tuple(
            (one.account.full_name, one.account.email, one.account.language)
            if one.account is not None
            else (str(one.organisation), "", "")
            for one in guardians_of(child)
        )
        kept = tuple((str(one.source.label), len(one.rows)) for one in kept_on(child) if one.rows)
        made.append(Affected(child, told, kept, child.added_at))
    return made


def lists_of(campaign_slug: str) -> QuerySet[BreachList]:
    """Return the lists of a campaign, the latest first."""
    return (
        BreachList.objects.filter(campaign_slug=campaign_slug)
        .select_related("region", "asked_by", "approved_by")
        .order_by("-asked_at", "-pk")
    )

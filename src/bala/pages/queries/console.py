"""What waits for a person who works in a campaign: the first page of the console, and the menu's counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import caches
from django.db.models import Count, Q, QuerySet, Sum

from bala.kernel import clock
from bala.people.models import Account
from bala.programme.access.campaigns import Reach, campaigns_of, reach_of
from bala.programme.enums import OPEN_STATUSES, PlanStatus
from bala.programme.models import Campaign, PlanItem
from bala.programme.queries.sanitary import misfit_count

LIST_LENGTH = 8
DUE_DAYS = 7
# Seconds for which the menu may show a count that others have just changed.
COUNTS_KEPT = 60


@dataclass(frozen=True, slots=True)
class Today:
    """The first page: figures of the rows in reach, and the rows that want something."""

    reach: Reach
    day: date
    day_number: int  # 1 on the first day; 0 before, more than days_total after
    days_total: int
    rows: int
    held: int
    children: int
    late: int
    due: int
    proposed: int
    late_rows: list[PlanItem]
    due_rows: list[PlanItem]
    proposed_rows: list[PlanItem]

    @property
    def is_running(self) -> bool:
        """Whether the campaign runs today."""
        return 1 <= self.day_number <= self.days_total


def campaign_in_view(account: Account, slug: str | None) -> Campaign | None:
    """Return the campaign that the console shows: the one named, else the person's latest."""
    mine = campaigns_of(account)
    if slug:
        named = mine.filter(slug=slug).first()
        if named is not None:
            return named
    return mine.order_by("-starts_on", "-pk").first()


def today_of(account: Account, campaign: Campaign) -> Today:
    """Work out the first page in five queries, however many rows there are."""
    reach = reach_of(account, campaign)
    day = clock.today()
    rows = PlanItem.objects.filter(reach.plan_items())
    late, due = Q(ends_on__lt=day), Q(ends_on__range=(day, day + timedelta(days=DUE_DAYS)))
    open_rows = Q(status__in=OPEN_STATUSES)
    figures = rows.aggregate(
        rows=Count("pk", filter=~Q(status__in=(PlanStatus.CANCELLED, PlanStatus.PROPOSED))),
        held=Count("pk", filter=Q(status=PlanStatus.HELD)),
        children=Sum("actual_children", filter=Q(status=PlanStatus.HELD), default=0),
        late=Count("pk", filter=open_rows & late),
        due=Count("pk", filter=open_rows & due),
        proposed=Count("pk", filter=Q(status=PlanStatus.PROPOSED)),
    )
    return Today(
        reach=reach,
        day=day,
        day_number=max((day - campaign.starts_on).days + 1, 0),
        days_total=(campaign.ends_on - campaign.starts_on).days + 1,
        late_rows=_first(rows.filter(open_rows & late).order_by("ends_on", "pk")),
        due_rows=_first(rows.filter(open_rows & due).order_by("starts_on", "pk")),
        proposed_rows=_first(rows.filter(status=PlanStatus.PROPOSED).order_by("starts_on", "pk")),
        **figures,
    )


def menu_counts(account: Account, campaign: Campaign) -> dict[str, int]:
    """Return what waits behind lines of the menu, by the name of their address.

    Counted at most once a minute for each person and campaign: every page of the console shows it.
    """
    key = f"menu-counts:{account.pk}:{campaign.pk}"
    known = caches["memory"].get(key)
    if isinstance(known, dict):
        return known
    reach = reach_of(account, campaign)
    counts: dict[str, int] = {}
    if reach.is_coordinator or reach.organiser:
        proposed = PlanItem.objects.filter(reach.plan_items(), status=PlanStatus.PROPOSED)
        counts["programme:proposals"] = proposed.count()
        counts["programme:sanitary"] = misfit_count(campaign, clock.today(), reach.region_ids)
    caches["memory"].set(key, counts, COUNTS_KEPT)
    return counts


def _first(rows: QuerySet[PlanItem]) -> list[PlanItem]:
    return list(rows.select_related("activity__block", "region", "organisation")[:LIST_LENGTH])

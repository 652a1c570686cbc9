"""What the public reads of the programme: the rows that stand, and how many there are of what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.apps import apps
from django.core.cache import caches
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum

from bala.concept.enums import Format
from bala.kernel import clock
from bala.kernel.search import SearchText, search_query
from bala.programme.enums import PUBLIC_STATUSES, PlanStatus
from bala.programme.models import Activity, Block, Campaign, PlanItem
from bala.programme.models.plan import PLAN_WORDS
from bala.territory.models import Organisation, Region

#: Seconds for which counts of the whole country are kept; a page in front is kept as long.
COUNTS_KEPT: Final = 30
#: Bands of age by which families look, in full years.
AGE_BANDS: Final = {"0-6": (0, 6), "7-10": (7, 10), "11-13": (11, 13), "14-17": (14, 17)}


def public_rows(campaign: Campaign) -> QuerySet[PlanItem]:
    """Return the rows that the public sees; a cancelled one if it had stood in the plan before."""
    events: Any = apps.get_model("programme", "PlanItemEvent")  # made by pghistory
    stood = Exists(events.objects.filter(pgh_obj_id=OuterRef("pk"), status__in=PUBLIC_STATUSES))
    return campaign.plan_items.filter(
        Q(status__in=PUBLIC_STATUSES) | Q(Q(status=PlanStatus.CANCELLED), stood)
    ).select_related("campaign", "activity__block", "region", "district", "organisation")


def rows_over(
    rows: QuerySet[PlanItem], first: date, last: date | None = None
) -> QuerySet[PlanItem]:
    """Narrow rows to those on at least one day from `first` to `last` (the same day if None)."""
    if last is None or last == first:
        single = Q(days=[]) | Q(days__contains=[first])
        return rows.filter(single, starts_on__lte=first, ends_on__gte=first)
    span = [first + timedelta(n) for n in range((last - first).days + 1)]
    return rows.filter(Q(days=[]) | Q(days__overlap=span), starts_on__lte=last, ends_on__gte=first)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as a card shows it, seen from a day."""

    item: PlanItem
    day: date  # the day on the card: the first that is not past, else the last

    @property
    def is_past(self) -> bool:
        """Whether it is over."""
        return self.item.ends_on < clock.today()

    @property
    def is_long(self) -> bool:
        """Whether it goes on for several days in a row."""
        return self.item.ends_on > self.item.starts_on and not self.item.days

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.item.status == PlanStatus.CANCELLED

    @property
    def is_moved(self) -> bool:
        """Whether it has another date than was announced first."""
        return self.item.status == PlanStatus.MOVED

    @property
    def is_held(self) -> bool:
        """Whether it was held."""
        return self.item.status == PlanStatus.HELD


def shown(rows: Iterable[PlanItem], day: date | None = None) -> list[Shown]:
    """Choose for each row the day that its card shows, seen from `day` (today if None)."""
    seen_from = day or clock.today()
    made = []
    for item in rows:
        coming = [one for one in item.days if one >= seen_from]
        if coming:
            chosen = min(coming)
        elif item.days or item.ends_on < seen_from:
            chosen = max(item.days, default=item.starts_on)
        else:
            chosen = max(item.starts_on, seen_from)
        made.append(Shown(item, chosen))
    return made


def nearest(rows: QuerySet[PlanItem], *, size: int, today: date | None = None) -> list[Shown]:
    """Return `size` rows that are on today or come next; those that begin sooner first.

    Of what is on today, what began last comes first: an exhibition of a month gives way to the
    relay of this morning. At most two queries.
    """
    day = today or clock.today()
    standing = rows.filter(status__in=PUBLIC_STATUSES)
    on = list(rows_over(standing, day).order_by("-starts_on", "starts_at", "pk")[:size])
    if len(on) < size:
        coming = standing.filter(starts_on__gt=day).order_by("starts_on", "starts_at", "pk")
        on += list(coming[: size - len(on)])
    return shown(on, day)


@dataclass(slots=True)
class Figures:
    """How many rows there are, were held, and when the next one is."""

    rows: int = 0
    held: int = 0
    children: int = 0
    next_on: date | None = None
    last_on: date | None = None

    def add(self, other: "Figures") -> None:
        """Take the figures of another cell in."""
        self.rows += other.rows
        self.held += other.held
        self.children += other.children
        coming = [day for day in (self.next_on, other.next_on) if day]
        self.next_on = min(coming, default=None)
        ended = [day for day in (self.last_on, other.last_on) if day]
        self.last_on = max(ended, default=None)


@dataclass(slots=True)
class Tally:
    """The figures of a campaign by activity and region, and their sums."""

    cells: dict[tuple[int, int], Figures] = field(default_factory=dict)
    activities: defaultdict[int, Figures] = field(default_factory=lambda: defaultdict(Figures))
    blocks: defaultdict[int, Figures] = field(default_factory=lambda: defaultdict(Figures))
    regions: defaultdict[int, Figures] = field(default_factory=lambda: defaultdict(Figures))
    total: Figures = field(default_factory=Figures)

    def block_in_region(self, activity_ids: Iterable[int], region_id: int) -> Figures:
        """Add up a region's figures over some activities."""
        made = Figures()
        for activity_id in activity_ids:
            if cell := self.cells.get((activity_id, region_id)):
                made.add(cell)
        return made


def tally_of(campaign: Campaign) -> Tally:
    """Count the campaign's public rows; one query, its answer kept for COUNTS_KEPT seconds."""
    day = clock.today()
    counted: Any = caches["memory"].get_or_set(
        f"public-tally:{campaign.pk}:{day}", lambda: _count(campaign, day), COUNTS_KEPT
    )
    tally = Tally()
    for cell in counted:
        figures = Figures(
            cell["rows"], cell["held"], cell["children"] or 0, cell["next_on"], cell["last_on"]
        )
        if figures.next_on is not None:
            figures.next_on = max(figures.next_on, day)
        tally.cells[cell["activity_id"], cell["region_id"]] = figures
        tally.activities[cell["activity_id"]].add(figures)
        tally.blocks[cell["block_id"]].add(figures)
        tally.regions[cell["region_id"]].add(figures)
        tally.total.add(figures)
    return tally


def _count(campaign: Campaign, day: date) -> list[Any]:
    held = Q(status=PlanStatus.HELD)
    return list(
        campaign.plan_items.filter(status__in=PUBLIC_STATUSES, activity__withdrawn_at__isnull=True)
        .order_by()
        .values("activity_id", "region_id", block_id=F("activity__block_id"))
        .annotate(
            rows=Count("pk"),
            held=Count("pk", filter=held),
            children=Sum("actual_children", filter=held),
            next_on=Min("starts_on", filter=Q(ends_on__gte=day) & ~held),
            last_on=Max("ends_on"),
        )
    )


def days_of(campaign: Campaign, region: Region | None = None) -> dict[date, int]:
    """Count the public rows of each day of the campaign; one query, kept for COUNTS_KEPT seconds."""

    def count() -> dict[date, int]:
        rows = campaign.plan_items.filter(status__in=PUBLIC_STATUSES)
        if region is not None:
            rows = rows.filter(region=region)
        spans = rows.order_by().values_list("starts_on", "ends_on", "days").annotate(Count("pk"))
        found: defaultdict[date, int] = defaultdict(int)
        for first, last, days, number in spans:
            for day in set(days) or _campaign_days(campaign, first, last):
                found[day] += number
        return dict(found)

    where = region.pk if region else "all"
    found: Any = caches["memory"].get_or_set(
        f"public-days:{campaign.pk}:{where}", count, COUNTS_KEPT
    )
    return dict(found)


def _campaign_days(campaign: Campaign, first: date, last: date) -> Iterator[date]:
    """Yield the days of a span, cut to two months around the campaign."""
    margin = timedelta(31)
    day = max(first, campaign.starts_on - margin)
    while day <= min(last, campaign.ends_on + margin):
        yield day
        day += timedelta(1)


def blocks_with_activities(campaign: Campaign) -> list[tuple[Block, list[Activity]]]:
    """Return the campaign's blocks in their order, each with its activities; one query."""
    activities = (
        campaign.activities.filter(withdrawn_at__isnull=True, block__withdrawn_at__isnull=True)
        .select_related("block")
        .order_by("block__number", "number")
    )
    made: list[tuple[Block, list[Activity]]] = []
    for activity in activities:
        if not made or made[-1][0].pk != activity.block_id:
            made.append((activity.block, []))
        made[-1][1].append(activity)
    return made


def regions_of(campaign: Campaign) -> list[Region]:
    """Return the campaign's regions in Kazakh alphabetical order; one query."""
    return list(campaign.regions.order_by("sort_key"))


def filtered_rows(rows: QuerySet[PlanItem], chosen: dict[str, Any]) -> QuerySet[PlanItem]:
    """Narrow rows by what a visitor chose: block, region, day, age, format, organisation, text."""
    if chosen.get("block"):
        rows = rows.filter(activity__block__number=chosen["block"])
    if chosen.get("activity"):
        rows = rows.filter(activity__public_id=chosen["activity"])
    if chosen.get("region"):
        rows = rows.filter(region__iso_code=chosen["region"])
    if chosen.get("organisation"):
        rows = rows.filter(organisation__public_id=chosen["organisation"])
    if chosen.get("day"):
        rows = rows_over(rows, chosen["day"])
    if chosen.get("format"):
        wanted = {
            Format.ONLINE: (Format.ONLINE, Format.HYBRID),
            Format.ON_SITE: (Format.ON_SITE, Format.HYBRID),
        }.get(chosen["format"], (chosen["format"],))
        rows = rows.filter(format__in=wanted)
    if chosen.get("age"):
        youngest, oldest = AGE_BANDS[chosen["age"]]
        rows = rows.filter(
            Q(activity__min_age__isnull=True) | Q(activity__min_age__lte=oldest),
            Q(activity__max_age__isnull=True) | Q(activity__max_age__gte=youngest),
        )
    if chosen.get("q"):
        rows = rows_with_words(rows, chosen["q"])
    return rows


def rows_with_words(rows: QuerySet[PlanItem], text: str) -> QuerySet[PlanItem]:
    """Narrow rows to those whose title, place or activity holds every word of the text."""
    query = search_query(text)
    if query is None:
        return rows.none()
    rows = rows.alias(words=SearchText(*PLAN_WORDS))
    of_activity = activities_with_words(Activity.objects.all(), text).values("pk")
    return rows.filter(Q(words=query) | Q(activity_id__in=of_activity))


def activities_with_words(activities: QuerySet[Activity], text: str) -> QuerySet[Activity]:
    """Narrow activities to those whose titles, name or official line hold every word of the text."""
    query = search_query(text)
    if query is None:
        return activities.none()
    words = SearchText("title_kk", "title_ru", "title_en", "name", "text")
    return activities.filter(withdrawn_at__isnull=True).alias(words=words).filter(words=query)


def organisations_with_words(campaign: Campaign, text: str) -> QuerySet[Organisation]:
    """Return the organisations of that name that hold something of the campaign."""
    query = search_query(text)
    if query is None:
        return Organisation.objects.none()
    holds = Exists(
        campaign.plan_items.filter(organisation=OuterRef("pk"), status__in=PUBLIC_STATUSES)
    )
    words = SearchText("name_kk", "name_ru", "name_en")
    return (
        Organisation.objects.alias(words=words)
        .filter(holds, words=query, is_active=True)
        .select_related("region")
        .order_by("sort_key", "pk")
    )

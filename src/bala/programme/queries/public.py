"""What the public reads of the programme: the rows that stand, and how many there are of what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from bala.concept.enums import Format
from bala.kernel import clock
from bala.kernel.keeping import kept
from bala.kernel.search import SearchText, search_query
from bala.programme.enums import PUBLIC_STATUSES, PlanStatus
from bala.programme.models import Activity, Block, Campaign, PlanItem, SpanTally
from bala.programme.models.plan import PLAN_WORDS
from bala.territory.models import Organisation, Region
from bala.territory.queries.regions import in_order

#: Bands of age by which families look, in full years.
AGE_BANDS: Final = {"0-6": (0, 6), "7-10": (7, 10), "11-13": (11, 13), "14-17": (14, 17)}


def public_rows(campaign: Campaign) -> QuerySet[PlanItem]:
    """Return the rows that the public sees; a cancelled one if it had stood in the plan before."""
    events: Any = apps.get_model("programme", "PlanItemEvent")  # made by pghistory
    stood = Exists(events.objects.filter(pgh_obj_id=OuterRef("pk"), status__in=PUBLIC_STATUSES))
    return campaign.plan_items.filter(
        Q(status__in=PUBLIC_STATUSES) | Q(Q(status=PlanStatus.CANCELLED), stood)
    ).select_related("campaign", "activity__block", "region", "district", "organisation")


def card_rows(campaign: Campaign) -> QuerySet[PlanItem]:
    """Return the rows that the public sees for a list of cards; to be passed to `shown`."""
    return public_rows(campaign).select_related(None).select_related("organisation")


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
    def is_marked(self) -> bool:
        """Whether its status is said on the card."""
        return self.is_cancelled or self.is_moved or self.is_held

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
    for item in _dressed(list(rows)):
        coming = [one for one in item.days if one >= seen_from]
        if coming:
            chosen = min(coming)
        elif item.days or item.ends_on < seen_from:
            chosen = max(item.days, default=item.starts_on)
        else:
            chosen = max(item.starts_on, seen_from)
        made.append(Shown(item, chosen))
    return made


def _dressed(rows: list[PlanItem]) -> list[PlanItem]:
    """Give rows of one campaign their activities and regions: of what is kept, not by joins."""
    bare = [item for item in rows if not PlanItem.activity.is_cached(item)]
    if not bare:
        return rows
    campaign = bare[0].campaign
    activities = {
        one.pk: one for _block, lines in blocks_with_activities(campaign) for one in lines
    }
    regions = {one.pk: one for one in regions_of(campaign)}
    if withdrawn := {item.activity_id for item in bare} - activities.keys():
        activities |= Activity.objects.select_related("block").in_bulk(withdrawn)
    for item in bare:
        item.activity = activities[item.activity_id]
        if item.region_id in regions:
            item.region = regions[item.region_id]
    return rows


def nearest(rows: QuerySet[PlanItem], *, size: int, today: date | None = None) -> list[Shown]:
    """Return `size` rows that are on today or come next; those that begin sooner first.

    Of what is on today, what began last comes first: an exhibition of a month gives way to the
    relay of this morning. At most three queries, each along an index.
    """
    day = today or clock.today()
    standing = rows.filter(status__in=PUBLIC_STATUSES)
    soonest = ("starts_on", "starts_at", "pk")
    found: list[PlanItem] = []
    for narrowed, order in (
        (rows_over(standing, day).filter(starts_on=day), soonest),
        (rows_over(standing, day).filter(starts_on__lt=day), ("-starts_on", "starts_at", "pk")),
        (standing.filter(starts_on__gt=day), soonest),
    ):
        if len(found) < size:
            found += narrowed.order_by(*order)[: size - len(found)]
    return shown(found, day)


@dataclass(slots=True)
class Figures:
    """How many rows there are, were held, how many children came, and when the next row is."""

    rows: int = 0
    held: int = 0
    children: int = 0
    next_on: date | None = None

    def add(self, other: "Figures") -> None:
        """Take the figures of another cell in."""
        self.rows += other.rows
        self.held += other.held
        self.children += other.children
        if other.next_on is not None and (self.next_on is None or other.next_on < self.next_on):
            self.next_on = other.next_on


NOTHING: Final = Figures()


@dataclass(slots=True)
class Tally:
    """The figures of a campaign by activity and region, and their sums. Shared: only to be read."""

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

    def regions_with(self, activity_ids: Iterable[int]) -> int:
        """Count the regions that have a row of some activities."""
        wanted = set(activity_ids)
        return len({region for activity, region in self.cells if activity in wanted})


def tally_of(campaign: Campaign) -> Tally:
    """Return the counts of the campaign's public rows, out of the tallies; one query, kept."""
    day = clock.today()
    return kept(f"tally:{campaign.pk}", lambda: _add_up(campaign, day))


def _add_up(campaign: Campaign, day: date) -> Tally:
    tally = Tally()
    for activity, block, region, rows, held, children, next_on in _cells(campaign, day):
        figures = Figures(int(rows), int(held), int(children), next_on)
        tally.cells[activity, region] = figures
        tally.activities[activity].add(figures)
        tally.blocks[block].add(figures)
        tally.regions[region].add(figures)
        tally.total.add(figures)
    return tally


def _cells(campaign: Campaign, day: date) -> list[tuple[Any, ...]]:
    """Return the sums of each cell that has a public row, and the day of its next open one.

    The sums come from the tallies; the next day from the index of a cell's rows, where something is
    known to come: what began and goes on today first, else the next to begin.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH planned AS (
              SELECT activity_id, region_id, sum(items) AS items,
                sum(items) FILTER (WHERE status = %(held)s) AS held,
                sum(items) FILTER (WHERE status <> %(held)s AND ends_on >= %(day)s) AS coming
              FROM programme_plantally
              WHERE campaign_id = %(campaign)s AND status = ANY(%(public)s)
              GROUP BY activity_id, region_id HAVING sum(items) > 0
            ), came AS (
              SELECT activity_id, region_id, sum(children) AS children
              FROM programme_outcometally WHERE campaign_id = %(campaign)s
              GROUP BY activity_id, region_id
            )
            SELECT p.activity_id, a.block_id, p.region_id, p.items, coalesce(p.held, 0),
              coalesce(c.children, 0),
              CASE WHEN p.coming > 0 THEN coalesce(
                (SELECT %(day)s::date FROM programme_planitem AS i
                 WHERE i.activity_id = p.activity_id AND i.region_id = p.region_id
                   AND i.status = ANY(%(open)s) AND i.starts_on <= %(day)s AND i.ends_on >= %(day)s
                 ORDER BY i.starts_on DESC LIMIT 1),
                (SELECT i.starts_on FROM programme_planitem AS i
                 WHERE i.activity_id = p.activity_id AND i.region_id = p.region_id
                   AND i.status = ANY(%(open)s) AND i.starts_on > %(day)s
                 ORDER BY i.starts_on LIMIT 1)) END
            FROM planned AS p
            JOIN programme_activity AS a ON a.id = p.activity_id AND a.withdrawn_at IS NULL
            LEFT JOIN came AS c USING (activity_id, region_id)
            """,
            {
                "campaign": campaign.pk,
                "day": day,
                "held": PlanStatus.HELD,
                "public": [str(status) for status in PUBLIC_STATUSES],
                "open": [str(one) for one in PUBLIC_STATUSES if one != PlanStatus.HELD],
            },
        )
        return list(cursor.fetchall())


def days_of(campaign: Campaign, region: Region | None = None) -> dict[date, int]:
    """Count the public rows of each day of the campaign, out of the tally; one query, kept."""

    def count() -> dict[date, int]:
        spans = SpanTally.objects.filter(campaign=campaign)
        if region is not None:
            spans = spans.filter(region=region)
        summed = spans.order_by().values_list("starts_on", "ends_on").annotate(Sum("items"))
        found: defaultdict[date, int] = defaultdict(int)
        for first, last, number in summed:
            for day in _campaign_days(campaign, first, last):
                found[day] += number
        return {day: number for day, number in found.items() if number}

    return kept(f"days:{campaign.pk}:{region.pk if region else ''}", count)


def _campaign_days(campaign: Campaign, first: date, last: date) -> Iterator[date]:
    """Yield the days of a span, cut to two months around the campaign."""
    margin = timedelta(31)
    day = max(first, campaign.starts_on - margin)
    while day <= min(last, campaign.ends_on + margin):
        yield day
        day += timedelta(1)


def blocks_with_activities(campaign: Campaign) -> list[tuple[Block, list[Activity]]]:
    """Return the campaign's blocks in their order, each with its activities; one query, kept."""
    return kept(f"blocks:{campaign.pk}", lambda: _blocks_with_activities(campaign))


def _blocks_with_activities(campaign: Campaign) -> list[tuple[Block, list[Activity]]]:
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
    """Return the campaign's regions in Kazakh alphabetical order; one query, kept."""
    return in_order(kept(f"regions:{campaign.pk}", lambda: list(campaign.regions.order_by("pk"))))


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

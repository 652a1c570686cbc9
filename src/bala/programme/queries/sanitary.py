"""Sanitary limits of rows of plans, and the rows that no longer fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from bala.concept.enums import Format
from bala.programme.enums import PlanStatus
from bala.programme.models import Campaign, PlanItem
from bala.territory.enums import Zone
from bala.territory.models import Region
from bala.territory.queries.sanitary import Decree, Limit, RuleBook, rule_book

# What is over, or was called off, is not checked against today's rules.
CHECKED_STATUSES = (
    PlanStatus.PROPOSED,
    PlanStatus.DRAFT,
    PlanStatus.PLANNED,
    PlanStatus.APPROVED,
    PlanStatus.MOVED,
)
YEAR_OF_TWENTY = 2022  # since then the country has 20 regions
WITH_VENUE = (Format.ON_SITE, Format.HYBRID)


@dataclass(frozen=True, slots=True)
class ItemLimit:
    """The limit of a row, and whether those expected fit into it."""

    limit: Limit
    expected: int

    @property
    def fits(self) -> bool:
        """Whether as many may come as are expected."""
        return self.limit.fits(self.expected)

    @property
    def over(self) -> int:
        """How many too many are expected."""
        return 0 if self.limit.people is None else max(0, self.expected - self.limit.people)


def limit_of(item: PlanItem, book: RuleBook | None = None) -> ItemLimit | None:
    """Return the strictest limit of a row over its days; None where nothing binds it.

    Only what people come to has one: a row online, or of an unknown kind of venue, has none.
    """
    if item.format not in WITH_VENUE or not item.venue_kind:
        return None
    book = book or rule_book()
    days: Sequence[date] = item.days or book.turning_days(item.starts_on, item.ends_on)
    limit = book.strictest(
        days,
        region_id=item.region_id,
        venue_kind=item.venue_kind,
        capacity=item.venue_capacity,
        area=item.venue_area_m2,
    )
    if limit is None:
        return None
    return ItemLimit(limit, item.expected_children + item.expected_adults)


def limits_of(items: Iterable[PlanItem]) -> dict[int, ItemLimit]:
    """Return the limits of many rows by their id; three queries, whatever their number."""
    book = rule_book()
    found = ((item.pk, limit_of(item, book)) for item in items)
    return {pk: limit for pk, limit in found if limit is not None}


@dataclass(frozen=True, slots=True)
class ZoneTile:
    """A region in the picture of the country."""

    region: Region
    row: int
    column: int
    zone: Zone

    @property
    def code(self) -> str:
        """The letters or the number by which officials know the region, for a narrow screen."""
        return self.region.code_2021 or self.region.iso_code[-2:]

    @property
    def word(self) -> str:
        """The zone's colour in one word: it is told by word, not by colour alone."""
        return str(self.zone.label).split()[0]


def zone_tiles(regions: Iterable[Region], book: RuleBook, day: date) -> list[ZoneTile]:
    """Return the regions with their zone on a day, where each lies in the picture of that year."""
    tiles = []
    for region in regions:
        old = day.year < YEAR_OF_TWENTY and region.tile_row_2021 and region.tile_column_2021
        tiles.append(
            ZoneTile(
                region,
                (region.tile_row_2021 if old else region.tile_row_2022) or 1,
                (region.tile_column_2021 if old else region.tile_column_2022) or 1,
                book.zone_of(region.pk, day),
            )
        )
    return tiles


def zone_table(
    regions: Sequence[Region], book: RuleBook, campaign: Campaign
) -> tuple[list[Decree], list[tuple[Region, list[Zone]]]]:
    """Return the decrees that matter to a campaign, and each region's zone by each of them."""
    before = book.decree_on(campaign.starts_on)
    decrees = [
        decree
        for decree in book.decrees
        if decree == before or campaign.starts_on < decree.effective_on <= campaign.ends_on
    ]
    rows = [
        (region, [decree.zones.get(region.pk, Zone.GREEN) for decree in decrees])
        for region in regions
    ]
    return decrees, rows


# The rules are cut into periods by Python, which knows how they take each other's place; the
# database only compares: so 500,000 rows are looked through without being read.
_MISFITS = """
SELECT DISTINCT i.id
  FROM programme_planitem i
  JOIN unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::int[], %s::bigint[], %s::numeric[])
       AS s (region_id, venue_kind, first, last, percent, people, area)
    ON i.region_id = s.region_id AND i.venue_kind = s.venue_kind
   AND i.starts_on <= s.last AND i.ends_on >= s.first
 WHERE i.campaign_id = %s AND i.status = ANY(%s) AND i.format = ANY(%s) AND i.ends_on >= %s
   AND (cardinality(i.days) = 0
        OR EXISTS (SELECT 1 FROM unnest(i.days) d WHERE d BETWEEN s.first AND s.last))
   AND i.expected_children + i.expected_adults > LEAST(
         s.people,
         CASE WHEN s.percent IS NOT NULL THEN floor(i.venue_capacity * s.percent / 100.0) END,
         CASE WHEN s.area > 0 THEN floor(i.venue_area_m2 / s.area) END)
"""


def misfits(
    campaign: Campaign, today: date, region_ids: Iterable[int] | None = None
) -> QuerySet[PlanItem]:
    """Return the rows from `today` on that expect more people than the rules let in.

    `region_ids` narrows to these regions; None: every region of the campaign.
    """
    ids = _misfit_ids(campaign, today, region_ids)
    return PlanItem.objects.filter(pk__in=ids).select_related(
        "activity__block", "region", "organisation", "campaign"
    )


def misfit_count(campaign: Campaign, today: date, region_ids: Iterable[int] | None = None) -> int:
    """Return how many rows no longer fit, for the menu of the console."""
    return len(_misfit_ids(campaign, today, region_ids))


def _misfit_ids(campaign: Campaign, today: date, region_ids: Iterable[int] | None) -> list[int]:
    regions = list(
        campaign.regions.order_by("pk").values_list("pk", flat=True)
        if region_ids is None
        else region_ids
    )
    # Rows may lie a little outside the campaign; rules beyond a year from it are none of its own.
    first = max(today, campaign.starts_on.replace(month=1, day=1))
    last = campaign.ends_on.replace(month=12, day=31)
    if first > last:
        return []
    segments = list(rule_book().segments(regions, first, last))
    if not segments:
        return []
    parameters: list[Any] = [
        [s.region_id for s in segments],
        [s.venue_kind for s in segments],
        [s.first for s in segments],
        [s.last for s in segments],
        [s.percent for s in segments],
        [s.people for s in segments],
        [s.area_per_person for s in segments],
        campaign.pk,
        [str(status.value) for status in CHECKED_STATUSES],
        [str(form.value) for form in WITH_VENUE],
        today,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_MISFITS, parameters)
        return [row[0] for row in cursor.fetchall()]

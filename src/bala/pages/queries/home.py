"""What the first page is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language

from bala.kernel import clock
from bala.programme.models import Activity, Block, Campaign
from bala.programme.queries.public import Tally
from bala.territory.models import Region


class Moment(StrEnum):
    """Where a campaign stands on a day."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


def moment_of(campaign: Campaign) -> Moment:
    """Tell whether the campaign is still to come, on, or over."""
    today = clock.today()
    if today < campaign.starts_on:
        return Moment.BEFORE
    return Moment.DURING if today <= campaign.ends_on else Moment.AFTER


@dataclass(frozen=True, slots=True)
class Highlight:
    """An activity with a date of its own, and the days until then (0: it is on)."""

    activity: Activity
    days: int
    is_last_day: bool = False

    @property
    def words(self) -> str:
        """The official name where it is in the reader's language, else the title, not too long."""
        activity = self.activity
        if activity.name and activity.text_language == (get_language() or "")[:2]:
            return f"«{activity.name}»"
        return Truncator(str(activity.title)).chars(90)


def highlights(activities: Iterable[Activity], size: int = 3) -> list[Highlight]:
    """Return the activities whose own dates are the next to come, soonest first."""
    today = clock.today()
    found = []
    for activity in activities:
        if activity.starts_on is None:
            continue
        last = activity.ends_on or activity.starts_on
        if last < today:
            continue
        found.append(Highlight(activity, max(0, (activity.starts_on - today).days), last == today))
    found.sort(key=lambda one: (one.days, one.activity.block.number, one.activity.number))
    return found[:size]


@dataclass(frozen=True, slots=True)
class Tile:
    """A region in the picture of the country."""

    row: int
    column: int
    name: str
    short: str
    value: int
    url: str
    current: bool


def tiles(
    campaign: Campaign, regions: Sequence[Region], tally: Tally, current: str = ""
) -> tuple[Tile, ...]:
    """Return the regions as tiles of that year's picture, each with its number of events."""
    since_2022 = campaign.year >= 2022
    made = []
    for region in regions:
        row = region.tile_row_2022 if since_2022 else region.tile_row_2021
        column = region.tile_column_2022 if since_2022 else region.tile_column_2021
        made.append(
            Tile(
                row or region.tile_row_2022,
                column or region.tile_column_2022,
                str(region.short_name),
                region.code_2021 or str(region.short_name)[:3].upper(),
                tally.regions[region.pk].rows,
                reverse("pages:region", args=[campaign.slug, region.iso_code]),
                region.iso_code == current,
            )
        )
    return tuple(sorted(made, key=lambda tile: (tile.row, tile.column)))


@dataclass(frozen=True, slots=True)
class BlockCard:
    """A block as the first page shows it."""

    block: Block
    rows: int
    inside: str


def block_cards(
    blocks: Iterable[tuple[Block, Sequence[Activity]]], tally: Tally, region: Region | None = None
) -> list[BlockCard]:
    """Return the blocks with what is inside, in three words, and how much of it there is."""
    made = []
    for block, activities in blocks:
        kinds = dict.fromkeys(str(activity.get_kind_display()) for activity in activities)
        words = ", ".join(list(kinds)[:3])
        figures = (
            tally.block_in_region([activity.pk for activity in activities], region.pk)
            if region
            else tally.blocks[block.pk]
        )
        made.append(BlockCard(block, figures.rows, words[:1].upper() + words[1:]))
    return made


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day in the calendar; outside of its month it is not shown."""

    day: date
    rows: int
    in_month: bool
    in_campaign: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar in weeks from Monday."""

    first: date
    weeks: list[list[CalendarDay]]


def months(campaign: Campaign, counts: dict[date, int]) -> list[Month]:
    """Return the months that the campaign touches, day by day with the number of events."""
    today = clock.today()
    made = []
    first = campaign.starts_on.replace(day=1)
    while first <= campaign.ends_on:
        following = (first + timedelta(32)).replace(day=1)
        day = first - timedelta(first.weekday())
        weeks = []
        while day < following:
            weeks.append(
                [
                    CalendarDay(
                        one,
                        counts.get(one, 0),
                        one.month == first.month,
                        campaign.starts_on <= one <= campaign.ends_on,
                        one == today,
                    )
                    for one in (day + timedelta(n) for n in range(7))
                ]
            )
            day += timedelta(7)
        made.append(Month(first, weeks))
        first = following
    return made

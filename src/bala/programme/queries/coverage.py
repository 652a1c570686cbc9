"""Coverage: what is planned and held of each activity in each region, and the gaps.

It reads the tallies of the spine (models/tally.py), so it costs the same for a thousand rows and
for half a million. The rule of the states is one function, `state_of`; docs/adr/0006 says why it
is as it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Final, NamedTuple

from bala.concept.enums import Level
from bala.kernel import clock
from bala.programme.enums import CellState
from bala.programme.models import Activity, Block, Campaign, NotApplicable
from bala.programme.queries.tallies import CellSums, Within, sums_of_cells
from bala.territory.models import Region
from bala.territory.queries.regions import in_order

#: A row whose last day is so near is due: today and the six days that follow.
DUE_WITHIN: Final = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the campaign is asked for; None or empty: all of it."""

    block: int | None = None  # its number
    level: str = ""
    since: date | None = None  # a row belongs to the period in which it ends
    until: date | None = None
    region: str = ""  # ISO code
    regions: frozenset[int] | None = None  # ids: how far the person reaches
    districts: frozenset[int] | None = None

    @property
    def has_period(self) -> bool:
        """Whether only a part of the time is asked for."""
        return self.since is not None or self.until is not None


class Figures(NamedTuple):
    """Counts of rows and sums of what they bring; money in tenge."""

    items: int = 0  # rows that count: planned, approved, moved or held
    held: int = 0
    nobody: int = 0  # held, and nobody came
    late: int = 0  # the last day has passed, and no result is entered
    due: int = 0
    drafts: int = 0  # drafts and proposals
    cancelled: int = 0
    expected_children: int = 0
    expected_adults: int = 0
    children: int = 0
    adults: int = 0
    media: int = 0
    money: Decimal = Decimal(0)

    @property
    def ahead(self) -> int:
        """Rows that are still to be held."""
        return self.items - self.held - self.late


_READ_FIGURES = attrgetter(*Figures._fields)


@dataclass(frozen=True, slots=True)
class Cell:
    """One activity in one region."""

    activity: Activity
    region: Region
    state: CellState
    figures: Figures
    late_since: date | None = None  # the last day of the row that is late longest
    reason: str = ""  # why it does not apply

    @property
    def number(self) -> int:
        """What the cell shows: the rows held where some are, else all rows."""
        return self.figures.held if self.state is CellState.HELD else self.figures.items


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in all regions."""

    activity: Activity
    cells: list[Cell]
    figures: Figures
    republic: CellState | None  # the state of what the republic holds once; None: regions hold it


@dataclass(frozen=True, slots=True)
class Section:
    """A block and its activities."""

    block: Block
    lines: list[Line]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that wants a person: an activity that a region left out, or a result not entered."""

    state: CellState  # NOT_PLANNED or LATE
    activity: Activity
    region: Region | None  # None: of the republic
    since: date  # the day by which it was to be done
    days_late: int
    items: int  # rows that are late
    drafts: int


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The gaps of one kind in one activity: one letter to those responsible."""

    state: CellState
    activity: Activity
    gaps: list[Gap]

    @property
    def days_late(self) -> int:
        """Days of the one that waits longest."""
        return max(gap.days_late for gap in self.gaps)

    @property
    def since(self) -> date:
        """The day by which the one that waits longest was to be done."""
        return min(gap.since for gap in self.gaps)

    @property
    def items(self) -> int:
        """Rows that are late."""
        return sum(gap.items for gap in self.gaps)

    @property
    def regions(self) -> list[Region]:
        """The regions; empty for what the republic holds once."""
        return [gap.region for gap in self.gaps if gap.region is not None]


@dataclass
class Coverage:
    """The matrix of a campaign on a day."""

    campaign: Campaign
    day: date
    filters: Filters
    regions: list[Region]
    sections: list[Section]
    columns: list[Figures]  # sums of the regions, in their order
    total: Figures
    gaps: list[Gap] = field(default_factory=list)

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        return (cell for section in self.sections for line in section.lines for cell in line.cells)

    @cached_property
    def states(self) -> Counter[CellState]:
        """How many cells are in each state."""
        return Counter(cell.state for cell in self.cells)

    @cached_property
    def gap_groups(self) -> list[GapGroup]:
        """The gaps by activity and kind, in the order of their most urgent one."""
        groups: dict[tuple[CellState, int], GapGroup] = {}
        for gap in self.gaps:
            key = (gap.state, gap.activity.pk)
            if key not in groups:
                groups[key] = GapGroup(gap.state, gap.activity, [])
            groups[key].gaps.append(gap)
        return list(groups.values())

    def only_gaps(self) -> None:
        """Leave out the activities and regions that have no gap."""
        lines = {gap.activity.pk for gap in self.gaps}
        kept = {gap.region.pk for gap in self.gaps if gap.region is not None}
        places = [n for n, region in enumerate(self.regions) if region.pk in kept]
        self.regions = [self.regions[n] for n in places]
        self.columns = [self.columns[n] for n in places]
        self.sections = [
            replace(
                section,
                lines=[
                    replace(line, cells=[line.cells[n] for n in places])
                    for line in section.lines
                    if line.activity.pk in lines
                ],
            )
            for section in self.sections
            if any(line.activity.pk in lines for line in section.lines)
        ]

    @property
    def has_republican(self) -> bool:
        """Whether something here is held once for the republic."""
        return any(line.republic for section in self.sections for line in section.lines)

    @property
    def covered(self) -> int:
        """Cells in which something is planned or held."""
        return sum(1 for cell in self.cells if cell.figures.items)

    @property
    def applicable(self) -> int:
        """Cells that are to be covered."""
        return sum(1 for cell in self.cells if cell.state is not CellState.NOT_APPLICABLE)


def state_of(figures: Figures, *, applies: bool = True, elsewhere: bool = False) -> CellState:
    """Return the one state that leads a cell.

    `applies`: the region holds this activity at all; `elsewhere`: it has rows outside the period
    that is asked for. What wants a hand comes first: a row that is late leads whatever else is
    held. Then what was done (held with people, or with nobody), then what comes (due, planned).
    """
    if figures.items == 0:
        return CellState.NOT_PLANNED if applies and not elsewhere else CellState.NOT_APPLICABLE
    if figures.late:
        return CellState.LATE
    if figures.held:
        return CellState.ZERO if figures.nobody == figures.held else CellState.HELD
    return CellState.DUE if figures.due else CellState.PLANNED


def coverage(campaign: Campaign, filters: Filters | None = None) -> Coverage:
    """Return the coverage of a campaign as of today; the same seven queries at any size."""
    filters = filters or Filters()
    day = clock.today()
    regions = regions_within(campaign, filters)
    activities = _activities(campaign, filters)
    within = Within(
        campaign=campaign.pk,
        day=day,
        due_until=day + DUE_WITHIN,
        since=filters.since,
        until=filters.until,
        regions=frozenset(region.pk for region in regions),
        districts=filters.districts,
    )
    sums = sums_of_cells(within)
    waived = {
        (row.activity_id, row.region_id): row.reason
        for row in NotApplicable.objects.filter(activity__campaign=campaign)
    }
    lines = [_line(activity, regions, sums, waived) for activity in activities]
    sections = _sections(lines)
    columns = [_sum(line.cells[place].figures for line in lines) for place in range(len(regions))]
    made = Coverage(campaign, day, filters, regions, sections, columns, _sum(columns))
    made.gaps = list(_gaps(made, sums))
    return made


def regions_within(campaign: Campaign, filters: Filters) -> list[Region]:
    """Return the regions of the columns in their order; one query."""
    regions = campaign.regions.all()
    if filters.region:
        regions = regions.filter(iso_code=filters.region)
    if filters.regions is not None:
        regions = regions.filter(pk__in=filters.regions)
    # Cities of republican significance stand at the end, as in every official table.
    return sorted(in_order(regions), key=lambda region: region.kind == "city")


def _activities(campaign: Campaign, filters: Filters) -> Sequence[Activity]:
    activities = campaign.activities.filter(
        withdrawn_at__isnull=True, block__withdrawn_at__isnull=True
    ).select_related("block")
    if filters.block is not None:
        activities = activities.filter(block__number=filters.block)
    if filters.level:
        activities = activities.filter(level=filters.level)
    return list(activities.order_by("block__number", "number", "pk"))


def _line(
    activity: Activity,
    regions: Sequence[Region],
    sums: dict[tuple[int, int], CellSums],
    waived: dict[tuple[int, int], str],
) -> Line:
    republican = activity.level == Level.REPUBLIC
    cells = []
    elsewhere = False
    for region in regions:
        key = (activity.pk, region.pk)
        found = sums.get(key)
        figures = _figures(found) if found else Figures()
        outside = found is not None and found.items_of_all_time > figures.items
        elsewhere = elsewhere or outside
        state = state_of(figures, applies=not (republican or key in waived), elsewhere=outside)
        cells.append(
            Cell(
                activity,
                region,
                state,
                figures,
                found.late_since if found else None,
                waived.get(key, ""),
            )
        )
    total = _sum(cell.figures for cell in cells)
    republic = state_of(total, elsewhere=elsewhere) if republican else None
    return Line(activity, cells, total, republic)


def _figures(sums: CellSums) -> Figures:
    return Figures._make(_READ_FIGURES(sums))


def _sections(lines: Iterable[Line]) -> list[Section]:
    by_block: dict[int, list[Line]] = {}
    for line in lines:
        by_block.setdefault(line.activity.block_id, []).append(line)
    return [
        Section(found[0].activity.block, found, _sum(line.figures for line in found))
        for found in by_block.values()
    ]


def _sum(figures: Iterable[Figures]) -> Figures:
    added = [sum(column) for column in zip(*figures, strict=True)]
    return Figures._make(added) if added else Figures()


def _gaps(made: Coverage, sums: dict[tuple[int, int], CellSums]) -> list[Gap]:
    """Return the gaps, the most urgent first: longest waiting, then what was to begin earliest.

    A cell without a plan is a gap from the day after plans were due; without such a day, from the
    day after the campaign began. The period that is asked for hides no gap.
    """
    campaign = made.campaign
    plans_due = campaign.plans_due_on or campaign.starts_on
    found = []
    for section in made.sections:
        for line in section.lines:
            if line.republic is CellState.NOT_PLANNED and made.day > plans_due:
                drafts = line.figures.drafts
                days = (made.day - plans_due).days
                found.append(
                    Gap(CellState.NOT_PLANNED, line.activity, None, plans_due, days, 0, drafts)
                )
            found.extend(_gaps_of(line, sums, made.day, plans_due))
    found.sort(
        key=lambda gap: (
            -gap.days_late,
            gap.activity.starts_on or campaign.starts_on,
            gap.activity.block.number,
            gap.activity.number,
            gap.region.sorting if gap.region else "",
        )
    )
    return found


def _gaps_of(
    line: Line, sums: dict[tuple[int, int], CellSums], day: date, plans_due: date
) -> Iterator[Gap]:
    for cell in line.cells:
        known = sums.get((cell.activity.pk, cell.region.pk))
        if known is not None and known.late_since is not None:
            since = known.late_since
            days = (day - since).days
            late = cell.figures.late
            yield Gap(CellState.LATE, cell.activity, cell.region, since, days, late, 0)
        elif cell.state is CellState.NOT_PLANNED and day > plans_due:
            days = (day - plans_due).days
            drafts = cell.figures.drafts
            yield Gap(CellState.NOT_PLANNED, cell.activity, cell.region, plans_due, days, 0, drafts)

"""Texts of a campaign in three languages, and where its activities do not apply."""

from dataclasses import dataclass

from bala.kernel.translated import LANGUAGES
from bala.programme.models import Activity, ActivityStage, Block, Campaign, NotApplicable
from bala.territory.models import Region
from bala.territory.queries import regions_of_year
from bala.territory.queries.regions import in_order


@dataclass(frozen=True, slots=True)
class TextRow:
    """A block or activity with its titles by language and the languages that it lacks."""

    piece: Block | Activity
    is_block: bool
    number: str
    block_number: int
    titles: dict[str, str]
    missing: tuple[str, ...]
    stages: list[ActivityStage]


@dataclass(frozen=True, slots=True)
class TextTable:
    """All rows, and how many titles each language lacks."""

    rows: list[TextRow]
    missing: dict[str, int]
    total: int


def piece_row(piece: Block | Activity) -> TextRow:
    """Return the row of one block or activity; an activity comes with its block."""
    titles = {code: getattr(piece, f"title_{code}") for code in LANGUAGES}
    is_block = isinstance(piece, Block)
    if isinstance(piece, Block):
        number, block_number = str(piece.number), piece.number
        goals = [code for code in LANGUAGES if not getattr(piece, f"goal_{code}")]
    else:
        number, block_number = f"{piece.block.number}.{piece.number}", piece.block.number
        goals = []
    missing = tuple(code for code in LANGUAGES if not titles[code] or code in goals)
    stages = [] if isinstance(piece, Block) else list(piece.stages.all())
    return TextRow(piece, is_block, number, block_number, titles, missing, stages)


def text_table(campaign: Campaign, *, only_missing: bool = False) -> TextTable:
    """Return the texts of a campaign in the order of the concept; three queries."""
    blocks = campaign.blocks.filter(withdrawn_at=None).order_by("number")
    lines: dict[int, list[Activity]] = {}
    live = campaign.activities.filter(withdrawn_at=None).select_related("block")
    live = live.prefetch_related("stages")
    for activity in live.order_by("block__number", "number"):
        lines.setdefault(activity.block_id, []).append(activity)
    rows: list[TextRow] = []
    for block in blocks:
        rows.append(piece_row(block))
        rows.extend(piece_row(activity) for activity in lines.get(block.pk, ()))
    missing = {code: sum(code in row.missing for row in rows) for code in LANGUAGES}
    shown = [row for row in rows if row.missing or not only_missing]
    return TextTable(shown, missing, len(rows))


@dataclass(frozen=True, slots=True)
class RegionsChange:
    """The regions of another year against those of a campaign."""

    stay: list[Region]
    come: list[Region]
    go: list[Region]

    @property
    def count(self) -> int:
        """How many regions the other year has."""
        return len(self.stay) + len(self.come)


def regions_change(campaign: Campaign, year: int) -> RegionsChange:
    """Compare a campaign's regions with those of a year; two queries."""
    now = in_order(campaign.regions.all())
    then = in_order(regions_of_year(year))
    return RegionsChange(
        stay=[region for region in then if region in now],
        come=[region for region in then if region not in now],
        go=[region for region in now if region not in then],
    )


@dataclass(frozen=True, slots=True)
class RegionLine:
    """An activity in a region: whether it was said not to apply, and how many rows plan it."""

    activity: Activity
    said: NotApplicable | None
    planned: int


def region_lines(campaign: Campaign, region: Region) -> list[RegionLine]:
    """Return every activity with what a region said of it; three queries."""
    said = {
        one.activity_id: one
        for one in NotApplicable.objects.filter(activity__campaign=campaign, region=region)
        .select_related("said_by")
        .order_by("pk")
    }
    planned: dict[int, int] = {}
    rows = campaign.plan_items.filter(region=region).exclude(status="cancelled")
    for activity_id in rows.order_by("pk").values_list("activity_id", flat=True):
        planned[activity_id] = planned.get(activity_id, 0) + 1
    activities = campaign.activities.filter(withdrawn_at=None).select_related("block")
    return [
        RegionLine(one, said.get(one.pk), planned.get(one.pk, 0))
        for one in activities.order_by("block__number", "number")
    ]

"""What everybody may see of coverage: what is planned and what was held, by block and region.

Never who is late, and never a region that held something with nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, Sum

from bala.programme.enums import PUBLIC_STATUSES, PlanStatus
from bala.programme.models import Block, Campaign, OutcomeTally, PlanTally
from bala.territory.models import Region
from bala.territory.queries.regions import in_order


class Told(NamedTuple):
    """What is told of a block in a region."""

    planned: int = 0  # rows that stand in the public plan, held ones too
    held: int = 0
    children: int = 0


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A block in a region."""

    region: Region
    told: Told


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A block in all regions."""

    block: Block
    cells: list[ToldCell]
    total: Told


@dataclass(frozen=True, slots=True)
class PublicCoverage:
    """Blocks × regions."""

    campaign: Campaign
    regions: list[Region]
    lines: list[ToldLine]
    columns: list[Told]
    total: Told

    @property
    def highest(self) -> int:
        """The largest count of a cell, for the shades."""
        return max((c.told.planned for line in self.lines for c in line.cells), default=0)

    def by_region(self) -> list[tuple[Region, list[tuple[Block, Told]], Told]]:
        """Return for each region its blocks with what is told of them, and their sum."""
        return [
            (region, [(line.block, line.cells[n].told) for line in self.lines], self.columns[n])
            for n, region in enumerate(self.regions)
        ]


def public_coverage(campaign: Campaign) -> PublicCoverage:
    """Return what is planned and held of each block in each region; four queries at any size."""
    regions = sorted(in_order(campaign.regions.all()), key=lambda one: one.kind == "city")
    blocks = list(campaign.blocks.filter(withdrawn_at__isnull=True).order_by("number"))
    rows = (
        PlanTally.objects.filter(
            campaign=campaign,
            status__in=PUBLIC_STATUSES,
            activity__withdrawn_at__isnull=True,
        )
        .values_list("activity__block_id", "region_id")
        .annotate(planned=Sum("items"), held=Sum("items", filter=Q(status=PlanStatus.HELD)))
        .order_by()
    )
    came = {
        (block, region): int(children)
        for block, region, children in OutcomeTally.objects.filter(
            campaign=campaign, activity__withdrawn_at__isnull=True
        )
        .values_list("activity__block_id", "region_id")
        .annotate(n=Sum("children"))
        .order_by()
    }
    told = {
        (block, region): Told(planned or 0, held or 0, came.get((block, region), 0))
        for block, region, planned, held in rows
    }
    lines = [
        ToldLine(block, cells, _sum(cell.told for cell in cells))
        for block in blocks
        for cells in [[ToldCell(r, told.get((block.pk, r.pk), Told())) for r in regions]]
    ]
    columns = [_sum(line.cells[n].told for line in lines) for n in range(len(regions))]
    return PublicCoverage(campaign, regions, lines, columns, _sum(columns))


def _sum(told: Iterable[Told]) -> Told:
    added = [sum(column) for column in zip(*told, strict=True)]
    return Told._make(added) if added else Told()

"""Figures of a campaign: worked out from outcomes, each with a key that is its address.

A key reads from the large to the small: region (or KZ for all), block, activity, metric:
`KZ.children`, `KZ-75.events`, `KZ-75.b1.money`, `KZ-75.b1.a3.children`. A district stands in place
of the block: `KZ-75.d17.events`, `KZ-75.d0.events` for what names no district. Blocks and activities that
a later version of the concept dropped keep their outcomes; their parts carry the public id in place
of the number (`b-…`, `a-…`), so that the sums still add up.
"""

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.db.models import Q, QuerySet, Sum

from bala.kernel import clock
from bala.programme.enums import Metric
from bala.programme.models import Activity, Block, Campaign, Outcome
from bala.territory.models import Region

COUNTRY = "KZ"
METRICS = (Metric.EVENTS, Metric.CHILDREN, Metric.ADULTS, Metric.MONEY, Metric.MEDIA)
_KEY = re.compile(
    r"(?P<where>KZ(?:-\d{2})?)"
    r"(?:\.d(?P<district>0|[1-9]\d{0,8}))?"
    r"(?:\.(?P<block>b(?:\d{1,4}|-[a-z0-9]{1,16})))?"
    r"(?:\.(?P<activity>a(?:\d{1,4}|-[a-z0-9]{1,16})))?"
    r"\.(?P<metric>[a-z]+)"
)


@dataclass(frozen=True, slots=True)
class FigureKey:
    """What a figure counts: where, which block and activity ("" for all), which metric."""

    where: str
    block: str
    activity: str
    metric: Metric
    district: int | None = None  # 0: of the region, but of no district

    def __str__(self) -> str:
        district = part_of_district(self.district) if self.district is not None else ""
        path = (self.where, district, self.block, self.activity, self.metric.value)
        return ".".join(p for p in path if p)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the key that stands in an address, or None where it is none."""
        found = _KEY.fullmatch(text)
        if found is None or found["metric"] not in Metric.values:
            return None
        if found["activity"] and not found["block"]:
            return None
        if found["district"] and (found["block"] or found["where"] == COUNTRY):
            return None
        return cls(
            found["where"],
            found["block"] or "",
            found["activity"] or "",
            Metric(found["metric"]),
            int(found["district"]) if found["district"] else None,
        )


@dataclass(frozen=True)
class Figures:
    """Every figure of a campaign (or of one region) at a moment; what is absent is zero."""

    as_of: datetime
    values: dict[str, Decimal] = field(default_factory=dict)
    # What the parts of the keys stand for: "b1" and "b1.a3" to public ids, at that moment.
    parts: dict[str, str] = field(default_factory=dict)

    def get(self, *path: str) -> Decimal:
        """Return the figure of a key given in pieces; empty pieces are left out."""
        return self.values.get(".".join(p for p in path if p), Decimal(0))

    def as_json(self) -> dict[str, Any]:
        """Return the figures as they are frozen."""
        return {
            "as_of": self.as_of.isoformat(),
            "values": {key: str(value) for key, value in sorted(self.values.items())},
            "parts": self.parts,
        }

    @classmethod
    def from_json(cls, frozen: dict[str, Any]) -> Self:
        """Return frozen figures."""
        return cls(
            datetime.fromisoformat(frozen["as_of"]),
            {key: Decimal(value) for key, value in frozen["values"].items()},
            dict(frozen.get("parts", {})),
        )

    @property
    def sha256(self) -> str:
        """The fingerprint of the values alone: the same records give the same."""
        values = {key: str(value) for key, value in self.values.items()}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs between two moments."""

    key: str
    before: Decimal
    after: Decimal

    @property
    def delta(self) -> Decimal:
        return self.after - self.before


def in_force(as_of: datetime | None) -> Q:
    """The outcomes in force now (None) or at a moment of the past."""
    if as_of is None:
        return Q(superseded_at__isnull=True)
    return Q(recorded_at__lte=as_of) & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=as_of))


def part_of_block(block: Block) -> str:
    """Return what stands for a block in a key."""
    return f"b-{block.public_id}" if block.withdrawn_at else f"b{block.number}"


def part_of_district(district_id: int | None) -> str:
    """Return what stands for a district in a key, after its region; None or 0: no district."""
    return f"d{district_id or 0}"


def part_of_activity(activity: Activity) -> str:
    """Return what stands for an activity in a key, after its block."""
    return f"a-{activity.public_id}" if activity.withdrawn_at else f"a{activity.number}"


def figures_of(
    campaign: Campaign,
    region: Region | None = None,
    *,
    as_of: datetime | None = None,
    by_district: bool = False,
) -> Figures:
    """Work out every figure of a campaign, or of one region in it, from its outcomes.

    `by_district` adds the figures of the region's districts; it wants a region.

    With `as_of` the figures are those of that moment, and `records_of` finds the same records later;
    without it they are those of now, by an index-only scan of what is in force.
    """
    where = {} if region is None else {"region": region}
    sums = (
        Outcome.objects.filter(in_force(as_of), campaign=campaign, **where)
        .filter(metric__in=METRICS)
        .order_by()
        .values_list("activity_id", "region_id", "metric")
        .annotate(total=Sum("value"))
    )
    places: dict[int, str] = dict(
        Region.objects.filter(campaign_regions__campaign=campaign).values_list("pk", "iso_code")
    )
    activities: dict[int, tuple[str, str]] = {}
    parts: dict[str, str] = {}
    for activity in Activity.objects.filter(campaign=campaign).select_related("block"):
        block, line = part_of_block(activity.block), part_of_activity(activity)
        activities[activity.pk] = (block, line)
        parts[block] = activity.block.public_id
        parts[f"{block}.{line}"] = activity.public_id
    values: dict[str, Decimal] = defaultdict(Decimal)
    for activity_id, region_id, metric, total in sums:
        if not total:
            continue
        block, line = activities[activity_id]
        iso = places.get(region_id, "")
        if not iso:  # a region taken out of the campaign: its outcomes no longer count
            continue
        for place in (iso, COUNTRY) if region is None else (iso,):
            values[f"{place}.{metric}"] += total
            values[f"{place}.{block}.{metric}"] += total
            values[f"{place}.{block}.{line}.{metric}"] += total
    if by_district and region is not None:
        values |= _of_districts(campaign, region, as_of)
    tidy = {key: _tidy(value) for key, value in values.items()}
    return Figures(as_of or clock.now(), tidy, parts)


def _of_districts(campaign: Campaign, region: Region, as_of: datetime | None) -> dict[str, Decimal]:
    sums = (
        Outcome.objects.filter(in_force(as_of), campaign=campaign, region=region)
        .filter(metric__in=METRICS)
        .order_by()
        .values_list("district_id", "metric")
        .annotate(total=Sum("value"))
    )
    return {
        f"{region.iso_code}.{part_of_district(district_id)}.{metric}": total
        for district_id, metric, total in sums
        if total
    }


def _tidy(value: Decimal) -> Decimal:
    """Write 42.00 as 42, so that the same figure is always the same text."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def changes(before: Figures, after: Figures) -> list[Change]:
    """Return the figures that differ, in the order of their keys."""
    keys = before.values.keys() | after.values.keys()
    found = (Change(key, before.get(key), after.get(key)) for key in keys)
    return sorted((c for c in found if c.delta), key=lambda c: _order(c.key))


def _order(key: str) -> tuple[Any, ...]:
    """Sort keys by region, block and activity number, sums before what they are made of."""
    read = FigureKey.read(key)
    if read is None:
        return (key,)
    number = [
        int(p[1:]) if p[1:].isdigit() else 9999 if p else -1 for p in (read.block, read.activity)
    ]
    return (
        read.where,
        read.district is not None,
        read.district or 0,
        *number,
        list(Metric).index(read.metric),
        key,
    )


def records_of(
    campaign: Campaign, key: FigureKey, *, as_of: datetime | None = None, parts: dict[str, str]
) -> QuerySet[Outcome]:
    """Return the outcomes that a figure is made of, now or at the moment it was frozen.

    `parts` says which block and activity the key's parts stood for when the figure was worked out.
    A part that never stood for anything has no records.
    """
    rows = Outcome.objects.filter(in_force(as_of), campaign=campaign, metric=key.metric)
    if key.where == COUNTRY:
        rows = rows.filter(region__campaign_regions__campaign=campaign)
    else:
        rows = rows.filter(region__iso_code=key.where)
    if key.district is not None:
        named = Q(district_id=key.district) if key.district else Q(district_id__isnull=True)
        rows = rows.filter(named)
    if key.activity:
        rows = rows.filter(activity__public_id=parts.get(f"{key.block}.{key.activity}", ""))
    elif key.block:
        rows = rows.filter(activity__block__public_id=parts.get(key.block, ""))
    return rows


def parts_of(campaign: Campaign) -> dict[str, str]:
    """Return what the parts of keys stand for now."""
    parts: dict[str, str] = {}
    for activity in Activity.objects.filter(campaign=campaign).select_related("block"):
        block = part_of_block(activity.block)
        parts[block] = activity.block.public_id
        parts[f"{block}.{part_of_activity(activity)}"] = activity.public_id
    return parts

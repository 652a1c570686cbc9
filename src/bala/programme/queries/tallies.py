"""Sums of the spine by activity and region, out of the tallies.

Of a few districts there is no tally: there the rows themselves are added up, some thousands at most.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from bala.programme.enums import OPEN_STATUSES, PlanStatus
from bala.programme.models.tally import outcome_rows_sql, plan_rows_sql

_OPEN = ", ".join(f"'{status}'" for status in OPEN_STATUSES)
_COUNTED = ", ".join(f"'{status}'" for status in (*OPEN_STATUSES, PlanStatus.HELD))
_DISTRICTS = "region_id = ANY(%(regions)s) AND district_id = ANY(%(districts)s)"
_DRAFT = ", ".join(f"'{status}'" for status in (PlanStatus.DRAFT, PlanStatus.PROPOSED))


# What the first query adds up, in the order of its columns.
_PLAN_SUMS = (
    "items",
    "held",
    "nobody",
    "late",
    "due",
    "drafts",
    "cancelled",
    "expected_children",
    "expected_adults",
    "items_of_all_time",
)


@dataclass(frozen=True, slots=True)
class Within:
    """Which rows to add up, and the days that decide what is due and what is late."""

    campaign: int
    day: date
    due_until: date
    since: date | None = None
    until: date | None = None
    regions: frozenset[int] = frozenset()  # ids: where the districts lie
    districts: frozenset[int] | None = None  # ids; None: all, whatever `regions` says


@dataclass(slots=True)
class CellSums:
    """The sums of one activity in one region."""

    items: int = 0
    held: int = 0
    nobody: int = 0
    late: int = 0
    due: int = 0
    drafts: int = 0
    cancelled: int = 0
    expected_children: int = 0
    expected_adults: int = 0
    items_of_all_time: int = 0
    late_since: date | None = None
    children: int = 0
    adults: int = 0
    media: int = 0
    money: Decimal = Decimal(0)


def sums_of_cells(within: Within) -> dict[tuple[int, int], CellSums]:
    """Return the sums by (activity id, region id) of every cell that has any row; three queries."""
    found: dict[tuple[int, int], CellSums] = {}
    for activity, region, *numbers in _plan_sums(within):
        named = zip(_PLAN_SUMS, numbers, strict=True)
        cell = found[activity, region] = CellSums()
        for name, number in named:
            setattr(cell, name, int(number or 0))
    for activity, region, since in _late_since(within):
        if (activity, region) in found:
            found[activity, region].late_since = since
    for activity, region, children, adults, media, money in _outcome_sums(within):
        cell = found.setdefault((activity, region), CellSums())
        cell.children, cell.adults, cell.media = int(children), int(adults), int(media)
        cell.money = money
    return found


def _arguments(within: Within) -> dict[str, Any]:
    return {
        "campaign": within.campaign,
        "today": within.day,
        "due": within.due_until,
        "since": within.since or date.min,
        "until": within.until or date.max,
        "regions": sorted(within.regions),
        "districts": sorted(within.districts or ()),
    }


def _plans(within: Within) -> str:
    """Return what stands after FROM: the tally, or the rows of the districts asked for."""
    where = "campaign_id = %(campaign)s"
    if within.districts is None:
        return f"programme_plantally WHERE {where}"
    rows = plan_rows_sql("programme_planitem")
    return f"({rows} WHERE {where} AND {_DISTRICTS}) AS of_rows WHERE true"


def _outcomes(within: Within) -> str:
    where = "campaign_id = %(campaign)s"
    if within.districts is None:
        return f"programme_outcometally WHERE {where}"
    rows = outcome_rows_sql("programme_outcome")
    return f"({rows} AND {where} AND {_DISTRICTS}) AS of_rows WHERE true"


def _fetch(sql: str, within: Within) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, _arguments(within))
        return list(cursor.fetchall())


def _plan_sums(within: Within) -> list[tuple[Any, ...]]:
    """Add up in two steps: tens of thousands of rows by what matters of them, then these by cell."""
    return _fetch(
        "SELECT activity_id, region_id,"  # noqa: S608 - our own names
        " sum(items) FILTER (WHERE counted AND inside),"
        " sum(items) FILTER (WHERE status = 'held' AND inside),"
        " sum(items) FILTER (WHERE nobody_came AND inside),"
        " sum(items) FILTER (WHERE is_open AND is_past AND inside),"
        " sum(items) FILTER (WHERE is_open AND is_soon AND inside),"
        f" sum(items) FILTER (WHERE status IN ({_DRAFT}) AND inside),"
        " sum(items) FILTER (WHERE status = 'cancelled' AND inside),"
        " sum(children) FILTER (WHERE counted AND inside),"
        " sum(adults) FILTER (WHERE counted AND inside),"
        " sum(items) FILTER (WHERE counted)"
        " FROM (SELECT activity_id, region_id, status, nobody_came,"
        " ends_on BETWEEN %(since)s AND %(until)s AS inside,"
        " ends_on < %(today)s AS is_past, ends_on BETWEEN %(today)s AND %(due)s AS is_soon,"
        f" status IN ({_COUNTED}) AS counted, status IN ({_OPEN}) AS is_open,"
        " sum(items) AS items, sum(expected_children) AS children, sum(expected_adults) AS adults"
        f" FROM {_plans(within)} GROUP BY 1, 2, 3, 4, 5, 6, 7) AS alike"
        " GROUP BY activity_id, region_id",
        within,
    )


def _late_since(within: Within) -> list[tuple[Any, ...]]:
    return _fetch(
        f"SELECT activity_id, region_id, min(ends_on) FROM"  # noqa: S608 - our own names
        f" (SELECT activity_id, region_id, ends_on FROM {_plans(within)}"
        f" AND status IN ({_OPEN}) AND ends_on < %(today)s"
        " GROUP BY activity_id, region_id, ends_on HAVING sum(items) > 0) AS late"
        " GROUP BY activity_id, region_id",
        within,
    )


def _outcome_sums(within: Within) -> list[tuple[Any, ...]]:
    return _fetch(
        "SELECT activity_id, region_id, sum(children), sum(adults), sum(media), sum(money)"  # noqa: S608 - our own names
        f" FROM {_outcomes(within)} AND happened_on BETWEEN %(since)s AND %(until)s"
        " GROUP BY activity_id, region_id",
        within,
    )

"""The figures of a row, now and before."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bala.people.models import Account
from bala.programme.enums import Metric
from bala.programme.models import Outcome, PlanItem


@dataclass(slots=True)
class Version:
    """The figures that were entered at one moment."""

    recorded_at: datetime
    recorded_by: Account | None
    superseded_at: datetime | None
    figures: list[tuple[str, Decimal]]


def versions_of(item: PlanItem) -> list[Version]:
    """Return every entry of a row's result, the latest first; one query."""
    found: dict[datetime, Version] = {}
    rows = Outcome.objects.filter(plan_item=item).select_related("recorded_by")
    for row in rows.order_by("-recorded_at", "pk"):
        version = found.setdefault(
            row.recorded_at, Version(row.recorded_at, row.recorded_by, row.superseded_at, [])
        )
        version.figures.append((str(Metric(row.metric).label), row.value))
    return list(found.values())


def media_of(item: PlanItem) -> list[dict[str, Any]]:
    """Return where the media told of a row, as a form takes it."""
    names = ("url", "outlet", "title", "published_on")
    rows = item.media_mentions.order_by("pk").values_list(*names)
    return [dict(zip(names, row, strict=True)) for row in rows]


def money_of(item: PlanItem) -> Decimal | None:
    """Return the tenge in force that a row was entered with."""
    row = Outcome.objects.filter(
        plan_item=item, metric=Metric.MONEY, superseded_at__isnull=True
    ).first()
    return row.value if row else None

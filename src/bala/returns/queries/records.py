"""The records behind a figure."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Sum

from bala.kernel.keyset import Page, page_of
from bala.programme.models import Campaign, Outcome
from bala.returns.queries.figures import FigureKey, Figures, records_of
from bala.returns.queries.words import short


@dataclass(frozen=True)
class Provenance:
    """A figure opened: its value, the records it is made of (a page of them), and their sum."""

    key: FigureKey
    value: Decimal  # as it was frozen, or as it is now
    total: Decimal  # the sum of the records
    count: int
    page: Page[Outcome]
    as_of: datetime | None

    @property
    def adds_up(self) -> bool:
        """Whether the records make the figure."""
        return self.value == self.total

    @property
    def shown(self) -> str:
        """The figure as it is printed."""
        return short(self.key.metric, self.value)

    @property
    def shown_total(self) -> str:
        """The sum of the records as it is printed."""
        return short(self.key.metric, self.total)


def provenance(
    campaign: Campaign,
    key: FigureKey,
    *,
    frozen: Figures | None,
    parts: dict[str, str],
    cursor: str = "",
) -> Provenance:
    """Open a figure: live, or as it was frozen; three queries."""
    as_of = frozen.as_of if frozen else None
    rows = records_of(campaign, key, as_of=as_of, parts=parts)
    sums = rows.order_by().aggregate(total=Sum("value"), count=Count("pk"))
    total = sums["total"] or Decimal(0)
    page = page_of(
        rows.select_related("activity__block", "region", "plan_item__organisation", "recorded_by"),
        order=("happened_on", "pk"),
        cursor=cursor,
        size=50,
    )
    value = frozen.get(str(key)) if frozen else total
    return Provenance(key, value, total, sums["count"], page, as_of)

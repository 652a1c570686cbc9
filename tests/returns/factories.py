"""Makers of what returns and reports are worked out from."""

from decimal import Decimal
from typing import Any

from bala.programme.enums import Metric, OutcomeSource, PlanStatus
from bala.programme.models import Activity, Outcome, PlanItem
from tests.programme.factories import make_plan_item


def make_result(activity: Activity, **values: Any) -> PlanItem:
    """Make a held row of Almaty (or `region`, or `district`) with an outcome for each metric named."""
    place = {name: values.pop(name) for name in ("region", "district") if name in values}
    if "district" in place:
        place["region"] = place["district"].region
    item = make_plan_item(activity, **place)
    item.status, item.held_on = PlanStatus.HELD, item.starts_on
    item.actual_children, item.actual_adults = 0, 0
    item.save()
    for metric, value in {"events": 1, **values}.items():
        Outcome.objects.create(
            campaign=item.campaign,
            activity=activity,
            region=item.region,
            district=item.district,
            plan_item=item,
            metric=Metric(metric),
            value=Decimal(value),
            happened_on=item.starts_on,
            source_kind=OutcomeSource.PLAN_ITEM,
            source_id=item.public_id,
        )
    return item

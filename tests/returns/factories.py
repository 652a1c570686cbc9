"""Makers of what returns and reports are worked out from."""

from decimal import Decimal
from typing import Any

from bala.programme.enums import Metric, OutcomeSource, PlanStatus
from bala.programme.models import Activity, Outcome, PlanItem
from tests.programme.factories import make_plan_item


def make_result(activity: Activity, **values: Any) -> PlanItem:
    """Make a held row of Almaty (or `region`) with an outcome for each metric that is named."""
    place = {"region": values.pop("region")} if "region" in values else {}
    item = make_plan_item(activity, **place)
    item.status, item.held_on = PlanStatus.HELD, item.starts_on
    item.actual_children, item.actual_adults = 0, 0
    item.save()
    for metric, value in {"events": 1, **values}.items():
        Outcome.objects.create(
            campaign=item.campaign,
            activity=activity,
            region=item.region,
            plan_item=item,
            metric=Metric(metric),
            value=Decimal(value),
            happened_on=item.starts_on,
            source_kind=OutcomeSource.PLAN_ITEM,
            source_id=item.public_id,
        )
    return item

"""How many may come to an event in person, by the sanitary rules of its day and region."""

from datetime import date

from bala.concept.enums import Format
from bala.programme.enums import PlanStatus
from bala.programme.models import PlanItem
from bala.territory.queries.sanitary import Limit, rule_book


def limit_on(item: PlanItem, day: date) -> Limit | None:
    """Return the limit that binds an event on a day; None online, called off, or where none does."""
    if item.format == Format.ONLINE or not item.venue_kind or item.status == PlanStatus.CANCELLED:
        return None
    return rule_book().limit_for(
        region_id=item.region_id,
        day=day,
        venue_kind=item.venue_kind,
        capacity=item.venue_capacity,
        area=item.venue_area_m2,
    )

"""Cards of events and lists of activities: dozens on a page, each rendered once."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from bala.kernel.parts import part
from bala.programme.models import Activity, Campaign
from bala.programme.queries.cards import card_of, line_of
from bala.programme.queries.public import Figures, Shown

register = template.Library()


@register.simple_tag
def event_card(row: Shown, *, with_region: bool = False) -> SafeString:
    """Draw the card of a row; `with_region` names its region at the foot."""
    return part(
        "programme/public/row_card.html", {"card": card_of(row, with_region=bool(with_region))}
    )


@register.simple_tag
def activity_lines(campaign: Campaign, lines: Iterable[tuple[Activity, Figures]]) -> SafeString:
    """Draw activities as a list, each with the number of its events."""
    drawn = tuple(line_of(activity, figures) for activity, figures in lines)
    return part("programme/public/lines.html", {"slug": campaign.slug, "lines": drawn})

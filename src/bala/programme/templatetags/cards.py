"""The card of an event: two dozen on a page."""

from django import template
from django.utils.safestring import SafeString

from bala.kernel.parts import part
from bala.programme.queries.cards import card_of
from bala.programme.queries.public import Shown

register = template.Library()


@register.simple_tag
def event_card(row: Shown, *, with_region: bool = False) -> SafeString:
    """Draw the card of a row; `with_region` names its region at the foot."""
    return part(
        "programme/public/row_card.html", {"card": card_of(row, with_region=bool(with_region))}
    )

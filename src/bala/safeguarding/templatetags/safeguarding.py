"""«Report this» under every piece of public content: `{% report_link item %}`."""

from typing import Any

from django import template

from bala.safeguarding.models import ModerationItem

register = template.Library()


@register.inclusion_tag("safeguarding/report_link.html")
def report_link(item: ModerationItem) -> dict[str, Any]:
    """Offer to report what a moderation item stands for; no account is needed."""
    return {"item": item}

"""What pages and letters of the room write: links to withdraw, their codes."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from bala.people.queries.activities import words_of_activity

register = template.Library()


@register.simple_tag
def withdrawal_url(token: str) -> str:
    """Return the whole address that withdraws a consent without an account."""
    path = reverse("people:withdraw_link", kwargs={"token": token})
    return f"{settings.BALA_BASE_URL.rstrip('/')}{path}"


@register.simple_tag
def withdrawal_qr(token: str) -> SafeString:
    """Draw the same address as a code for a phone."""
    return qr(withdrawal_url(token))


@register.filter
def activity_words(kind: str) -> str:
    """Say in words what a child did."""
    return str(words_of_activity(kind))


@register.simple_tag
def qr(text: str) -> SafeString:
    """Return a code as SVG without inline styles: dark on white in every theme."""
    import segno  # heavy: only where it is used

    drawn = segno.make(text, error="m", micro=False).svg_inline(
        scale=3, border=2, dark="#10333d", light="#ffffff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by segno, the text is no part of it

"""What the head of a public page says to other sites and machines."""

import json
from datetime import date
from typing import Any, Final

from django import template
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from bala.kernel.dates import MONTHS

register = template.Library()

_SHORT: Final = {
    "kk": ("Дс", "Сс", "Ср", "Бс", "Жм", "Сб", "Жс"),
    "ru": ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
# Russian names of months that stand alone are not those after a day number.
_ALONE: Final = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
_NAMES: Final = {
    "kk": MONTHS["kk"].split(),
    "ru": _ALONE.split(),
    "en": MONTHS["en"].split(),
}
_SAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def page_meta(context: dict[str, Any], title: str = "", text: str = "") -> SafeString:
    """Write canonical address, Open Graph and the linked data of a page.

    Without `title` the campaign's title stands for it.
    """
    request: HttpRequest = context["request"]
    campaign = context.get("campaign")
    named = str(title) or (str(campaign.title) if campaign else str(context["site_name"]))
    address = request.build_absolute_uri(request.path)
    pairs = [("og:title", named), ("og:url", address)]
    if text:
        pairs.append(("og:description", Truncator(str(text)).chars(200)))
    tags = format_html_join("", '<meta property="{}" content="{}">', pairs)
    return format_html('<link rel="canonical" href="{}">{}{}', address, tags, _data(context))


def _data(context: dict[str, Any]) -> SafeString:
    scripts = []
    for thing in context.get("linked_data", ()):
        text = json.dumps(thing, ensure_ascii=False).translate(_SAFE_IN_SCRIPT)
        scripts.append(f'<script type="application/ld+json">{text}</script>')
    return mark_safe("".join(scripts))  # noqa: S308 - what could end a script is escaped


@register.simple_tag(takes_context=True)
def webcal(context: dict[str, Any], path: str) -> str:
    """Return the address at which a calendar program subscribes to a feed."""
    return f"webcal://{context['request'].get_host()}{path}"


@register.filter
def short_weekday(day: date) -> str:
    """«Пн», «Дс», "Mon"."""
    return _SHORT[get_language() or "ru"][day.weekday()]


@register.filter
def month_year(day: date) -> str:
    """«Май 2021», «Мамыр 2021», "May 2021"."""
    return f"{_NAMES[get_language() or 'ru'][day.month - 1].capitalize()} {day.year}"


@register.filter
def tie(text: str) -> str:
    """Keep a dash on the line of the word before it."""
    tied = str(text).replace(" –", "\u00a0–")
    return mark_safe(tied) if isinstance(text, SafeString) else tied  # noqa: S308 - safe before

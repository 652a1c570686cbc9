"""Template filters that every room uses: dates, numbers and texts in three languages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bala.kernel import dates
from bala.kernel.keeping import kept
from bala.kernel.parts import part
from bala.kernel.translated import Shown

register = template.Library()


class KeptNode(template.Node):
    """A part of a page that is the same for all who share some values."""

    def __init__(self, name: str, vary: list[FilterExpression], parts: NodeList) -> None:
        self.name, self.vary, self.parts = name, vary, parts

    def render(self, context: Context) -> SafeString:
        """Return the part as it is kept, or make it."""
        values = [str(value.resolve(context)) for value in self.vary]
        return kept("\0".join((self.name, *values)), lambda: self.parts.render(context))


@register.tag("kept")
def keep_part(parser: Parser, token: Token) -> KeptNode:
    """Keep what stands between `{% kept "name" value … %}` and `{% endkept %}` (docs/adr/0010).

    It may depend on the language, the day and the values that are named, and on nothing else; it
    may hold no form with a token and nothing of the person who reads.
    """
    name, *values = token.split_contents()[1:]
    parts = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name.strip("\"'"), [parser.compile_filter(one) for one in values], parts)


@register.simple_tag(name="part")
def pure_part(template_name: str, **values: Any) -> SafeString:
    """Draw a template of the values that are given and of nothing else; once for each (kernel.parts)."""
    return part(template_name, values)


@register.filter
def full_date(day: date) -> str:
    """«1 июня 2021 г.», «2021 ж. 1 маусым»."""
    return dates.format_date(day)


@register.filter
def day_month(day: date) -> str:
    """«1 июня», «1 маусым»."""
    return dates.format_day(day)


@register.filter
def numeric_date(day: date) -> str:
    """«01.06.2021»."""
    return dates.format_numeric(day)


@register.filter
def weekday(day: date) -> str:
    """«вторник», «сейсенбі»."""
    return dates.weekday_name(day)


@register.filter
def month(day: date) -> str:
    """«июня», «маусым»."""
    return dates.month_name(day.month)


@register.filter
def period(start: date, end: date | None) -> str:
    """«20 мая – 20 июня 2021 г.»."""
    return dates.format_period(start, end)


@register.filter
def day_period(start: date, end: date | None) -> str:
    """«1–12 июня»."""
    return dates.format_day_period(start, end)


@register.filter
def grouped(value: int | float | Decimal) -> str:
    """«84 628»."""
    return dates.format_number(value)


@register.filter
def money(value: int | Decimal) -> str:
    """«84 628 900,00 ₸»."""
    return dates.format_money(value)


@register.filter
def shown(text: Shown) -> SafeString | str:
    """Mark a text that stands in for a missing translation with its language, visibly and for readers."""
    if isinstance(text, Shown) and text.is_fallback and text:
        return format_html(
            '<span lang="{}">{}</span> <sup class="lang-mark" aria-hidden="true">{}</sup>',
            text.language,
            text,
            {"kk": "қаз", "ru": "рус", "en": "eng"}[text.language],
        )
    return text


@register.filter
def local_day(moment: datetime) -> date:
    """Return the calendar day of a moment where the reader is."""
    return timezone.localtime(moment).date()

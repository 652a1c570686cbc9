"""Template filters that every room uses: dates, numbers and texts in three languages."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bala.kernel import dates
from bala.kernel.translated import Shown

register = template.Library()


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

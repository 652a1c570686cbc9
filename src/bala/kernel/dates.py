"""Dates, periods and numbers as Kazakh, Russian and English official texts write them."""

from datetime import date
from decimal import Decimal

from django.utils.translation import get_language

MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
_MONTHS = {language: names.split() for language, names in MONTHS.items()}
WEEKDAYS = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
THIN_SPACE = "\u202f"
NO_BREAK = "\u00a0"


def _language(language: str | None) -> str:
    code = (language or get_language() or "ru")[:2]
    return code if code in _MONTHS else "en"


def month_name(month: int, language: str | None = None) -> str:
    """Return the name of month 1 to 12 as it stands after a day number."""
    return _MONTHS[_language(language)][month - 1]


def weekday_name(day: date, language: str | None = None) -> str:
    """Return the name of the weekday; the week starts on Monday."""
    return WEEKDAYS[_language(language)][day.weekday()]


def format_day(day: date, language: str | None = None) -> str:
    """Return day and month without the year: «1 маусым», «1 июня», "1 June"."""
    return f"{day.day}{NO_BREAK}{month_name(day.month, language)}"


def format_date(day: date, language: str | None = None, *, official: bool = False) -> str:
    """Return the full date: «2021 ж. 1 маусым» (official «2021 жылғы 1 маусым»), «1 июня 2021 г.»."""
    code = _language(language)
    if code == "kk":
        year = f"{day.year}{NO_BREAK}{'жылғы' if official else 'ж.'}"
        return f"{year} {format_day(day, code)}"
    if code == "ru":
        return f"{format_day(day, code)} {day.year}{NO_BREAK}{'года' if official else 'г.'}"
    return f"{format_day(day, code)} {day.year}"


def format_numeric(day: date) -> str:
    """Return the date as ДД.ММ.ГГГГ, as Kazakh and Russian tables write it."""
    return f"{day:%d.%m.%Y}"


def format_period(
    start: date, end: date | None, language: str | None = None, *, official: bool = False
) -> str:
    """Return a period with nothing said twice: «20 мая – 20 июня 2021 г.», «1–12 июня 2021 г.»."""
    if end is None or end == start:
        return format_date(start, language, official=official)
    if start.year != end.year:
        first = format_date(start, language, official=official)
        return f"{first} – {format_date(end, language, official=official)}"
    code = _language(language)
    whole = format_date(end, code, official=official)
    last = format_day(end, code)
    first = str(start.day) if start.month == end.month else f"{format_day(start, code)} "
    dash = "–" if start.month == end.month else "– "
    span = f"{first}{dash}{last}"
    return whole.replace(last, span, 1)


def format_day_period(start: date, end: date | None, language: str | None = None) -> str:
    """Return a period without the year: «1–12 июня», «30 мая – 2 июня»."""
    if end is None or end == start:
        return format_day(start, language)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{format_day(end, language)}"
    return f"{format_day(start, language)} – {format_day(end, language)}"


def format_number(
    value: int | float | Decimal, language: str | None = None, places: int = 0
) -> str:
    """Return a number grouped by thin spaces, with a decimal comma (English: comma and point)."""
    text = f"{value:,.{places}f}"
    if _language(language) == "en":
        return text
    return text.replace(",", THIN_SPACE).replace(".", ",")


def format_money(tenge: int | Decimal, language: str | None = None) -> str:
    """Return an amount of tenge with two decimals: «84 628 900,00 ₸»."""
    return f"{format_number(tenge, language, places=2)}{NO_BREAK}₸"

"""Dates and periods as Russian and Kazakh officials write them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from bala.concept.date_tokens import LAST_DAY, Chunk, Point, date_spans, read_chunks, spell_out
from bala.concept.wording import fold
from bala.kernel.errors import PersonError

_OPEN = re.compile(
    r"постоянн|регулярн|систематич|ежемесячн|еженедельн|ежедневн|ежеквартальн|ежегодн"
    r"|тұрақты|ұдайы|үнемі|ай сайын|апта сайын|күн сайын"
    r"|(?:в течение|весь|на) (?:всего )?(?:период|срок)|в период проведения|в течение акции"
    r"|(?:акция|науқан)[а-яәғқңөұүһі]* (?:барысында|бойы)"
)
_WHOLE_YEAR = re.compile(
    r"(?:в течение|на протяжении)(?: всего)?(?: (?:20\d\d|текущего))? года|весь год|жыл бойы|"
    r"жыл ішінде|жыл барысында"
)
_PLAUSIBLE_WRAP = timedelta(days=200)


class PeriodReversed(PersonError):
    """The period ends before it starts."""

    def __init__(self) -> None:
        super().__init__(_("The period ends before it starts."))


class NoSuchDay(PersonError):
    """The calendar has no such day."""

    def __init__(self) -> None:
        super().__init__(_("The calendar has no such day."))


@dataclass(frozen=True, slots=True)
class Period:
    """What a date text says, both ends included.

    `days` holds the single days where the text lists several; `open_ended` is true where the
    text gives no bounds ("на постоянной основе"), and then both ends may be None.
    """

    starts_on: date | None
    ends_on: date | None
    days: tuple[date, ...] = ()
    open_ended: bool = False


def parse_period(text: str, *, default_year: int | None) -> Period | None:
    """Read a text whose whole purpose is to give dates: a label's text or a plan's cell.

    `default_year` stands in where the text names no year. Gives None where no date is found.
    Raises PeriodReversed or NoSuchDay.
    """
    return _parse(text, default_year=default_year, loose=True)


def find_period(text: str, *, default_year: int | None) -> Period | None:
    """Find the period that a sentence mentions; years and numbers alone do not count.

    Raises PeriodReversed or NoSuchDay.
    """
    return _parse(text, default_year=default_year, loose=False)


def find_year(text: str) -> int | None:
    """Find the year a text names, as in «(2021 год)»; None where it names none or several."""
    years = {int(year) for year in re.findall(r"(?<!\d)20[0-4]\d(?!\d)", text)}
    return years.pop() if len(years) == 1 else None


def strip_period(text: str) -> str:
    """Take the dates out of "регионы республики, с 20 мая по 20 июня 2021 года"."""
    spans = date_spans(text)
    for start, end in reversed(spans):
        text = text[:start] + " " + text[end:]
    return re.sub(r"\s+([,;.])", r"\1", text).strip(" ,;.-–—()") if spans else text


def _inherit(chunk: Chunk) -> None:
    """Fill what a point lacks from its right neighbour, else from its left one."""
    points = chunk.points
    for order in (range(len(points) - 2, -1, -1), range(1, len(points))):
        step = 1 if order.step < 0 else -1
        for index in order:
            point, other = points[index], points[index + step]
            if point.month is None and point.day is not None and other.month:
                point.month = other.month
            if point.year is None and other.year:
                point.year = other.year


def _first(point: Point) -> date:
    return _make(point.year or 0, point.month or 1, point.day or 1)


def _last(point: Point) -> date:
    year, month = point.year or 1, point.month or 12
    if point.day is None or point.day == LAST_DAY:
        return _make(year, month, calendar.monthrange(year, month)[1])
    return _make(year, month, point.day)


def _make(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay from error


def _range(start: Point, end: Point) -> tuple[date, date]:
    first, last = _first(start), _last(end)
    if first > last and start.year == end.year:
        # "с 20 декабря по 10 января 2022 года" crosses the new year.
        moved = None
        if not start.year_given:
            moved = _make(first.year - 1, first.month, first.day), last
        elif not end.year_given:
            moved = first, _make(last.year + 1, last.month, last.day)
        if moved and moved[1] - moved[0] < _PLAUSIBLE_WRAP:
            return moved
    if first > last:
        raise PeriodReversed
    return first, last


def _spans(chunk: Chunk) -> list[tuple[date | None, date | None]]:
    spans: list[tuple[date | None, date | None]] = []
    points, index = chunk.points, 0
    while index < len(points):
        end = index
        while end + 1 < len(points) and chunk.links[end] == "range":
            end += 1
        if end > index:
            spans.append(_range(points[index], points[end]))
        else:
            point = points[index]
            start_day: date | None = _first(point) if point.only != "to" else None
            end_day: date | None = _last(point) if point.only != "from" else None
            spans.append((start_day, end_day))
        index = end + 1
    return spans


def _usable(chunk: Chunk, *, loose: bool) -> bool:
    points = chunk.points
    if not loose:
        if not all(point.month for point in points):
            return False
        # "от 1 сентября 2020 года" cites a paper, it does not plan a day.
        return chunk.from_word != "от" or len(points) > 1
    return all(point.month or (point.year and not point.day) for point in points)


def _parse(text: str, *, default_year: int | None, loose: bool) -> Period | None:
    folded = spell_out(re.sub(r"[«\"“](\d{1,2})[»\"”]", r"\1", fold(text)))
    open_ended = bool(_OPEN.search(folded))
    chunks = read_chunks(folded)
    for chunk in chunks:
        _trim(chunk)
        _inherit(chunk)
    whole_year = _WHOLE_YEAR.search(folded)
    chunks = [chunk for chunk in chunks if chunk.points and _usable(chunk, loose=loose)]
    if whole_year:
        year = find_year(whole_year.group()) or default_year
        if year and not any(point.month for chunk in chunks for point in chunk.points):
            return Period(date(year, 1, 1), date(year, 12, 31), (), open_ended)
    years = [point.year for chunk in chunks for point in chunk.points if point.year]
    fallback = years[0] if len(set(years)) == 1 else default_year
    spans: list[tuple[date | None, date | None]] = []
    for chunk in chunks:
        for point in chunk.points:
            point.year = point.year or fallback
        if all(point.year for point in chunk.points):
            spans.extend(_spans(chunk))
    if not spans:
        return Period(None, None, (), True) if open_ended else None
    return _together(spans, open_ended=open_ended)


def _trim(chunk: Chunk) -> None:
    """Drop numbers that no month belongs to: "5 школ", "10-17 лет"."""
    if any(point.month for point in chunk.points):
        keep = [
            index
            for index, point in enumerate(chunk.points)
            if point.month or point.day or point.year_given
        ]
        chunk.links = [chunk.links[index] for index in keep]
        chunk.points = [chunk.points[index] for index in keep]


def _together(spans: list[tuple[date | None, date | None]], *, open_ended: bool) -> Period:
    starts = [start for start, _end in spans if start]
    ends = [end for _start, end in spans if end]
    half_open = any(start is None or end is None for start, end in spans)
    days: set[date] = set()
    if len(spans) > 1 and not half_open:
        for start, end in spans:
            if start is None or end is None or (end - start).days > 62:
                continue
            days.update(start + timedelta(days=step) for step in range((end - start).days + 1))
    first = min(starts) if starts else None
    last = max(ends) if ends else None
    if first and last and first > last:
        raise PeriodReversed
    return Period(first, last, tuple(sorted(days)), open_ended)

"""Dates and periods as Russian and Kazakh officials write them."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from bala.concept.wording import fold
from bala.kernel.errors import PersonError

MONTHS: tuple[str, ...] = (
    r"январ[а-я]{0,3}|қаңтар[а-яәғқңөұүһі]{0,8}",
    r"феврал[а-я]{0,3}|ақпан[а-яәғқңөұүһі]{0,8}",
    r"март[а-я]{0,2}|наурыз[а-яәғқңөұүһі]{0,8}",
    r"апрел[а-я]{0,3}|сәуір[а-яәғқңөұүһі]{0,8}",
    r"ма[йяею]|маем|мамыр[а-яәғқңөұүһі]{0,8}",
    r"июн[а-я]{0,2}|маусым[а-яәғқңөұүһі]{0,8}",
    r"июл[а-я]{0,2}|шілде[а-яәғқңөұүһі]{0,8}",
    r"август[а-я]{0,2}|тамыз[а-яәғқңөұүһі]{0,8}",
    r"сентябр[а-я]{0,3}|қыркүйе[кг][а-яәғқңөұүһі]{0,8}",
    r"октябр[а-я]{0,3}|қазан[а-яәғқңөұүһі]{0,8}",
    r"ноябр[а-я]{0,3}|қараша[а-яәғқңөұүһі]{0,8}",
    r"декабр[а-я]{0,3}|желтоқсан[а-яәғқңөұүһі]{0,8}",
)
_MONTH_NAMES = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четв": 4, "бірі": 1, "екін": 2, "үшін": 3, "төрт": 4}
_NUMBER = (
    r"(?P<{0}>[1-4]|[iі]{{1,3}}|[iі]v|перв|втор|трет|четв|бірі|екін|үшін|төрт)"
    r"(?:-?(?![iі]{{1,3}}v?\b)[а-яәғқңөұүһі]{{0,7}})"
)
_QUARTERS = re.compile(
    rf"(?<!\w){_NUMBER.format('a')}(?:\s*(?:-|и|,|және)\s*{_NUMBER.format('b')})?"
    r"\s*(?P<what>квартал|тоқсан|полугоди|жартыжылды|декад|онкүнді)[а-яәғқңөұүһі]*"
)
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
_TOKEN = re.compile(
    r"(?P<iso>\b20\d\d-\d\d-\d\d\b)"
    r"|(?P<full>(?<![\d.])\d{1,2}[./]\d{1,2}[./](?:20\d\d|\d\d)(?!\d))"
    r"|(?P<part>(?<![\d.])\d{1,2}\.\d{2}(?![\d])(?!\.\d))"
    r"|(?P<year>(?<!\d)(?:19|20)\d\d(?!\d))"
    r"(?:\s*[- ]?\s*(?:(?:учебн\w+\s+)?го[а-я]{1,3}(?![а-я])|гг?(?![а-яәғқңөұүһі])\.?"
    r"|жыл[а-яәғқңөұүһі]*|жж?(?![а-яәғқңөұүһі])\.?))?"
    r"|(?P<number>(?<![\d.,])\d{1,2}(?![\d]|[.,:]\d))"
    r"(?P<suffix>-?(?:ого|его|го|ое|е|й|ші|шы|інші|ыншы|[іы]?н[еа]н|[дт][еа]н|с?[іы]?н[еа]"
    r"|[ғқгк][ае])(?![а-яәғқңөұүһі]))?"
    + "".join(
        rf"|(?P<m{index}>(?<![а-яәғқңөұүһі])(?:{names})(?![а-яәғқңөұүһі]))"
        for index, names in enumerate(MONTHS, start=1)
    )
    + r"|(?P<dash>-)"
    r"|(?P<from>(?<!\w)(?:с|со|от|начиная с)(?!\w))"
    r"|(?P<to>(?<!\w)(?:по|до|не позднее)(?!\w))"
    r"|(?P<kkfrom>(?<!\w)бастап(?!\w))"
    r"|(?P<kkto>(?<!\w)дейін\w*)"
    r"|(?P<kkand>(?<!\w)(?:мен|пен|бен)(?!\w))"
    r"|(?P<between>аралы[ғқ]\w*)"
    r"|(?P<sep>[,;]|(?<!\w)(?:и|және)(?!\w))"
    r"|(?P<skip>\s+|[().]|(?<!\w)(?:г|ж|числ\w+|ай(?:ы|ының|ында|да)?|күн(?:і|дері|і|дерінде)?"
    r"|включительно|қоса алғанда)(?!\w))"
    r"|(?P<other>[^\W\d_]+|.)",
    re.DOTALL,
)
_ABLATIVE = re.compile(r"(?:[нд][еа]н|[т][еа]н)$")
_MONTHS_LIKE_ABLATIVE = ("қазан", "ақпан", "желтоқсан")
_LAST_DAY = 99  # stands for the last day of a month, whatever its length
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


@dataclass(slots=True)
class _Point:
    """One end of a period while it is read; what it lacks is taken from its neighbours."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_given: bool = False
    only: str = ""  # "from" or "to" where a word says that just one end is meant


@dataclass(slots=True)
class _Chunk:
    """Points that stand together with nothing but date words between them."""

    points: list[_Point] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # "range" or "list", one less than points
    from_word: str = ""


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
    spans = _date_spans(text)
    for start, end in reversed(spans):
        text = text[:start] + " " + text[end:]
    return re.sub(r"\s+([,;.])", r"\1", text).strip(" ,;.-–—()") if spans else text


def _date_spans(text: str) -> list[tuple[int, int]]:
    lowered = text.lower().replace("ё", "е").replace("\u00a0", " ")
    for dash in "‐‑‒–—―−":
        lowered = lowered.replace(dash, "-")
    spans: list[tuple[int, int]] = []
    start, end, dated = -1, -1, False
    for match in [*_TOKEN.finditer(lowered), None]:
        kind = match.lastgroup if match else "other"
        if match and kind == "suffix":
            kind = "number"
        if match and kind not in ("other", "sep", "skip"):
            start = match.start() if start < 0 else start
            end = match.end()
            dated = dated or kind in ("iso", "full", "year") or bool(re.match(r"m\d", kind or ""))
        elif kind == "skip" and match and start >= 0 and match.group().strip(" ("):
            end = match.end()
        elif kind in ("other", "sep"):
            if dated:
                spans.append((start, end))
            start, end, dated = -1, -1, False
    return spans


def _number(text: str) -> int:
    text = text.replace("і", "i") if set(text) <= set("iіv") else text
    return _ORDINALS.get(text) or _ROMAN.get(text) or int(text)


def _spell_out(text: str) -> str:
    """Turn quarters, half-years and decades of a month into months and days."""

    def months(match: re.Match[str]) -> str:
        first = _number(match["a"])
        last = _number(match["b"]) if match["b"] else first
        if match["what"] in ("декад", "онкүнді"):
            if last > 3:
                return match.group()
            return f"{first * 10 - 9}-{_LAST_DAY if last == 3 else last * 10} "
        size = 3 if match["what"] in ("квартал", "тоқсан") else 6
        if last * size > 12:
            return match.group()
        return f"{_MONTH_NAMES[(first - 1) * size]} - {_MONTH_NAMES[last * size - 1]}"

    return _QUARTERS.sub(months, text)


def _chunks(text: str) -> list[_Chunk]:
    reader = _Chunker()
    for match in _TOKEN.finditer(text):
        reader.take(match)
    reader.finish()
    return reader.chunks


class _Chunker:
    """Gathers tokens into points, and points that stand together into chunks."""

    def __init__(self) -> None:
        self.chunks: list[_Chunk] = []
        self.chunk = _Chunk()
        self.point = _Point()
        self.between = False

    def take(self, match: re.Match[str]) -> None:
        """Take the next token of the text."""
        kind, word = match.lastgroup or "other", match.group()
        if kind in ("iso", "full", "part"):
            self._numeric(kind, word)
        elif kind == "year":
            if self.point.year is not None:
                self._close("list")
            self.point.year, self.point.year_given = int(match["year"]), True
        elif kind in ("number", "suffix"):
            self._day(int(match["number"]), match["suffix"] or "")
        elif kind.startswith("m") and kind[1:].isdigit():
            self._month(int(kind[1:]), word)
        elif kind in ("from", "to", "kkfrom", "kkto"):
            self._bound(kind, word)
        elif kind == "dash":
            self._close("range")
        elif kind in ("kkand", "sep"):
            self._close("list")
        elif kind == "between":
            self.between = True
        elif kind == "other":
            self.finish()

    def finish(self) -> None:
        """End the chunk: a word that is no part of a date was met."""
        self._close("list")
        if self.between:
            self.chunk.links = ["range"] * len(self.chunk.links)
        if self.chunk.points:
            self.chunks.append(self.chunk)
        self.chunk, self.between = _Chunk(), False

    def _started(self) -> bool:
        return bool(self.point.year or self.point.month or self.point.day)

    def _close(self, link: str) -> None:
        if self._started():
            self.chunk.points.append(self.point)
            self.chunk.links.append(link)
        elif self.chunk.links and link == "range":
            self.chunk.links[-1] = "range"
        self.point = _Point()

    def _numeric(self, kind: str, word: str) -> None:
        numbers = [int(item) for item in re.split(r"[-./]", word)]
        if kind == "iso":
            numbers.reverse()
        if kind == "part" and not 1 <= numbers[1] <= 12:
            self.finish()
            return
        only = self.point.only
        if self._started():
            self._close("list")
            only = ""
        year = numbers[2] if len(numbers) == 3 else None
        year = 2000 + year if year is not None and year < 100 else year
        self.point = _Point(year, numbers[1], numbers[0], year is not None, only)

    def _day(self, number: int, suffix: str) -> None:
        if self.point.day is not None:
            self._close("list")
        self.point.day = number
        if _ABLATIVE.search(suffix):
            self._close("range")

    def _month(self, number: int, word: str) -> None:
        if self.point.month is not None:
            self._close("list")
        self.point.month = number
        # "1 маусымнан" means from; but қазан and its kin end so by themselves.
        if _ABLATIVE.search(word) and word not in _MONTHS_LIKE_ABLATIVE:
            self._close("range")

    def _bound(self, kind: str, word: str) -> None:
        started = self._started()
        if kind == "from":
            if started:
                self._close("list")
            if not self.chunk.points:
                self.chunk.from_word = word
            self.point.only = "from"
        elif kind == "to":
            if started:
                self._close("range")
            elif self.chunk.links and self.chunk.points[-1].only != "to":
                self.chunk.links[-1] = "range"
            self.point.only = "to"
        elif kind == "kkfrom":
            target = self.chunk.points[-1] if self.chunk.points and not started else self.point
            target.only = "from"
            self._close("range")
        else:
            target = self.point if started or not self.chunk.points else self.chunk.points[-1]
            target.only = "to"


def _inherit(chunk: _Chunk) -> None:
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


def _first(point: _Point) -> date:
    return _make(point.year or 0, point.month or 1, point.day or 1)


def _last(point: _Point) -> date:
    year, month = point.year or 1, point.month or 12
    if point.day is None or point.day == _LAST_DAY:
        return _make(year, month, calendar.monthrange(year, month)[1])
    return _make(year, month, point.day)


def _make(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay from error


def _range(start: _Point, end: _Point) -> tuple[date, date]:
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


def _spans(chunk: _Chunk) -> list[tuple[date | None, date | None]]:
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


def _usable(chunk: _Chunk, *, loose: bool) -> bool:
    points = chunk.points
    if not loose:
        if not all(point.month for point in points):
            return False
        # "от 1 сентября 2020 года" cites a paper, it does not plan a day.
        return chunk.from_word != "от" or len(points) > 1
    return all(point.month or (point.year and not point.day) for point in points)


def _parse(text: str, *, default_year: int | None, loose: bool) -> Period | None:
    folded = _spell_out(re.sub(r"[«\"“](\d{1,2})[»\"”]", r"\1", fold(text)))
    open_ended = bool(_OPEN.search(folded))
    chunks = _chunks(folded)
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


def _trim(chunk: _Chunk) -> None:
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

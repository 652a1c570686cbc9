"""The tokens of a date text, and the points and chunks that they make."""

import re
from dataclasses import dataclass, field

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
LAST_DAY = 99  # stands for the last day of a month, whatever its length


@dataclass(slots=True)
class Point:
    """One end of a period while it is read; what it lacks is taken from its neighbours."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_given: bool = False
    only: str = ""  # "from" or "to" where a word says that just one end is meant


@dataclass(slots=True)
class Chunk:
    """Points that stand together with nothing but date words between them."""

    points: list[Point] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # "range" or "list", one less than points
    from_word: str = ""


def date_spans(text: str) -> list[tuple[int, int]]:
    """Give the places of the dates in a text: (start, end) of each."""
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


def spell_out(text: str) -> str:
    """Turn quarters, half-years and decades of a month into months and days."""

    def months(match: re.Match[str]) -> str:
        first = _number(match["a"])
        last = _number(match["b"]) if match["b"] else first
        if match["what"] in ("декад", "онкүнді"):
            if last > 3:
                return match.group()
            return f"{first * 10 - 9}-{LAST_DAY if last == 3 else last * 10} "
        size = 3 if match["what"] in ("квартал", "тоқсан") else 6
        if last * size > 12:
            return match.group()
        return f"{_MONTH_NAMES[(first - 1) * size]} - {_MONTH_NAMES[last * size - 1]}"

    return _QUARTERS.sub(months, text)


def read_chunks(text: str) -> list[Chunk]:
    """Give the chunks of a folded text in their order."""
    reader = _Chunker()
    for match in _TOKEN.finditer(text):
        reader.take(match)
    reader.finish()
    return reader.chunks


class _Chunker:
    """Gathers tokens into points, and points that stand together into chunks."""

    def __init__(self) -> None:
        self.chunks: list[Chunk] = []
        self.chunk = Chunk()
        self.point = Point()
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
        self.chunk, self.between = Chunk(), False

    def _started(self) -> bool:
        return bool(self.point.year or self.point.month or self.point.day)

    def _close(self, link: str) -> None:
        if self._started():
            self.chunk.points.append(self.point)
            self.chunk.links.append(link)
        elif self.chunk.links and link == "range":
            self.chunk.links[-1] = "range"
        self.point = Point()

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
        self.point = Point(year, numbers[1], numbers[0], year is not None, only)

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

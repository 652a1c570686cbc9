"""Headings of blocks: «Блок 1.», «Направление 2 –», «Раздел II», «3-блок», «Бірінші бағыт»."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bala.concept.wording import tidy, unquote

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ROMAN_LETTERS = str.maketrans("іхлІХ", "ixlix")
_ORDINALS = (
    ("перв", 1),
    ("втор", 2),
    ("трет", 3),
    ("четв", 4),
    ("пят", 5),
    ("шест", 6),
    ("седьм", 7),
    ("восьм", 8),
    ("девят", 9),
    ("десят", 10),
    ("бірін", 1),
    ("екін", 2),
    ("үшін", 3),
    ("төртін", 4),
    ("бесін", 5),
    ("алтын", 6),
    ("жетін", 7),
    ("сегізін", 8),
    ("тоғызын", 9),
    ("онын", 10),
)
_ORDINAL_WORD = (
    r"(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят)(?:ый|ой|ий|ое|ье|ая|ья)"
    r"|(?:бірін|екін|үшін|төртін|бесін|алтын|жетін|сегізін|тоғызын|онын)(?:ші|шы)"
)
_NUMERAL = rf"\d{{1,2}}|[IVXІХ]{{1,6}}(?![\w])|{_ORDINAL_WORD}"
# Words in the order in which they are trusted to head blocks: a document may have both
# "Раздел" for its general parts and "Блок" for what it proposes.
WORD_GROUPS: tuple[str, ...] = (
    r"блок",
    r"направлени[ея]|бағыт(?:ы|ты)?",
    r"модул[ьі]|модуль",
    r"раздел|бөлім|тарау|глава|часть",
    r"день|күн|неделя|апта|этап|кезең",
)
_BEFORE = r"(?:наименование\s+)?(?:(?:тематическ|приоритетн|основн)\w+\s+|(?:тақырыптық|негізгі|басым)\s+)?"
_END = r"(?![\w])"
_SEPARATOR = r"\s*[.:)–—−-]*\s*"
_PATTERNS = tuple(
    (
        re.compile(
            rf"^{_BEFORE}(?:{words}){_END}\s*(?:№|N)?\s*(?P<number>{_NUMERAL})"
            rf"(?:-?(?:й|ый|ой|ши|ші|шы))?{_SEPARATOR}(?P<title>.*)$",
            re.IGNORECASE | re.DOTALL,
        ),
        re.compile(
            rf"^(?P<number>{_NUMERAL})\s*(?:[-–.)]\s*)?(?:(?:ші|шы|інші|й|ый|ой|е|ое)\s+)?"
            rf"{_BEFORE}(?:{words}){_END}{_SEPARATOR}(?P<title>.*)$",
            re.IGNORECASE | re.DOTALL,
        ),
        re.compile(
            rf"^{_BEFORE}(?:{words}){_END}(?P<number>)\s*(?:[.:–—-]?\s*(?P<title>[«\"“].*)"
            r"|[:–—]\s*(?P<bare>\S.*))$",
            re.IGNORECASE | re.DOTALL,
        ),
    )
    for words in WORD_GROUPS
)
_MARKED = re.compile(r"^(?P<number>\d{1,2}|[IVXІХ]{1,6})\s*[.)]\s*(?P<title>[^\s\d].*)$", re.DOTALL)
_GLUED_LABEL = re.compile(r"\s(?=(?:Цель|Цели|Мақсаты|Мақсат|Мероприятия|Іс-шаралар)\s*[:–—])")
_SENTENCE = re.compile(r"[а-яёәғқңөұүһі]{2}[.;]\s+\S|;\s*$|,\s*$")
_PLURAL = re.compile(
    r"(?:[ыи]е\s+[а-я]+|направления|блоки|разделы|бағыттары?|блоктары?)\W*$", re.IGNORECASE
)
MAX_HEADING = 250


@dataclass(frozen=True, slots=True)
class BlockHeading:
    """A heading: its number (None where it has none), bare title, and text glued behind it."""

    number: int | None
    title: str
    rest: str = ""


def to_number(text: str) -> int | None:
    """Read 3, III (Latin or Cyrillic letters), «третий» or «үшінші»; None for anything else."""
    text = text.strip().lower()
    if text.isdigit():
        return int(text)
    for stem, value in _ORDINALS:
        if text.startswith(stem):
            return value
    total, last = 0, 0
    for letter in reversed(text.translate(_ROMAN_LETTERS)):
        value = _ROMAN_VALUES.get(letter, 0)
        if not value:
            return None
        total += value if value >= last else -value
        last = max(last, value)
    return total or None


@lru_cache(maxsize=8192)
def word_heading(text: str, *, group: int) -> BlockHeading | None:
    """Read a heading that has one of the words of WORD_GROUPS[group]; None if it is none."""
    text, rest = _split_glued(tidy(text))
    if len(text) > MAX_HEADING:
        return None
    for pattern in _PATTERNS[group]:
        match = pattern.match(text)
        if not match:
            continue
        title = (match["title"] or match.groupdict().get("bare") or "").strip()
        if not title and _PLURAL.search(text):
            # "IV. Основные направления" heads all of them together.
            return None
        if title[:1].islower() or _SENTENCE.search(title):
            # "Блок 1 включает в себя…": a sentence about the block, not its heading.
            return None
        number = to_number(match["number"]) if match["number"] else None
        return BlockHeading(number, unquote(title), rest)
    return None


@lru_cache(maxsize=8192)
def any_word_heading(text: str) -> tuple[int, BlockHeading] | None:
    """Read a heading with any of the words: (group, heading)."""
    for group in range(len(WORD_GROUPS)):
        found = word_heading(text, group=group)
        if found:
            return group, found
    return None


def marked_heading(text: str, *, roman: bool) -> BlockHeading | None:
    """Read "II. Название" (roman) or "2. Название"; None where the text is no heading."""
    text, rest = _split_glued(tidy(text))
    match = _MARKED.match(text)
    if not match or len(text) > MAX_HEADING or match["number"].isdigit() == roman:
        return None
    title = match["title"]
    if _SENTENCE.search(title) or title[:1].islower():
        return None
    return BlockHeading(to_number(match["number"]), unquote(title), rest)


def bare_heading(text: str) -> BlockHeading | None:
    """Read a heading without number or word, such as «Счастливая семья»."""
    text, rest = _split_glued(tidy(text))
    if len(text) > MAX_HEADING or _SENTENCE.search(text) or text.endswith((":", ".")):
        return None
    return BlockHeading(None, unquote(text), rest)


def _split_glued(text: str) -> tuple[str, str]:
    parts = _GLUED_LABEL.split(text, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 else (text, "")

"""Ages that a text names: "10-17 лет", "от 7 до 14 лет", "10 жастан 17 жасқа дейін", "6+"."""

import re
from typing import NamedTuple

from bala.concept.wording import fold

_YEARS = r"(?:-?\s?ти|-?\s?и)?\s*-?\s*(?:лет(?:н\w*)?|год[а-я]*|жас[а-яәғқңөұүһі]*)(?![а-я])"
_NOT_ANNIVERSARY = r"(?!\s*(?:независимост|со дня|тәуелсізд|победы|опыта|стаж))"
_RANGES = (
    re.compile(
        rf"(?:от|с)\s+(\d{{1,2}})(?:-?[а-я]{{1,3}})?(?:\s+(?:лет|года))?\s+"
        rf"(?:до|по)\s+(\d{{1,2}})(?:-?[а-я]{{1,3}})?{_YEARS}{_NOT_ANNIVERSARY}"
    ),
    re.compile(rf"(?<![\d.])(\d{{1,2}})\s*-\s*(\d{{1,2}}){_YEARS}{_NOT_ANNIVERSARY}"),
    re.compile(
        r"(\d{1,2})\s*(?:-?\s*(?:жас)?(?:тан|дан|ден|нан|тен))\s+(\d{1,2})\s*(?:-?\s*)?"
        r"жас[а-яәғқңөұүһі]*(?:\s+(?:дейін\w*|аралығ\w*))?"
    ),
    re.compile(
        r"(\d{1,2})\s*(?:жас)?\s*(?:пен|мен|бен)\s+(\d{1,2})\s*жас[а-яәғқңөұүһі]*\s+аралығ\w*"
    ),
)
_TO = (
    re.compile(
        r"(?:до|не старше|младше|не более)\s+(\d{1,2})(?:-?[а-я]{1,3})?\s*(?:лет|года)(?![а-я])"
        + _NOT_ANNIVERSARY
    ),
    re.compile(r"(\d{1,2})\s*-?\s*жас(?:қа|тан)\s+(?:дейін\w*|аспаған)"),
)
_FROM = (
    re.compile(r"(?:старше|не младше|не моложе)\s+(\d{1,2})(?:-?[а-я]{1,3})?\s*лет(?![а-я])"),
    re.compile(
        r"(?:детей|дети|участник\w*|возраст\w*|подростк\w*)\s+(?:от|с)\s+(\d{1,2})"
        r"(?:-?[а-я]{1,3})?\s*лет(?![а-я])"
    ),
    re.compile(r"(\d{1,2})\s*жастан\s+(?:асқан|бастап|жоғары)"),
    re.compile(r"(?<![\d+])(\d{1,2})\s?\+(?!\s?\d)"),
)
_EXACT = (re.compile(r"(?:в возрасте|дет(?:ей|и|ям)|возраст\w*)\s+(\d{1,2})\s+лет(?![а-я])"),)
_OLDEST = 29


class Ages(NamedTuple):
    """Whole years, both ends included; None where the text sets no bound."""

    youngest: int | None
    oldest: int | None


def find_ages(text: str) -> Ages | None:
    """Find the ages a text names; several groups give the youngest and oldest of them all.

    Gives None where no age is named. Ages above 29 are anniversaries and service, not children.
    """
    folded = fold(text)
    low: list[int] = []
    high: list[int] = []
    for pattern in _RANGES:
        for match in pattern.finditer(folded):
            first, last = int(match[1]), int(match[2])
            if first <= last <= _OLDEST:
                low.append(first)
                high.append(last)
        folded = pattern.sub(" | ", folded)
    for patterns, sides in ((_TO, (high,)), (_FROM, (low,)), (_EXACT, (low, high))):
        for pattern in patterns:
            for match in pattern.finditer(folded):
                years = int(match[1])
                if 0 < years <= _OLDEST:
                    for side in sides:
                        side.append(years)
            folded = pattern.sub(" | ", folded)
    if not low and not high:
        return None
    return Ages(min(low) if low else None, max(high) if high else None)

"""Automatic numbering of lists: what number or bullet a word processor would show."""

import re
from dataclasses import dataclass

_ROMAN = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: `kind` as Word names it, `pattern` with %1 for the first level."""

    kind: str
    pattern: str
    start: int = 1


class Counters:
    """Counts the items of every list of a document."""

    def __init__(self) -> None:
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._shared: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def define(self, key: str, levels: dict[int, ListLevel], *, shared: str) -> None:
        """Make a list known; lists of one `shared` name go on counting together."""
        self._levels[key] = levels
        self._shared[key] = shared

    def restart(self, key: str) -> None:
        """Let a list count from its start again."""
        self._counts.pop(self._shared.get(key, key), None)

    def next(self, key: str, level: int) -> str:
        """Give the marker of the next item of a list; a dash for bullets, "" if unknown."""
        levels = self._levels.get(key, {})
        this = levels.get(level)
        if this is None:
            return ""
        if this.kind == "none":
            return ""
        if this.kind == "bullet":
            return "–"
        counts = self._counts.setdefault(self._shared[key], {})
        counts[level] = counts.get(level, this.start - 1) + 1
        for deeper in [item for item in counts if item > level]:
            del counts[deeper]

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shown = levels.get(index, this)
            kind = shown.kind if index == level else "decimal"
            if index < level and shown.kind in ("upperRoman", "lowerRoman"):
                kind = shown.kind
            return spell(counts.get(index, shown.start), kind)

        marker = re.sub(r"%(\d)", number, this.pattern)
        return marker.strip() or f"{counts[level]}."


def spell(number: int, kind: str) -> str:
    """Write a number as a list of that kind shows it."""
    if kind in ("upperRoman", "lowerRoman"):
        text = ""
        for value, sign in _ROMAN:
            while number >= value:
                text += sign
                number -= value
        return text if kind == "upperRoman" else text.lower()
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("russianLower", "russianUpper"):
        letter = _RUSSIAN[(number - 1) % len(_RUSSIAN)]
        return letter if kind == "russianLower" else letter.upper()
    return str(number)

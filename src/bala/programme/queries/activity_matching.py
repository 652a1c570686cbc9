"""Which activity of the concept a text in a plan means: by number, by name, or by likeness."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bala.concept.wording import fold
from bala.programme.models import Activity

_NUMBER = re.compile(r"^\s*(?:№\s*)?(\d{1,2})\s*[.\-]\s*(\d{1,3})(?![\d.]\d)\.?\s*(.*)$", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
# Below this likeness a guess is not even proposed.
PROPOSED_FROM = 0.3
# From this likeness on a guess needs no look of a person.
SURE_FROM = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """An activity, how sure that is (0 to 1), and by what: "number", "name" or "likeness"."""

    activity: Activity
    confidence: float
    by: str

    @property
    def is_sure(self) -> bool:
        """Whether the match needs no look of a person."""
        return self.confidence >= SURE_FROM


@dataclass
class ActivityIndex:
    """The activities of a campaign, ready to be looked up by what people write."""

    activities: Iterable[Activity]
    _by_number: dict[tuple[int, int], Activity] = field(default_factory=dict)
    _by_name: dict[str, Activity] = field(default_factory=dict)
    # Each text by which an activity is known, with the number of its letter triples; and for each
    # triple the places in that list.
    _texts: list[tuple[Activity, int]] = field(default_factory=list)
    _places: dict[str, list[int]] = field(default_factory=dict)
    _known: dict[tuple[str, int | None], Match | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.activities:
            self._by_number[(one.block.number, one.number)] = one
            for text in _names(one):
                self._by_name.setdefault(_bare(text), one)
                grams = _grams(text)
                for gram in grams:
                    self._places.setdefault(gram, []).append(len(self._texts))
                self._texts.append((one, len(grams)))
            self._by_name[one.public_id] = one

    def find(self, text: str, *, block: int | None = None) -> Match | None:
        """Return the activity that a text means, within a block if its number is given, or None."""
        key = (text, block)
        if key not in self._known:
            self._known[key] = self._find(text, block)
        return self._known[key]

    def by_number(self, text: str) -> Activity | None:
        """Return the activity whose number («1.3») is all of a text."""
        number = _NUMBER.match(text)
        if number is None or number[3].strip():
            return None
        return self._by_number.get((int(number[1]), int(number[2])))

    def _find(self, text: str, block: int | None) -> Match | None:
        if not text.strip():
            return None
        number = _NUMBER.match(text)
        rest = text
        if number:
            named = self._by_number.get((int(number[1]), int(number[2])))
            rest = number[3] or text
            if named and (block is None or named.block.number == block):
                return Match(named, 1.0, "number")
        exact = self._by_name.get(_bare(rest))
        if exact is not None:
            return Match(exact, 1.0, "name")
        return self._likest(rest, block)

    def _likest(self, text: str, block: int | None) -> Match | None:
        grams = _grams(text)
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(self._places.get(gram, ()))
        best: tuple[float, int] | None = None
        for place, count in shared.items():
            activity, size = self._texts[place]
            if block is not None and activity.block.number != block:
                continue
            likeness = _likeness(count, len(grams), size)
            # Of two that are equally like, the first in the order of the concept.
            if best is None or (likeness, -place) > (best[0], -best[1]):
                best = (likeness, place)
        if best is None or best[0] < PROPOSED_FROM:
            return None
        return Match(self._texts[best[1]][0], round(best[0], 2), "likeness")


def _names(activity: Activity) -> list[str]:
    texts = (
        activity.name,
        activity.title_kk,
        activity.title_ru,
        activity.title_en,
        activity.text,
    )
    return [text for text in texts if text]


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _grams(text: str) -> frozenset[str]:
    """Letter triples of the words: endings change in Russian and Kazakh, stems stay."""
    found: set[str] = set()
    for word in _WORD.findall(fold(text)):
        padded = f" {word}"
        found.update(padded[i : i + 3] for i in range(max(1, len(padded) - 2)))
    return frozenset(found)


def _likeness(shared: int, one: int, other: int) -> float:
    """The part of the shorter text that stands in the longer one, less for what is left over.

    `shared` letter triples are common to two texts that have `one` and `other` of them.
    """
    if not shared:
        return 0.0
    covered = shared / min(one, other)
    alike = 2 * shared / (one + other)
    return 0.35 * covered + 0.65 * alike

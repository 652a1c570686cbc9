"""Joins lines that were only wrapped, as in PDF and in hard-wrapped plain text."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bala.concept.headings import any_word_heading
from bala.concept.labels import find_label
from bala.concept.sources.neutral import split_marker
from bala.concept.wording import clean, open_quote

_SOFT = ("\u00ad", "\u2010", "\ufffe", "\x02")
_EDGES = '.,;:!?()«»“”"'
_COMPOUND = re.compile(
    r"[a-z]$|^(?:онлайн|офлайн|видео|интернет|семинар|мастер|пресс|медиа|фото|веб|бизнес|экспресс"
    r"|вице|экс|мини|арт|эко|іс)$|[а-яё]{3}о$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its edges, in any unit that is the same for the whole document.

    `gap` is the space to the line above in line heights, None where it is not known.
    """

    text: str
    number: int
    left: float
    right: float
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds for all lines of a text: its edges, and whether its items end with ";"."""

    edge: float
    base: float
    punctuated: bool
    gap: float

    def parted(self, line: Line) -> bool:
        """Whether a line stands further from the one above than lines of a paragraph do."""
        return line.gap is not None and line.gap > self.gap + 0.4


def looks_wrapped(lines: Sequence[str]) -> bool:
    """Say whether plain text was wrapped at a fixed width."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    if len(lengths) < 6 or max(lengths) > 130:
        return False
    width = max(lengths)
    wrapped = 0
    for upper, lower in pairwise(lines):
        first, second = upper.rstrip(), lower.strip()
        if (
            first
            and second
            and len(first) > width * 0.6
            and first[-1] not in ".;:!?"
            and (second[0].islower() or first[-1] == ",")
            and not split_marker(second)[0]
        ):
            wrapped += 1
    return wrapped >= 2


def join(first: str, second: str, words: frozenset[str] = frozenset()) -> str:
    """Join two lines of one paragraph, mending a word that was divided between them.

    `words` are the words of the document: they tell a compound word from a divided one.
    """
    first, second = first.rstrip(), second.lstrip()
    if first.endswith(_SOFT):
        return first[:-1] + second
    if first.endswith("-") and first[-2:-1].isalpha() and second[:1].islower():
        start = first[:-1].rsplit(maxsplit=1)[-1].lower().strip(_EDGES)
        end = second.split(maxsplit=1)[0].lower().strip(_EDGES)
        if f"{start}{end}" in words:
            return first[:-1] + second
        compound = f"{start}-{end}" in words or start in words or _COMPOUND.search(start)
        return first + second if compound else first[:-1] + second
    if first.endswith("-") and first[-2:-1].isdigit() and second[:1].isdigit():
        return first + second
    return f"{first} {second}"


def words_of(lines: Sequence[Line]) -> frozenset[str]:
    """Give the words of a text in small letters, without those that its lines divide."""
    found: set[str] = set()
    for line in lines:
        words = line.text.lower().split()
        found.update(word.strip(_EDGES) for word in words if not word.endswith(("-", *_SOFT)))
    return frozenset(found)


def unwrap(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """Join wrapped lines into paragraphs: (text, number of its first line).

    Empty lines part paragraphs and are left out.
    """
    filled = [line for line in lines if line.text.strip()]
    if not filled:
        return []
    frame = _Frame(
        edge=_right_edge(filled),
        base=statistics.mode(round(line.left) for line in filled),
        gap=statistics.median([line.gap for line in filled if line.gap is not None] or [0.0]),
        punctuated=sum(1 for line in filled if line.text.rstrip().endswith(";")) > 2,
    )
    words = words_of(filled)
    paragraphs: list[tuple[str, int]] = []
    current, number = "", 0
    previous: Line | None = None
    for line in lines:
        if not line.text.strip():
            previous = None
            continue
        if previous is not None and _goes_on(current, previous, line, frame):
            current = join(current, line.text, words)
        else:
            if current:
                paragraphs.append((current, number))
            current, number = line.text.strip(), line.number
        previous = line
    paragraphs.append((current, number))
    return paragraphs


def _right_edge(lines: Sequence[Line]) -> float:
    rights = sorted(line.right for line in lines)
    return rights[max(0, int(len(rights) * 0.97) - 1)]


def _goes_on(current: str, previous: Line, line: Line, frame: _Frame) -> bool:
    text, before = clean(line.text), current.rstrip()
    if frame.parted(line) or before.endswith((";", ":")) or _starts_anew(before, text):
        return False
    width = max(previous.right - previous.left, 1.0)
    per_letter = width / max(len(previous.text.strip()), 1)
    word = text.split(maxsplit=1)[0]
    full = previous.right + per_letter * (len(word) + 0.5) > frame.edge
    if before.endswith((".", "!", "?")):
        indented = line.left > frame.base + 2.5 * per_letter and line.left > previous.left
        # A full stop closes an item of a list; other paragraphs go on behind it.
        return full and not indented and not split_marker(before)[0]
    if full or open_quote(before) or before.endswith("-"):
        return True
    if not text[:1].islower():
        return False
    return frame.punctuated or previous.right - frame.base > 0.6 * (frame.edge - frame.base)


def _starts_anew(before: str, text: str) -> bool:
    """Whether a line begins something of its own, whatever stands above it."""
    if split_marker(text)[0] or any_word_heading(text) or find_label(text):
        return True
    # A heading goes on only while its quote is open, or in small letters.
    headed = any_word_heading(before) and not open_quote(before)
    return bool(headed) and not text[:1].islower()

"""Reading a text before a person does: what in it might reach, hurt or cry for help.

Nothing is refused by itself. What is found is shown to the moderator, with its place in the text;
words of distress bring a text to the front of the queue and the helplines to its author at once.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final

from bala.kernel.search import fold
from bala.safeguarding.enums import FindingKind
from bala.safeguarding.queries.contacts import contacts
from bala.safeguarding.queries.words import ListedWord, words_in_force

# Letters and signs that are typed in the place of others, for Cyrillic and for Latin words.
_TO_CYRILLIC: Final = str.maketrans("abcehkmoptxyu0346@$", "авсенкмортхуиозчбас")
_TO_LATIN: Final = str.maketrans("авсенкмортхуи013457@$", "abcehkmoptxyioieastas")
_WORD: Final = re.compile(r"[^\W_]+(?:[@$][^\W_]+)*")
_BETWEEN: Final = 2  # words that may stand between the words of a phrase
_SAME: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found: its kind and where it stands in the text (`text[start:end]`)."""

    kind: FindingKind
    start: int
    end: int

    def stored(self) -> dict[str, Any]:
        """The finding as it is kept in a column."""
        return {**asdict(self), "kind": str(self.kind)}


@dataclass(frozen=True, slots=True)
class _Word:
    cyrillic: str
    latin: str
    start: int
    end: int


def screen(text: str, words: Iterable[ListedWord] | None = None) -> list[Finding]:
    """Return all that is found in the text, in its order, none twice.

    `words` are the lists to look for; those in force unless given (one query).
    """
    listed = words_in_force() if words is None else words
    found = {Finding(kind, start, end) for kind, start, end in contacts(text)}
    found |= set(_listed_in(text, listed))
    return _without_inner(sorted(found, key=lambda f: (f.start, -f.end, f.kind)))


def is_distress(findings: Iterable[Finding]) -> bool:
    """Whether somebody seems to need help at once."""
    return any(finding.kind == FindingKind.DISTRESS for finding in findings)


def _listed_in(text: str, listed: Iterable[ListedWord]) -> Iterator[Finding]:
    read = list(_words(text))
    for line in listed:
        latin = line.language == "en"
        parts = _parts(line.words, latin=latin)
        for first, word in enumerate(read):
            if not _begins(word, parts[0], latin=latin):
                continue
            last = _follow(read, first, parts, latin=latin)
            if last is not None:
                yield Finding(FindingKind(line.kind), word.start, read[last].end)


def _follow(read: list[_Word], first: int, parts: list[str], *, latin: bool) -> int | None:
    """Return the place of the last word of a phrase that begins at `first`; None: it is not there."""
    at = first
    for part in parts[1:]:
        near = range(at + 1, min(at + 2 + _BETWEEN, len(read)))
        following = next((i for i in near if _begins(read[i], part, latin=latin)), None)
        if following is None:
            return None
        at = following
    return at


def _begins(word: _Word, part: str, *, latin: bool) -> bool:
    written = word.latin if latin else word.cyrillic
    return written == part[:-1] if part.endswith("$") else written.startswith(part)


@lru_cache(maxsize=2048)
def _parts(words: str, *, latin: bool) -> list[str]:
    table = _TO_LATIN if latin else _TO_CYRILLIC
    ends = [(part.removesuffix("$"), part.endswith("$")) for part in words.split()]
    return [_SAME.sub(r"\1", fold(part).translate(table)) + "$" * closed for part, closed in ends]


def _words(text: str) -> Iterator[_Word]:
    """Give the words of the text as search sees them; letters with gaps come as one word."""
    plain = fold(text)
    spelled: list[re.Match[str]] = []
    for match in _WORD.finditer(plain):
        # т у п о й, d.u.m.b: single letters belong together.
        if len(match.group()) == 1:
            spelled.append(match)
            continue
        yield from _spelled_out(spelled)
        spelled = []
        yield _read(match.group(), match.start(), match.end())
    yield from _spelled_out(spelled)


def _spelled_out(letters: list[re.Match[str]]) -> Iterator[_Word]:
    for letter in letters:
        yield _read(letter.group(), letter.start(), letter.end())
    if len(letters) > 2:
        whole = "".join(letter.group() for letter in letters)
        yield _read(whole, letters[0].start(), letters[-1].end())


def _read(word: str, start: int, end: int) -> _Word:
    return _Word(
        _SAME.sub(r"\1", word.translate(_TO_CYRILLIC)),
        _SAME.sub(r"\1", word.translate(_TO_LATIN)),
        start,
        end,
    )


def _without_inner(found: list[Finding]) -> list[Finding]:
    """Leave out what lies within a finding of the same kind."""
    kept: list[Finding] = []
    for one in found:
        if not any(k.kind == one.kind and k.start <= one.start and one.end <= k.end for k in kept):
            kept.append(one)
    return kept

"""The lists of words that the screening looks for."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bala.safeguarding.enums import WordKind
from bala.safeguarding.models import ScreeningWord

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A line of a list: `words` are beginnings of words in order; "$" closes a word."""

    kind: WordKind
    language: str
    words: str
    is_off: bool = False
    public_id: str = ""  # of the coordinator's row; empty for what comes with Bala


@cache
def packaged_words() -> tuple[ListedWord, ...]:
    """Return the words that come with Bala."""
    with (DATA / "words.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            ListedWord(WordKind(row["kind"]), row["language"], row["words"])
            for row in csv.DictReader(lines)
        )


def all_words() -> list[ListedWord]:
    """Return Bala's words and the coordinator's, those that are switched off included; one query."""
    own = {(row.kind, row.words): row for row in ScreeningWord.objects.all()}
    found = []
    for word in packaged_words():
        row = own.pop((word.kind, word.words), None)
        off = row is not None and row.is_off
        found.append(ListedWord(word.kind, word.language, word.words, is_off=off))
    found.extend(
        ListedWord(WordKind(row.kind), row.language, row.words, row.is_off, row.public_id)
        for row in own.values()
    )
    return found


def words_in_force() -> list[ListedWord]:
    """Return the words to look for."""
    return [word for word in all_words() if not word.is_off]

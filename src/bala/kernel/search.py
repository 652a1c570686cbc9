"""Search in Kazakh, Russian and English, forgiving of keyboards, inside PostgreSQL.

The database may know no language at all (locale C), so letters are folded by a fixed table, the
same in SQL and here: capitals, ё, quotes and dashes do not count, and the Kazakh letters that many
keyboards lack fall together with their neighbours («Кызылорда» finds «Қызылорда»), the Latin i of
old documents with the Cyrillic.
"""

from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func

_LETTERS: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz"
_NEIGHBOURS: Final = dict(zip("әғқңөұүһіёi", "агкноууxиеи", strict=True)) | {"һ": "х"}
_BREAKS: Final = '«»“”„"–—-…’`().,:;!?/№\u00a0\u202f'


def _table() -> dict[str, str]:
    table = {}
    for letter in _LETTERS + "".join(_NEIGHBOURS):
        folded = _NEIGHBOURS.get(letter, letter)
        table[letter.upper()] = folded
        if folded != letter:
            table[letter] = folded
    return table | dict.fromkeys(_BREAKS, " ")


_TABLE: Final = _table()
_TRANSLATE: Final = str.maketrans(_TABLE)
_FROM: Final = "".join(_TABLE)
_TO: Final = "".join(_TABLE.values())


def fold(text: str) -> str:
    """Return the text as search sees it."""
    return text.translate(_TRANSLATE)


class SearchText(Func):
    """The words of the named columns (none of them null), to be compared with `search_query`."""

    function = "to_tsvector"
    template = f"to_tsvector('simple'::regconfig, translate(%(expressions)s, '{_FROM}', '{_TO}'))"
    arg_joiner = " || ' ' || "
    output_field = SearchVectorField()

    def __init__(self, *columns: str, **extra: Any) -> None:
        super().__init__(*columns, **extra)


def words_of(text: str) -> list[str]:
    """Return the beginnings of words that are looked for: endings of case and number cut off."""
    words = ("".join(c for c in word if c.isalnum()) for word in fold(text).split())
    return [_stem(word) for word in words if word][:8]


def search_query(text: str) -> SearchQuery | None:
    """Return what to look for in a SearchText; None when the text holds no word."""
    words = words_of(text)
    if not words:
        return None
    return SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="simple", search_type="raw"
    )


def matches(text: str, *candidates: str) -> bool:
    """Tell whether every word of `text` begins a word of the candidates."""
    wanted = words_of(text)
    there = fold(" ".join(candidates)).split()
    return bool(wanted) and all(any(one.startswith(word) for one in there) for word in wanted)


def _stem(word: str) -> str:
    if word.isdigit() or len(word) < 5:
        return word
    return word[:-1] if len(word) < 8 else word[:-2]

"""Tidying of official text: spaces, dashes, quotes, and the quoted names inside it."""

import re
from functools import lru_cache

SPACES = "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\t\u000b\u000c"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
DASHES = "‐‑‒–—―−"
KAZAKH_LETTERS = frozenset("әғқңөұүһі")

_SPACES = str.maketrans(dict.fromkeys(SPACES, " ") | dict.fromkeys(INVISIBLE, ""))
_DASHES = str.maketrans(dict.fromkeys(DASHES, "-"))
_QUOTES = re.compile(r"«([^«»]*(?:«[^«»]*»[^«»]*)*)»?|[“„]([^“”„]*)[”“]|\"([^\"]*)\"")
_EDGE_QUOTES = "«»“”„\"'‘’"


def clean(text: str) -> str:
    """Give the text without invisible characters and outer spaces, its wording untouched."""
    return text.translate(_SPACES).strip()


@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """Give the text with every run of spaces made one."""
    return " ".join(text.translate(_SPACES).split())


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Give the text for comparing: tidy, lower case, ё as е, every dash a hyphen."""
    return tidy(text).lower().replace("ё", "е").translate(_DASHES)


def quoted(text: str) -> list[tuple[int, int, str]]:
    """Find what stands in quotes: (start, end, inner text), outermost quotes only."""
    found = []
    for match in _QUOTES.finditer(text):
        inner = next((group for group in match.groups() if group is not None), "")
        if tidy(inner):
            found.append((match.start(), match.end(), tidy(inner)))
    return found


def unquote(text: str) -> str:
    """Take off quotes that hold the whole text, with the punctuation that trails it.

    A remark in brackets after the closing quote goes too; quotes around a part only stay.
    """
    bare = tidy(text).strip(" .,;:")
    found = quoted(bare)
    if found and found[0][0] == 0:
        rest = bare[found[0][1] :].strip(" .,;:")
        if not rest or (rest.startswith("(") and rest.endswith(")")):
            return found[0][2].strip()
    if bare[:1] in _EDGE_QUOTES and not any(mark in bare[1:-1] for mark in _EDGE_QUOTES):
        return bare.strip(_EDGE_QUOTES + " ")
    return bare


def open_quote(text: str) -> bool:
    """Say whether a quote is opened in the text and not closed."""
    return (
        text.count("«") > text.count("»")
        or text.count("“") + text.count("„") > text.count("”") + max(0, text.count("“") - 1)
        or text.count('"') % 2 == 1
    )


def is_kazakh(text: str) -> bool:
    """Say whether a text is Kazakh, by its own letters outside of quoted names."""
    outside = re.sub(r"«[^«»]*»|“[^”]*”|\"[^\"]*\"", " ", text.lower())
    letters = sum(1 for letter in outside if letter.isalpha())
    kazakh = sum(1 for letter in outside if letter in KAZAKH_LETTERS)
    return letters > 0 and kazakh / letters > 0.04


def first_sentence(text: str) -> str:
    """Give the first sentence, tidied, without its closing mark and with a capital letter."""
    whole = tidy(text)
    match = re.search(r"(?<=[а-яёәғқңөұүһі)»\"”]{2})[.!?]\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІ«\"“])", whole)
    # A quoted name may end with a mark of its own: the sentence goes on after the quote.
    if match and not open_quote(whole[: match.start()]):
        whole = whole[: match.start()]
    whole = whole.strip(" ;.,:")
    return whole[:1].upper() + whole[1:]

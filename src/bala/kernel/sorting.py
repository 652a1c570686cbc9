"""Kazakh alphabetical order, as a key that is stored: the database's own collations do not know it."""

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(ALPHABET, start=40)}
# Kazakh documents mix the Latin i with the Cyrillic і.
_LOOK_ALIKE = str.maketrans({"i": "і"})
_CYRILLIC = set(ALPHABET)


def kazakh_sort_key(text: str) -> str:
    """Return a key whose plain byte order is the order of the 42 Kazakh letters.

    Digits come before letters, Latin words before Kazakh ones; case, quotes and dashes do not count.
    """
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return " ".join(_word_key(word) for word in words)


def _word_key(word: str) -> str:
    if any(c in _CYRILLIC for c in word):
        word = word.translate(_LOOK_ALIKE)
    return "".join(_RANK.get(c, _plain(c)) for c in word)


def _plain(char: str) -> str:
    if char.isdecimal():
        return f"0{int(char)}"
    if "a" <= char <= "z":
        return f"{ord(char) - ord('a') + 10}"
    return "99"

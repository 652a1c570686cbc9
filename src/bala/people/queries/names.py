"""What a name may be: any letters of any alphabet, and nothing that is not a name.

Numbers, addresses and links have no place in a name: they would be published with it, and no
12-digit personal numbers are collected at all (standards, children first, rules 5 and 8).
"""

import unicodedata
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import PersonError
from bala.kernel.search import fold

LONGEST: Final = 200
_APOSTROPHES: Final = "'’ʼ`´"
_BETWEEN: Final = f" .-‐‑–{_APOSTROPHES}"


class NotAName(PersonError):
    """What was typed cannot be a name; the message says why."""


def clean_name(text: str) -> str:
    """Return the name as it is kept: composed letters, single blanks. Raises NotAName.

    Takes names of one letter and of LONGEST, with hyphens and apostrophes, in any alphabet.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise NotAName(_("Write the name."))
    if len(name) > LONGEST:
        raise NotAName(_("A name has no more than 200 letters."))
    fault = _fault(name)
    if fault is not None:
        raise NotAName(fault)
    return name


def clean_optional_name(text: str) -> str:
    """Return the same, or "" where nothing was typed."""
    return clean_name(text) if text.strip() else ""


def names_a_surname(text: str, family_name: str) -> bool:
    """Tell whether a word of `text` is the surname, however its letters are written."""
    wanted = set(fold(family_name).split())
    return bool(wanted & set(fold(text).split()))


def _fault(name: str) -> str | Promise | None:
    if any(unicodedata.category(c).startswith("N") for c in name):
        return _("A name has no digits: no telephone, no personal number, no date.")
    if "@" in name:
        return _("This is no name: an e-mail address or a nickname of a network does not go here.")
    if not any(c.isalpha() for c in name):
        return _("A name has at least one letter.")
    if any(not (_is_letter(c) or c in _BETWEEN) for c in name):
        return _("A name has letters, hyphens, apostrophes and blanks only.")
    return None


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in ("L", "M")

"""Addresses of campaigns: Kazakh and Russian titles in Latin letters."""

from django.utils.text import slugify

from bala.programme.models import Campaign

LENGTH = 80
# Close to the Kazakh Latin alphabet of 2021, without marks, because it stands in an address.
_LATIN = (
    "a a b v g g d e e zh z i i k k l m n n o o p r s t u u u f kh h ts ch sh sh . y i . e iu ia"
)
_LETTERS = dict(zip("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", _LATIN.split(" "), strict=True))
_RESERVED = frozenset({"concepts", "people", "organisations"})


def latin(text: str) -> str:
    """Write a text in Latin letters, words joined by hyphens."""
    letters = (_LETTERS.get(letter, letter).replace(".", "") for letter in text.casefold())
    return slugify("".join(letters))


def free_slug(title: str, year: int) -> str:
    """Return an address that no campaign has: the title in Latin letters and the year."""
    words = latin(title)[: LENGTH - 10].strip("-") or "campaign"
    base = words if words.endswith(str(year)) else f"{words}-{year}"
    slug, number = base, 1
    while slug in _RESERVED or Campaign.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug

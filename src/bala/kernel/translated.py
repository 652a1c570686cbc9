"""Text that people write in three languages: explicit columns, one property to read them.

    class Block(models.Model):
        title_kk = models.CharField(...)
        title_ru = models.CharField(...)
        title_en = models.CharField(...)
        title = TranslatedText()

`block.title` is the text in the active language, or the nearest that is filled in. What stands in
for a missing translation says so: see `Shown`.
"""

from typing import Any, Self, overload

from django.utils.translation import get_language

LANGUAGES = ("kk", "ru", "en")
_ORDER = {"kk": ("kk", "ru", "en"), "ru": ("ru", "kk", "en"), "en": ("en", "ru", "kk")}


class Shown(str):
    """A text as it is shown, with the language it is in and whether it stands in for another."""

    language: str
    is_fallback: bool
    __slots__ = ("is_fallback", "language")

    def __new__(cls, text: str, language: str, *, is_fallback: bool) -> Self:
        made = super().__new__(cls, text)
        made.language = language
        made.is_fallback = is_fallback
        return made


class TranslatedText:
    """Descriptor over the columns NAME_kk, NAME_ru and NAME_en."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Shown: ...
    def __get__(self, instance: object | None, owner: type) -> Self | Shown:
        if instance is None:
            return self
        return pick({code: getattr(instance, f"{self.name}_{code}") for code in LANGUAGES})


def pick(texts: dict[str, str], language: str | None = None) -> Shown:
    """Choose from texts by language code: the wanted (or active) language, else the nearest."""
    wanted = (language or get_language() or "ru")[:2]
    for code in _ORDER.get(wanted, LANGUAGES):
        if texts.get(code):
            return Shown(texts[code], code, is_fallback=code != wanted)
    return Shown("", wanted, is_fallback=False)


def columns(name: str) -> tuple[str, str, str]:
    """Return the three column names of a translated text."""
    return (f"{name}_kk", f"{name}_ru", f"{name}_en")


def texts_of(instance: Any, name: str) -> dict[str, str]:
    """Return the translated text `name` of `instance` in all languages, as letters take it."""
    return {code: str(getattr(instance, f"{name}_{code}")) for code in LANGUAGES}


def set_all(instance: Any, name: str, texts: dict[str, str]) -> None:
    """Write the given languages of the translated text `name` onto `instance`, without saving."""
    for code, text in texts.items():
        if code not in LANGUAGES:
            raise ValueError(f"Not a language of Bala: {code}")
        setattr(instance, f"{name}_{code}", text)

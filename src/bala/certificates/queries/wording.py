"""The words of a design: what a new one begins with, and what stands in place of {…}."""

import re
from typing import Final

from bala.certificates.enums import CAMPAIGNS, OCCASIONS, CampaignWords, Kind, OccasionWords
from bala.kernel.dates import format_date

#: What may stand in braces in line and text, and what it is replaced by.
PLACEHOLDERS: Final = ("occasion", "place", "nomination", "date", "campaign", "name", "detail")
_BRACES = re.compile(r"\{([^{}]*)\}")

#: What a design of each kind begins with, to be changed at will.
FIRST_WORDS: Final[dict[str, dict[str, str]]] = {
    Kind.DIPLOMA: {
        "heading_kk": "Диплом",
        "heading_ru": "Диплом",
        "lead_ru": "награждается",
        "body_kk": "{occasion} жоғары нәтиже көрсеткені үшін марапатталады",
        "body_ru": "за высокий результат: {occasion}",
    },
    Kind.LETTER: {
        "heading_kk": "Алғыс хат",
        "heading_ru": "Благодарственное письмо",
        "lead_kk": "Құрметті",
        "lead_ru": "Уважаемый (уважаемая)",
        "body_kk": "{occasion} – осы іске қосқан үлесіңіз бен балаларға деген қамқорлығыңыз үшін"
        " шын жүректен алғыс білдіреміз.",
        "body_ru": "Выражаем искреннюю благодарность за вклад и заботу о детях: {occasion}.",
    },
    Kind.PARTICIPATION: {
        "heading_kk": "Қатысушы сертификаты",
        "heading_ru": "Сертификат участника",
        "lead_ru": "вручается",
        "body_kk": "{occasion} – белсене қатысқаны үшін беріледі",
        "body_ru": "за активное участие: {occasion}",
    },
    Kind.VOUCHER: {
        "heading_kk": "Ваучер",
        "heading_ru": "Ваучер",
        "lead_kk": "иесі",
        "lead_ru": "предъявитель",
    },
    Kind.POSTER: {
        "heading_kk": "Бақытты бала – бақытты ел",
        "heading_ru": "Счастливое детство – счастливая страна",
    },
}

_ROMAN = {1: "I", 2: "II", 3: "III"}


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and is no placeholder, in order."""
    return [name for name in _BRACES.findall(text) if name not in PLACEHOLDERS]


def filled(text: str, values: dict[str, str]) -> str:
    """Return the text with its placeholders replaced; what is not given becomes nothing.

    Values are taken as they are: braces inside a name stay braces.
    """
    made = _BRACES.sub(lambda found: values.get(found[1], ""), text)
    made = re.sub(r"[ \t]{2,}", " ", made)
    return re.sub(r"\s+([,.:;!?»])", r"\1", made).strip(" \t:–")


def place_words(place: int | None, language: str) -> str:
    """Return a place in words: «I дәрежелі», «I степени», from the fourth on «4-орын», «4 место»."""
    if place is None:
        return ""
    if place in _ROMAN:
        return f"{_ROMAN[place]} дәрежелі" if language == "kk" else f"{_ROMAN[place]} степени"
    return f"{place}-орын" if language == "kk" else f"{place} место"


def day_words(day: object, language: str) -> str:
    """Return the day of issue as official texts write it."""
    return format_date(day, language, official=True)  # type: ignore[arg-type]


def campaign_named(slug: str) -> CampaignWords | None:
    """Return what the room of campaigns says of a campaign; None where there is none."""
    for find in CAMPAIGNS:
        return find(slug)
    return None


def occasion_of(slug: str, key: str) -> OccasionWords | None:
    """Return what a thing that certificates are given for is called: "ROOM.KIND:ID"."""
    name, _colon, public_id = key.partition(":")
    kind = OCCASIONS.get(name)
    return kind.find(slug, public_id) if kind and public_id else None

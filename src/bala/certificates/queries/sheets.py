"""What stands on a sheet, worded and ready for typst; and the sum by which it is known again."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from bala.certificates.enums import Kind
from bala.certificates.models import Certificate, Design
from bala.certificates.queries.wording import day_words, filled, place_words

Sheet = dict[str, Any]
_TEXTS: Final = ("heading", "lead", "body", "value", "terms", "issuer", "campaign")
_CHECK: Final = {
    "kk": "Түпнұсқалығын тексеру:",
    "ru": "Проверить подлинность:",
}
_LINK: Final = {
    "kk": "Толығырақ білу үшін камераны бағыттаңыз",
    "ru": "Чтобы узнать больше, наведите камеру",
}
_QUIET = 2  # empty modules around; the white box around adds the rest
_MASK = 3  # any of the eight is valid; trying all of them costs five times the whole


def verification_url(public_id: str) -> str:
    """Return the address that the QR of a certificate leads to: short, in no language yet."""
    return f"{_base()}/v/{public_id}/"


def sheet_of(certificate: Certificate, *, many: bool = False) -> Sheet:
    """Return the sheet of a certificate; with its design and series at hand it asks nothing.

    `many`: one of a list, which is printed without links, on a picture that all share.
    """
    return {
        **_words_of(certificate),
        **_signed(certificate.public_id, certificate.code, certificate.shown_number),
        "many": many,
    }


def specimen(design: Design, *, languages: tuple[str, ...] = (), paper: str = "a4") -> Sheet:
    """Return a sheet that shows a design: an invented name, a number that no series has."""
    shown = languages or design.languages
    sheet = {
        **_worded(
            design,
            shown,
            name="Айсұлу Қуанышқызы Әбдірахманова",
            detail="№ 12 мектеп-гимназия",
            occasion={
                "kk": "«Отбасылық эстафета» спорт мерекесі",
                "ru": "спортивный праздник «Семейная эстафета»",
            },
            place=1 if design.kind == Kind.DIPLOMA else None,
            nomination="",
            day=date(2021, 6, 1),
        ),
        **_signed("2222222222222222", "2222 2222 2222 2222", "0000-000000"),
        "many": False,
        "paper": paper,
    }
    if design.kind == Kind.POSTER:
        sheet |= _poster(design)
    return sheet


def poster(design: Design, *, paper: str) -> Sheet:
    """Return the sheet of a poster, for "a4" or "a3"."""
    return {**specimen(design, paper=paper), "name": "", "detail": "", "number": "", "code": ""}


def content_sum(certificate: Certificate) -> str:
    """Return the SHA-256 of all that is printed on a certificate, salted so that a name cannot be
    guessed from it; the salt goes with the name when a family is erased."""
    said = [certificate.salt, certificate.shown_number, _words_of(certificate)]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def document(sheets: Iterable[Sheet], *, title: str, language: str) -> str:
    """Return what typst is given: sheets, and a title that names nobody."""
    return json.dumps(
        {"title": title, "author": "Bala", "language": language, "sheets": list(sheets)},
        ensure_ascii=False,
    )


def title_of(certificate: Certificate) -> str:
    """Return the title of the file: kind and number, never a name."""
    with translation.override(certificate.languages[-1]):
        kind = str(Kind(certificate.design.kind).label)
    return f"{kind[:1].upper()}{kind[1:]} {certificate.shown_number}"


def _words_of(certificate: Certificate) -> Sheet:
    return _worded(
        certificate.design,
        certificate.languages,
        name=certificate.name,
        detail=certificate.detail,
        occasion={
            "kk": certificate.occasion_kk or certificate.occasion_ru,
            "ru": certificate.occasion_ru or certificate.occasion_kk,
        },
        place=certificate.place,
        nomination=certificate.nomination,
        day=certificate.issued_on,
    )


def _worded(
    design: Design,
    languages: tuple[str, ...],
    *,
    name: str,
    detail: str,
    occasion: dict[str, str],
    place: int | None,
    nomination: str,
    day: date,
) -> Sheet:
    texts: dict[str, dict[str, str]] = {one: {} for one in _TEXTS}
    places, days = {}, {}
    for code in languages:
        values = {
            "occasion": occasion[code],
            "place": place_words(place, code),
            "nomination": nomination,
            "date": day_words(day, code),
            "campaign": design.text("campaign", code),
            "name": name,
            "detail": detail,
        }
        for one in _TEXTS:
            texts[one][code] = _kept_together(filled(design.text(one, code), values))
        if nomination and "{nomination}" not in design.text("body", code):
            word = "Номинация"
            texts["body"][code] = f"{texts['body'][code]}\n{word}: «{nomination}»".strip()
        places[code] = values["place"]
        days[code] = values["date"]
    return {
        "kind": str(design.kind),
        "block": design.block,
        "languages": list(languages),
        **texts,
        "place": {code: text for code, text in places.items() if text},
        "date": days,
        "name": name,
        "detail": detail,
        "signatories": [
            {key: str(one.get(key, "")) for key in ("name", "post_kk", "post_ru")}
            for one in design.signatories
        ],
        "link_words": _LINK,
        "paper": "a4",
    }


def _signed(public_id: str, code: str, number: str) -> Sheet:
    url = verification_url(public_id)
    return {
        "code": code,
        "number": number,
        "url": url,
        "qr": qr_svg(url),
        "check": {"address": _shown(f"{_base()}/v/"), "alt": _alt(url)},
        "check_words": _CHECK,
    }


def _poster(design: Design) -> Sheet:
    url = design.link
    if url.startswith("/"):
        url = f"{_base()}{url}"
    return {
        "url": url,
        "qr": qr_svg(url) if url else "",
        "check": {"address": _shown(url), "alt": _alt(url)},
        "languages": list(design.languages),
    }


def qr_svg(url: str) -> str:
    """Return a QR of an address as SVG: rows of black runs, which a printer draws sharp."""
    import segno  # heavy: only where it is used

    matrix = segno.make(url, error="m", micro=False, mask=_MASK).matrix
    runs = []
    for y, row in enumerate(matrix):
        x, width = 0, len(row)
        while x < width:
            if row[x]:
                end = x
                while end < width and row[end]:
                    end += 1
                runs.append(f"M{x} {y}h{end - x}v1H{x}z")
                x = end
            else:
                x += 1
    side = len(matrix) + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{_QUIET} -{_QUIET} {side} {side}">'
        f'<path d="{"".join(runs)}"/></svg>'
    )


def _alt(url: str) -> str:
    return gettext("QR code that leads to %(url)s") % {"url": url}


def _base() -> str:
    return str(settings.BALA_BASE_URL).rstrip("/")


def _shown(url: str) -> str:
    return url.partition("://")[2] or url


def _kept_together(text: str) -> str:
    """Let a number stay on the line of the word that it belongs to."""
    words = text.split(" ")
    made = words[0]
    for before, word in pairwise(words):
        short = before.strip("«(").isdigit() or before in ("№", "–")
        made += ("\u00a0" if short and before != "–" else " ") + word
    return made

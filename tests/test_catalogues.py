"""Kazakh and Russian are complete."""

from pathlib import Path

import polib
import pytest

import bala
from bala.kernel import catalogues

HOME = Path(bala.__file__).parent
ROOMS = sorted(p.name for p in HOME.iterdir() if (p / "__init__.py").exists())


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_every_message_of_the_room_is_translated(room: str, language: str) -> None:
    wanted = {(context, text) for context, text, _plural in catalogues.messages_of(HOME / room)}
    path = catalogues.catalogue_path(HOME / room, language)
    book = polib.pofile(str(path)) if path.exists() else polib.POFile()
    translated = {(e.msgctxt, e.msgid) for e in book} - {
        (e.msgctxt, e.msgid) for e in book if e.msgid in catalogues.missing(book)
    }
    assert wanted - translated == set()


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_message_is_translated_alike_in_all_rooms(language: str) -> None:
    seen: dict[tuple[str | None, str], set[str]] = {}
    for room in ROOMS:
        path = catalogues.catalogue_path(HOME / room, language)
        for entry in polib.pofile(str(path)) if path.exists() else []:
            if not entry.obsolete and not entry.msgid_plural:
                seen.setdefault((entry.msgctxt, entry.msgid), set()).add(entry.msgstr)
    assert {key: texts for key, texts in seen.items() if len(texts) > 1} == {}

"""The rooms' message catalogues: extraction from Python and templates, and their completeness."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
LANGUAGES = ("kk", "ru")
PLURALS = {
    "kk": "nplurals=2; plural=(n!=1);",
    "ru": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || "
    "n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
}
Message = tuple[str | None, str, str | None]  # context, singular, plural


def messages_of(room: Path) -> dict[Message, list[str]]:
    """Return every message of a room's sources, with the places (file:line) it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted(room.rglob("*")):
        if "migrations" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        for line, message in _messages(path):
            found.setdefault(message, []).append(f"{path.relative_to(room)}:{line}")
    return found


def _messages(path: Path) -> Iterator[tuple[int, Message]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        if "{%" not in source:
            return
        # templatize blanks out all but the gettext calls; without indentation it reads as Python.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
        source = re.sub(r"(?m)^#.*$", "", source)
    for line, texts, _comments, context in extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS
    ):
        parts = (texts,) if isinstance(texts, str) else tuple(t for t in texts if t)
        if not parts or not parts[0]:
            continue
        if context is not None and parts[0] == context and len(parts) > 1:
            parts = parts[1:]
        yield line, (context, parts[0], parts[1] if len(parts) > 1 else None)


def catalogue_path(room: Path, language: str) -> Path:
    """Return where the catalogue of a room in a language lies."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def update(room: Path, language: str) -> int:
    """Bring a room's catalogue up to its sources; return how many messages want a translation."""
    wanted = messages_of(room)
    path = catalogue_path(room, language)
    if not wanted and not path.exists():
        return 0
    old = {_key(e): e for e in polib.pofile(str(path))} if path.exists() else {}
    book = polib.POFile(wrapwidth=96)
    book.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURALS[language],
    }
    for (context, singular, plural), places in sorted(
        wanted.items(), key=lambda item: (item[0][1], item[0][0] or "")
    ):
        entry = old.get((context, singular)) or polib.POEntry(msgctxt=context, msgid=singular)
        entry.obsolete = False
        files = sorted({place.rsplit(":", 1)[0] for place in places})
        entry.occurrences = [(name, "") for name in files]
        if plural:
            entry.msgid_plural = plural
            forms = int(PLURALS[language][9])
            entry.msgstr_plural = {n: entry.msgstr_plural.get(n, "") for n in range(forms)}
        if "%(" in singular or "%s" in singular or "%d" in singular:
            entry.flags = ["python-format"]
        book.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))
    return len(missing(book))


def missing(book: polib.POFile) -> list[str]:
    """Return the messages of a catalogue that have no full translation."""
    return [
        entry.msgid
        for entry in book
        if entry.fuzzy
        or (
            not all(entry.msgstr_plural.values())
            if entry.msgid_plural
            else not entry.msgstr.strip()
        )
    ]


def _key(entry: polib.POEntry) -> tuple[str | None, str]:
    return (entry.msgctxt, entry.msgid)


def compile_all(rooms: list[Path]) -> None:
    """Write the compiled catalogue beside each source that is newer than it."""
    for room in rooms:
        for path in room.glob("locale/*/LC_MESSAGES/django.po"):
            compiled = path.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
                polib.pofile(str(path)).save_as_mofile(str(compiled))

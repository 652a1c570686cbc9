"""The planted words, and how they are looked for in whatever is read."""

import io
import re
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pypdfium2

from bala.kernel.dates import format_date, format_day
from bala.kernel.translated import LANGUAGES

_LETTERS = "bcdfghjkmnpqrstvwxz"
_NO_DIGIT = re.compile(r"\D+")
#: No member of an archive is read beyond this: our own exports are smaller.
MOST_BYTES = 50_000_000


@dataclass(slots=True)
class Needles:
    """All planted words by the field that they stand in."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # casefolded
    numbers: dict[str, str] = field(default_factory=dict)  # digits alone

    def word(self, where: str) -> str:
        """Return a fresh word for a field: letters alone, as no language has them in a row."""
        made = "Qx" + "".join(secrets.choice(_LETTERS) for _ in range(10))
        self.words[where] = (made.casefold(),)
        return made

    def number(self, where: str) -> str:
        """Return a fresh telephone for a field; found however it is grouped."""
        digits = "707" + "".join(secrets.choice("0123456789") for _ in range(7))
        self.numbers[where] = digits
        return f"+7{digits}"

    def day(self, where: str, year: int) -> date:
        """Return a fresh day for a field; found as 2011-02-27, 27.02.2011 and in words."""
        made = date(year, 1 + secrets.randbelow(12), 13 + secrets.randbelow(16))
        forms = {made.isoformat(), f"{made:%d.%m.%Y}", f"{made:%d/%m/%Y}"}
        for language in LANGUAGES:
            forms |= {
                f"{format_day(made, language)} {made.year}",
                format_date(made, language),
                format_date(made, language, official=True),
            }
        self.words[where] = tuple(form.casefold() for form in forms)
        return made

    def __len__(self) -> int:
        return len(self.words) + len(self.numbers)

    def found_in(self, body: bytes, headers: str = "") -> set[str]:
        """Return the fields whose word stands in an answer; archives and PDF are opened."""
        found: set[str] = set()
        for text in (headers, *_texts(body)):
            folded = text.casefold()
            found |= {w for w, forms in self.words.items() if any(f in folded for f in forms)}
            if self.numbers:
                digits = _NO_DIGIT.sub("", text)
                found |= {where for where, number in self.numbers.items() if number in digits}
        return found


def _texts(body: bytes) -> Iterator[str]:
    yield body.decode("utf-8", "ignore")
    try:
        yield from _inside(body)
    except (pypdfium2.PdfiumError, zipfile.BadZipFile):
        yield body.decode("latin-1")  # only called so, or cut off: its bytes are looked at


def _inside(body: bytes) -> Iterator[str]:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    yield f"{name}\n" + member.read(MOST_BYTES).decode("utf-8", "ignore")
    elif body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(body)
        for number in range(len(document)):
            yield document[number].get_textpage().get_text_range()
        document.close()
    elif b"\0" in body[:200]:
        yield body.decode("utf-16-le", "ignore")
        yield body.decode("latin-1")

"""Lists that people bring as CSV or Excel, read into rows of text.

Nothing of a file is run: a formula is refused, with the name of its cell.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from bala.concept.errors import DamagedDocument, EmptyDocument, UnknownFormat
from bala.concept.sources.plain import decode
from bala.concept.sources.safety import open_archive
from bala.kernel.errors import PersonError

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 40
LONGEST_CELL = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class BadList(PersonError):
    """The file is no list that can be read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row (counted as the spreadsheet counts), in which column, and why."""

    row: int
    column: str
    reason: str


def read_list(data: bytes, *, filename: str) -> list[list[str]]:
    """Return the rows of a .csv or .xlsx file as text, the head first; empty rows stay.

    Raises BadList or an UnreadableDocument, each with a sentence that says what to do.
    """
    if len(data) > MOST_BYTES:
        raise BadList(_("The file is larger than 10 MB: send the list alone."))
    if not data.strip():
        raise EmptyDocument
    if data.startswith(_OLE):
        raise BadList(
            _("The file is locked or of an old format: save it as .xlsx without a password.")
        )
    rows = _workbook(data) if data.startswith(b"PK") else _text(data, filename)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise EmptyDocument
    if len(rows) > MOST_ROWS + 1:
        raise BadList(_("The list has more than 20,000 rows: send it in parts."))
    return rows


def _workbook(data: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    with open_archive(data) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise UnknownFormat
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadList(_("The workbook has macros: save it as .xlsx without them."))
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        rows = []
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > MOST_ROWS + 1:
                raise BadList(_("The list has more than 20,000 rows: send it in parts."))
            rows.append([_cell(cell) for cell in row[:MOST_COLUMNS]])
        book.close()
    except PersonError:
        raise
    except Exception as error:  # openpyxl raises whatever broken XML makes it raise
        raise DamagedDocument from error
    return rows


def _cell(cell: Any) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise BadList(
            _("Cell %(cell)s holds a formula: write its value instead.") % {"cell": cell.coordinate}
        )
    return _plain(cell.value)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())[:LONGEST_CELL]


def _text(data: bytes, filename: str) -> list[list[str]]:
    if not filename.lower().endswith((".csv", ".tsv", ".txt")):
        raise BadList(_("Send the list as .csv or .xlsx."))
    text = decode(data)
    delimiter = max(";\t,", key=text.partition("\n")[0].count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_text_cell(cell, len(rows) + 1) for cell in row[:MOST_COLUMNS]])
            if len(rows) > MOST_ROWS + 1:
                break
    except csv.Error as error:
        raise DamagedDocument from error
    return rows


def _text_cell(cell: str, row: int) -> str:
    if cell.startswith("'") and cell[1:2] in ("=", "+", "-", "@"):
        cell = cell[1:]  # as our own export writes what looks like a formula
    elif cell.lstrip().startswith(("=", "@")):
        raise BadList(_("Row %(row)s holds a formula: write its value instead.") % {"row": row})
    return _plain(cell)


def columns_of(head: Sequence[str], names: dict[str, Sequence[str]]) -> dict[str, int]:
    """Return where each known column stands; `names` gives the words by which a column is known."""
    found: dict[str, int] = {}
    for place, title in enumerate(head):
        word = " ".join(title.casefold().replace("ё", "е").split())
        for name, words in names.items():
            if name not in found and (word == name or word in words):
                found[name] = place
                break
    return found

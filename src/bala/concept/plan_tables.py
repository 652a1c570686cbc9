"""Plans as sheets: the rows of an Excel workbook, a CSV file or a Word table by what they hold.

Nothing is decided here: a row's cells come out as texts under the names of their columns, and what
cannot be read is named by row and cell.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from bala.concept.errors import DamagedDocument, DocumentTooLarge, UnreadableDocument
from bala.concept.sources.docx import read_docx
from bala.concept.sources.neutral import Table
from bala.concept.sources.plain import decode
from bala.concept.sources.safety import MAX_BYTES, kind_of, open_archive
from bala.concept.wording import fold, tidy

MAX_ROWS = 20_000
MAX_COLUMNS = 60
HEAD_WITHIN = 30  # rows in which the headings must stand

# By what a heading says, in the order in which they are tried: the first that fits is the column.
_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("number", r"^(?:№|n(?:o|o\.|)(?!\w)|р/?с|р/?н|т/?р|п/?п|#|номер|іс-шара №|реттік)"),
        ("children", r"дет(?:ей|и)(?!\w)|балалар|children|охват|қамту"),
        ("adults", r"взрослы|ересек|adults"),
        ("completion", r"форма (?:завершени|отчет|реализаци)|завершени|аяқта|completion"),
        ("tenge", r"тенге|теңге|сумма|сома|tenge"),
        ("funding", r"финансир|источник|бюджет|қаржы|funding"),
        ("responsible", r"ответств|исполнит|жауап|орындаушы|responsible"),
        ("status", r"статус|мәртебе|күйі|status|состояние"),
        ("time", r"^время|начало|уақыты|сағат|^time|часы"),
        ("dates", r"срок|дат[аы](?!\w)|период|мерзім|күн(?:і|дер)|dates?(?!\w)|когда|өткізу уақ"),
        ("format", r"^формат|^нысаны|^format|формат проведения"),
        ("district", r"район|аудан|district|город/район"),
        ("region", r"регион|област|облыс|өңір|region"),
        ("organisation", r"организаци|ұйым|учреждени|мекеме|школ|organisation|organization"),
        ("place", r"мест[оа]|орны|орын|place|venue|адрес|мекенжай"),
        ("activity", r"мероприят|іс-шара|activity|шаралар|содержание|мазмұны|акци[ия]"),
        ("title", r"названи|наименовани|атауы|тақырып|тема(?!\w)|title"),
    )
)
_PATTERNS = dict(_HEADINGS)
NEEDED = ("dates",)
NAMING = ("activity", "title", "number")


class MacroWorkbook(UnreadableDocument):
    """The workbook carries a program."""

    message = _("The workbook holds macros: save it as .xlsx without them and send it again.")


class LegacyWorkbook(UnreadableDocument):
    """The workbook is in the format of before 2007."""

    message = _("This is the old .xls format of Excel: save it as .xlsx and try again.")


class NoPlanTable(UnreadableDocument):
    """No table of the document has the headings of a plan."""

    message = _(
        "No table with the headings of a plan was found: it wants a column of activities"
        " and a column of dates."
    )


class TooManyRows(UnreadableDocument):
    """The table is longer than what is read at once."""

    message = _("The table is too long: send it in parts of at most 20 000 rows.")


class UnknownSheetFormat(UnreadableDocument):
    """The file is no table."""

    message = _("The format is not known: send an .xlsx, .csv or .docx table.")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a plan: its number in the file, its texts by column, and cells that have no value.

    `heading` is the text of the last row above that went across the table («Блок 1. …»).
    `faults` are (column, code, cell); the one code is "formula".
    """

    number: int
    cells: dict[str, str]
    heading: str = ""
    faults: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class PlanSheet:
    """The rows of a plan and the columns that were recognised."""

    columns: tuple[str, ...]
    rows: list[SheetRow] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    number: int
    cells: list[str]
    formulas: dict[int, str] = field(default_factory=dict)  # place → name of the cell


#: Is told how many rows were read and how many there may be; 0 where nobody knows.
Tell = Callable[[int, int], None]
TELL_EVERY = 500  # rows


def kind_of_plan(data: bytes, *, filename: str, max_bytes: int = MAX_BYTES) -> str:
    """Return "xlsx", "docx" or "text" by the first look at a file, without reading its table.

    Raises an UnreadableDocument: too large, encrypted, with macros, a bomb, no table at all.
    """
    if len(data) > max_bytes:
        raise DocumentTooLarge
    if data.startswith(b"\xd0\xcf\x11\xe0") and filename.lower().endswith(".xls"):
        raise LegacyWorkbook
    if _is_workbook(data):
        return "xlsx"
    kind = kind_of(data)
    if kind not in ("docx", "text"):
        raise UnknownSheetFormat
    return kind


def read_plan_sheet(
    data: bytes, *, filename: str, max_bytes: int = MAX_BYTES, tell: Tell | None = None
) -> PlanSheet:
    """Read a table of at most `max_bytes` whose headings are those of a plan, in kk, ru or en.

    Raises an UnreadableDocument: too large, damaged, encrypted, with macros, no table in it.
    """
    kind = kind_of_plan(data, filename=filename, max_bytes=max_bytes)
    if kind == "xlsx":
        return _best(_workbook_tables(data, tell))
    if kind == "docx":
        tables = [one for one in read_docx(data).elements if isinstance(one, Table)]
        return _best(_word_lines(table) for table in tables)
    return _best([_text_lines(decode(data))])


def _is_workbook(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    with open_archive(data) as archive:
        names = archive.namelist()
    if any(name.endswith("vbaProject.bin") for name in names):
        raise MacroWorkbook
    return "xl/workbook.xml" in names


def _best(tables: Any) -> PlanSheet:
    """The tables of one document that are plans, one after another."""
    whole: PlanSheet | None = None
    for lines in tables:
        sheet = _read(lines)
        if sheet is None:
            continue
        if whole is None:
            whole = sheet
        elif sheet.columns == whole.columns:
            whole.rows += sheet.rows
        if len(whole.rows) > MAX_ROWS:
            raise TooManyRows
    if whole is None:
        raise NoPlanTable
    return whole


def _read(lines: Iterator[_Line] | Sequence[_Line]) -> PlanSheet | None:
    columns: dict[int, str] | None = None
    sheet: PlanSheet | None = None
    heading = unit = ""
    for seen, line in enumerate(lines):
        if columns is None:
            columns = _columns(line.cells)
            if columns is not None:
                sheet = PlanSheet(tuple(columns.values()))
                unit = _unit(line.cells, columns)
            elif seen >= HEAD_WITHIN:
                return None
            continue
        if sheet is None or (not any(line.cells) and not line.formulas):
            continue
        if _is_head_again(line.cells, columns) or _is_numbering(line.cells):
            continue  # the head again, as on every page
        filled = [text for text in line.cells if text]
        if len(set(filled)) == 1 and not line.formulas and not filled[0].isdigit():
            heading = filled[0]
            continue
        if len(sheet.rows) >= MAX_ROWS:
            raise TooManyRows
        row = _row(line, columns, heading)
        if unit and row.cells.get("tenge"):
            row.cells["tenge"] += unit
        sheet.rows.append(row)
    return sheet


def _row(line: _Line, columns: dict[int, str], heading: str) -> SheetRow:
    cells = {
        name: line.cells[place]
        for place, name in columns.items()
        if place < len(line.cells) and line.cells[place]
    }
    faults = tuple(
        (columns[place], "formula", cell)
        for place, cell in line.formulas.items()
        if place in columns
    )
    return SheetRow(line.number, cells, heading, faults)


def _columns(cells: Sequence[str]) -> dict[int, str] | None:
    found: dict[int, str] = {}
    for place, text in enumerate(cells):
        folded = fold(text)
        if not folded or len(folded) > 90:
            continue
        for name, pattern in _HEADINGS:
            if name not in found.values() and pattern.search(folded):
                found[place] = name
                break
    names = set(found.values())
    if len(found) < 2 or not names & set(NEEDED) or not names & set(NAMING):
        return None
    return found


def _is_head_again(cells: Sequence[str], columns: dict[int, str]) -> bool:
    """Whether a row repeats the headings, as on every page of a printed table."""
    place = next(place for place, name in columns.items() if name in NEEDED)
    text = cells[place] if place < len(cells) else ""
    # Of nearly all rows the column of dates alone says that they are none.
    return bool(_PATTERNS["dates"].search(fold(text))) and _columns(cells) == columns


def _unit(cells: Sequence[str], columns: dict[int, str]) -> str:
    """The thousands or millions in which a heading says that money is counted, else nothing."""
    head = next((fold(cells[place]) for place, name in columns.items() if name == "tenge"), "")
    found = re.search(r"тыс|мың|млн|миллион", head)
    return f" {found[0]}" if found else ""


def _is_numbering(cells: Sequence[str]) -> bool:
    filled = [text.strip(" .") for text in cells if text]
    return len(filled) > 2 and filled == [str(n) for n in range(1, len(filled) + 1)]


def _workbook_tables(data: bytes, tell: Tell | None) -> Iterator[list[_Line]]:
    """Give each sheet's lines; formulas give the value that Excel kept, or are named as a fault."""
    from openpyxl import load_workbook

    try:
        plain = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        values = None
        for sheet in plain.worksheets:
            if sheet.sheet_state != "visible":
                continue
            promised = sheet.max_row or 0
            sheet.reset_dimensions()
            lines = []
            for number, row in enumerate(_some_rows(sheet), 1):
                lines.append(_sheet_line(row, number))
                if tell and number % TELL_EVERY == 0:
                    tell(number, promised)
            if any(line.formulas for line in lines):
                if values is None:
                    values = load_workbook(
                        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
                    )
                kept = values[sheet.title]
                kept.reset_dimensions()
                _fill_formulas(lines, list(_some_rows(kept)))
            yield lines
    except (UnreadableDocument, GeneratorExit):
        raise
    except Exception as error:  # openpyxl raises whatever broken XML makes it raise
        raise DamagedDocument from error


def _some_rows(sheet: Any) -> Iterator[Sequence[Any]]:
    """Give the values of each row."""
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS + HEAD_WITHIN:
            raise TooManyRows
        yield row


def _sheet_line(row: Sequence[Any], number: int) -> _Line:
    from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

    line = _Line(number, [])
    width = len(row)
    while width and row[width - 1] is None:  # a row is filled up to MAX_COLUMNS
        width -= 1
    for place in range(width):
        value = row[place]
        if (isinstance(value, str) and value.startswith("=") and len(value) > 1) or isinstance(
            value, (ArrayFormula, DataTableFormula)
        ):
            line.formulas[place] = f"{_letters(place)}{number}"
            value = None
        line.cells.append(_as_text(value))
    return line


def _fill_formulas(lines: list[_Line], kept: list[Sequence[Any]]) -> None:
    for line in lines:
        for place in list(line.formulas):
            row = kept[line.number - 1] if line.number <= len(kept) else ()
            value = row[place] if place < len(row) else None
            # "#REF!" and its kin are no values either.
            if value is not None and not (isinstance(value, str) and value.startswith("#")):
                line.cells[place] = _as_text(value)
                del line.formulas[place]


def _as_text(value: Any) -> str:
    """Write a cell's value as a person would."""
    if value is None:
        return ""
    text = tidy(str(value))
    if isinstance(value, datetime):
        clock = "" if value.time() == time() else f" {value:%H:%M}"
        text = f"{value:%d.%m.%Y}{clock}"
    elif isinstance(value, date):
        text = f"{value:%d.%m.%Y}"
    elif isinstance(value, time):
        text = f"{value:%H:%M}"
    elif isinstance(value, float):
        text = str(int(value)) if value.is_integer() else repr(value)
    return text


def _text_lines(text: str) -> list[_Line]:
    if len(text) > 0 and text.lstrip("\ufeff\n ").startswith("sep="):
        text = text.split("\n", 1)[1]
    head = text[:4000]
    delimiter = max(";\t,", key=lambda sign: (head.count(sign), sign == ";"))
    lines = []
    csv.field_size_limit(1_000_000)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for cells in reader:
            line = _Line(reader.line_num, [])
            for place, raw in enumerate(cells[:MAX_COLUMNS]):
                cell = tidy(raw)
                if cell.startswith("'") and cell[1:2] in ("=", "+", "-", "@"):
                    cell = cell[1:]  # as our own export writes a text that looks like a formula
                elif cell.startswith("=") and len(cell) > 1:
                    line.formulas[place], cell = f"{_letters(place)}{reader.line_num}", ""
                line.cells.append(cell)
            lines.append(line)
            if len(lines) > MAX_ROWS + HEAD_WITHIN:
                raise TooManyRows
    except csv.Error as error:
        raise DamagedDocument from error
    return lines


def _letters(place: int) -> str:
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _word_lines(table: Table) -> list[_Line]:
    return [
        _Line(number, [tidy(cell) for cell in row.cells])
        for number, row in enumerate(table.rows, start=1)
    ]

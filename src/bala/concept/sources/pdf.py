"""Reading of PDF with text: lines by their places on the page, tables by their ruled lines."""

import ctypes
import io
import re
import statistics
import threading
from dataclasses import dataclass, field

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from bala.concept.errors import DamagedDocument, EncryptedDocument, ScannedDocument
from bala.concept.sources.neutral import Source
from bala.concept.sources.unwrap import Line, unwrap
from bala.concept.wording import tidy

# The library behind pypdfium2 may run in one thread at a time only.
_ONE_AT_A_TIME = threading.Lock()
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:стр\.?|бет)?\s*\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?[-–—\s]*$")
_NOTE = re.compile(r"^(?:\d{1,2}|\*{1,3})\s?\S")
_MIN_RULES = 6
_MAX_TABLE_PAGES = 60


@dataclass(slots=True)
class _PageLine:
    text: str
    left: float
    right: float
    top: float
    height: float


@dataclass(slots=True)
class _Page:
    """A page: its lines from the top down, whether it has ruled lines, its tables."""

    lines: list[_PageLine]
    ruled: bool
    height: float
    tables: list["_PageTable"] = field(default_factory=list)


@dataclass(slots=True)
class _PageTable:
    top: float
    bottom: float
    rows: list[list[str]]
    merged: list[bool]


def read_pdf(data: bytes) -> Source:
    """Read a PDF. Raises EncryptedDocument, ScannedDocument or DamagedDocument."""
    with _ONE_AT_A_TIME:
        pages = _pages(data)
    if sum(len(line.text) for page in pages for line in page.lines) < 20:
        raise ScannedDocument
    _drop_running_lines(pages)
    _drop_footnotes(pages)
    ruled = [index for index, page in enumerate(pages) if page.ruled][:_MAX_TABLE_PAGES]
    if ruled:
        _find_tables(data, pages, ruled)
    return _assemble(pages)


def _pages(data: bytes) -> list[_Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedDocument from error
        raise DamagedDocument from error
    try:
        return [_page(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise DamagedDocument from error
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, index: int) -> _Page:
    page = document[index]
    text_page = page.get_textpage()
    try:
        rules = 0
        for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
            item = pdfium.FPDFPage_GetObject(page.raw, number)
            if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH:
                rules += 1
                if rules > _MIN_RULES:
                    break
        height = page.get_height()
        return _Page(_page_lines(text_page, height), rules >= _MIN_RULES, height)
    finally:
        text_page.close()
        page.close()


def _page_lines(text_page: pypdfium2.PdfTextPage, height: float) -> list[_PageLine]:
    raw = text_page.raw
    lines: list[_PageLine] = []
    letters: list[str] = []
    indexes: list[int] = []
    places: list[int] = []

    def finish() -> None:
        text = "".join(_without_note_marks(raw, letters, indexes))
        if text.strip():
            lines.append(_line(raw, text, places, height))
        letters.clear()
        indexes.clear()
        places.clear()

    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (10, 13):
            finish()
        elif code in {2, 65534}:
            letters.append("\u2010")
            indexes.append(index)
            places.append(index)
        elif code and code < 0x110000 and not 0xD800 <= code < 0xE000:
            letters.append(chr(code))
            indexes.append(index)
            if code not in (32, 160):
                places.append(index)
    finish()
    lines.sort(key=lambda line: round(line.top, 0))
    return _same_height(lines)


def _without_note_marks(
    raw: pdfium.FPDF_TEXTPAGE, letters: list[str], indexes: list[int]
) -> list[str]:
    """Leave out raised digits behind a word: the numbers of footnotes."""
    kept: list[str] = []
    base, size = 0.0, 0.0
    for letter, index in zip(letters, indexes, strict=True):
        if letter.isalpha():
            box = _box(raw, index)
            base, size = _bottom(raw, index), box[3] - box[2]
        raised = letter.isdigit() and size and kept and not kept[-1].isspace()
        if raised and _bottom(raw, index) > base + size * 0.2:
            continue
        kept.append(letter)
    return kept


def _bottom(raw: pdfium.FPDF_TEXTPAGE, index: int) -> float:
    """Give the lowest point of a letter itself."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
    return bottom.value


def _line(raw: pdfium.FPDF_TEXTPAGE, text: str, places: list[int], height: float) -> _PageLine:
    first, last = _box(raw, places[0]), _box(raw, places[-1])
    middle = _box(raw, places[len(places) // 2])
    return _PageLine(
        text=text.strip(),
        left=first[0],
        right=last[1],
        top=height - max(first[3], middle[3], last[3]),
        height=max(first[3] - first[2], middle[3] - middle[2], last[3] - last[2], 4.0),
    )


def _box(raw: pdfium.FPDF_TEXTPAGE, index: int) -> tuple[float, float, float, float]:
    """Give left, right, bottom, top of a letter's place, as high as its font is."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
    return box.left, box.right, box.bottom, box.top


def _same_height(lines: list[_PageLine]) -> list[_PageLine]:
    """Put parts that stand at one height, such as a bullet and its text, together."""
    joined: list[_PageLine] = []
    for line in lines:
        last = joined[-1] if joined else None
        middle = line.top + line.height / 2
        if last and last.top - 1 <= middle <= last.top + last.height + 1:
            first, second = (last, line) if last.left <= line.left else (line, last)
            if second.left >= first.right - 2:
                bottom = max(last.top + last.height, line.top + line.height)
                top = min(last.top, line.top)
                joined[-1] = _PageLine(
                    f"{first.text} {second.text}", first.left, second.right, top, bottom - top
                )
                continue
        joined.append(line)
    return joined


def _drop_running_lines(pages: list[_Page]) -> None:
    """Leave out page numbers, and headers and footers that stand on most pages."""
    counts: dict[str, int] = {}
    for page in pages:
        for line in _edges(page):
            counts[tidy(line.text)] = counts.get(tidy(line.text), 0) + 1
    often = {text for text, count in counts.items() if count >= 2 and count > len(pages) * 0.5}
    for page in pages:
        edges = [id(line) for line in _edges(page)]
        page.lines = [
            line
            for line in page.lines
            if id(line) not in edges
            or not (_PAGE_NUMBER.match(line.text) or tidy(line.text) in often)
        ]


def _drop_footnotes(pages: list[_Page]) -> None:
    """Leave out the small lines at the foot of a page that begin with the number of a note."""
    heights = [line.height for page in pages for line in page.lines]
    if not heights:
        return
    small = statistics.median(heights) * 0.92
    for page in pages:
        start = len(page.lines)
        while start and page.lines[start - 1].height < small:
            start -= 1
        notes = page.lines[start:]
        if start and notes and _NOTE.match(notes[0].text):
            page.lines = page.lines[:start]


def _edges(page: _Page) -> list[_PageLine]:
    return page.lines[:1] + page.lines[-1:] if len(page.lines) > 1 else page.lines[:1]


def _find_tables(data: bytes, pages: list[_Page], ruled: list[int]) -> None:
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[index + 1 for index in ruled]) as document:
            for index, page in zip(ruled, document.pages, strict=True):
                for table in page.find_tables():
                    made = _table(table)
                    if made and max(len(row) for row in made.rows) > 1:
                        pages[index].tables.append(made)
                page.close()
    except Exception as error:
        # pdfminer raises whatever it stumbles over; the text itself was already read.
        if isinstance(error, MemoryError):
            raise
        raise DamagedDocument from error


def _table(table: "pdfplumber.table.Table") -> _PageTable | None:
    rows: list[list[str]] = []
    merged: list[bool] = []
    for row, cells in zip(table.rows, table.extract(), strict=True):
        rows.append(["" if cell is None else cell for cell in cells])
        across = len(cells) > 1 and sum(1 for cell in row.cells if cell is not None) == 1
        merged.append(across)
    if not rows:
        return None
    return _PageTable(top=table.bbox[1], bottom=table.bbox[3], rows=rows, merged=merged)


def _assemble(pages: list[_Page]) -> Source:
    source = Source()
    pending: list[Line] = []
    shown: list[str] = []

    def flush() -> None:
        if not pending:
            return
        paragraphs = unwrap(pending)
        offset = len(source.lines)
        for text, number in paragraphs:
            source.lines.extend(shown[len(source.lines) - offset : number - 1])
            source.add_paragraph(text)
            source.lines[-1] = shown[number - 1]
        source.lines.extend(shown[len(source.lines) - offset :])
        pending.clear()
        shown.clear()

    for page in pages:
        page.tables.sort(key=lambda table: table.top)
        waiting = list(page.tables)
        below = 0.0
        for line in page.lines:
            middle = line.top + line.height / 2
            while waiting and waiting[0].bottom < middle:
                flush()
                source.add_table(waiting[0].rows, merged=waiting[0].merged)
                waiting.pop(0)
            if waiting and waiting[0].top - 1 <= middle <= waiting[0].bottom + 1:
                continue
            gap = (line.top - below) / line.height if below and line.top > below else None
            shown.append(line.text)
            pending.append(
                Line(text=line.text, number=len(shown), left=line.left, right=line.right, gap=gap)
            )
            below = line.top + line.height
        for table in waiting:
            flush()
            source.add_table(table.rows, merged=table.merged)
    flush()
    return source

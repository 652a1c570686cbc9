"""Documents: PDF alone, written anew with nothing but its pages.

Author, history, scripts, attachments, links and metadata stay behind, those inside pictures too;
comments and filled-in fields become part of the page.
"""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from bala.files.workshop.errors import Refused
from bala.files.workshop.work import Made, Order, Result

MOST_PAGES = 500
MOST_POINTS = 14_400  # of a side: the largest page that PDF knows
OF_A_PAGE = (
    *("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"),
    *("/Resources", "/Contents", "/Group"),
)
# Keys that lead from what is drawn to what is told about it.
TELLING = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AF",
    "/AA",
    "/Annots",
    "/Alternates",
    "/OPI",
)


def make(order: Order) -> Result:
    """Write the document anew; raise Refused for a locked, damaged or too heavy one."""
    target = Path(order.folder) / "document.pdf"
    try:
        flat = _flattened(order.source)
        with pikepdf.open(flat) as document:
            _bare(document)
            document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise Refused("broken") from error
    return Result(made=[Made("document", target.name, "application/pdf")])


def bare_jpeg(content: bytes) -> bytes:
    """Return a JPEG without comments, without all but the segments that colours need, and no trailer.

    What is no JPEG comes back as it was.
    """
    out, at = bytearray(content[:2]), 2
    while content[:2] == b"\xff\xd8" and at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xDA:  # from here on the picture itself, up to its end
            end = content.rfind(b"\xff\xd9")
            return bytes(out) + content[at : end + 2 if end > at else len(content)]
        length = int.from_bytes(content[at + 2 : at + 4], "big") + 2
        if mark != 0xFE and (not 0xE0 <= mark <= 0xEF or mark in (0xE0, 0xEE)):  # JFIF, Adobe
            out += content[at : at + length]
        at += length
    return content


def _flattened(source: str) -> io.BytesIO:
    """Let comments and fields become part of their pages."""
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        locked = raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Refused("locked" if locked else "broken") from error
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        raise Refused("heavy" if count else "broken")
    for number in range(count):
        page = document[number]
        if max(page.get_size()) > MOST_POINTS:
            raise Refused("heavy")
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    out.seek(0)
    return out


def _bare(document: Any) -> None:
    """Leave the pages and what they draw."""
    for key in list(document.Root.keys()):
        if key not in ("/Type", "/Pages"):
            del document.Root[key]
    for key in list(document.trailer.keys()):
        if key == "/Info":
            del document.trailer[key]
    for page in document.pages:
        for key in list(page.obj.keys()):
            if key not in OF_A_PAGE:
                del page.obj[key]
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            _quiet(each)


def _quiet(each: Any) -> None:
    for key in TELLING:
        if key in each:
            del each[key]
    if isinstance(each, pikepdf.Stream) and each.get("/Filter") == "/DCTDecode":
        each.write(bare_jpeg(each.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)

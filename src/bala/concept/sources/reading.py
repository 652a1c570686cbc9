"""The one way from bytes to a neutral source."""

from bala.concept.sources.docx import read_docx
from bala.concept.sources.neutral import Source
from bala.concept.sources.odt import read_odt
from bala.concept.sources.plain import read_text
from bala.concept.sources.safety import kind_of


def read_source(data: bytes, *, filename: str) -> Source:
    """Read a document by what its bytes are, whatever its name says.

    Raises an UnreadableDocument.
    """
    kind = kind_of(data)
    if kind == "docx":
        return read_docx(data)
    if kind == "odt":
        return read_odt(data)
    if kind == "pdf":
        from bala.concept.sources.pdf import read_pdf  # heavy, and few documents are PDF

        return read_pdf(data)
    return read_text(data, filename=filename)

"""Printing a report's content to a file: Word, Excel, PDF."""

from typing import Any

from bala.returns.actions.printing.excel import to_xlsx
from bala.returns.actions.printing.pdf import to_pdf
from bala.returns.actions.printing.word import to_docx
from bala.returns.enums import ReportFormat


def render(content: dict[str, Any], file_format: ReportFormat) -> bytes:
    """Return the file of a report's content (queries.report.build_report) in a format.

    Raises TemplateBroken where the ministry's Word template cannot be filled.
    """
    makers = {ReportFormat.DOCX: to_docx, ReportFormat.XLSX: to_xlsx, ReportFormat.PDF: to_pdf}
    return makers[file_format](content)

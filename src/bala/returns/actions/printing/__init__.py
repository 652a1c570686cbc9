"""Printing a report's content to a file: Word, Excel, PDF."""

from typing import Any

from bala.returns.enums import ReportFormat


def render(content: dict[str, Any], file_format: ReportFormat) -> bytes:
    """Return the file of a report's content (queries.report.build_report) in a format.

    Raises TemplateBroken where the ministry's Word template cannot be filled.
    """
    # Each maker brings a heavy library, which a process loads once it prints such a file.
    if file_format == ReportFormat.XLSX:
        from bala.returns.actions.printing.excel import to_xlsx

        return to_xlsx(content)
    if file_format == ReportFormat.PDF:
        from bala.returns.actions.printing.pdf import to_pdf

        return to_pdf(content)
    from bala.returns.actions.printing.word import to_docx

    return to_docx(content)

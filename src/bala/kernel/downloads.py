"""Tables as files that people keep and open in their spreadsheet."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse

from bala.kernel.spreadsheets import Cell, to_csv, to_xlsx

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(body: bytes, content_type: str, filename: str) -> HttpResponse:
    """Answer with a file to keep; `filename` is ours, never what somebody typed."""
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def table_file(
    kind: str, *, file: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """Answer with a table: CSV where `kind` says so, else XLSX with one sheet called `name`.

    `file` is the file's name without its ending.
    """
    if kind == "csv":
        return attached(to_csv(header, rows), CSV, f"{file}.csv")
    return attached(to_xlsx([(name, header, rows)]), XLSX, f"{file}.xlsx")

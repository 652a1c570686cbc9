"""Lists as files that officials open in their spreadsheet."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from bala.kernel import clock
from bala.kernel.spreadsheets import Cell, to_csv, to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(
    name: str, kind: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """Answer with a table as a file to keep: CSV where `kind` says so, else XLSX."""
    if kind == "csv":
        response = HttpResponse(to_csv(header, rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(to_xlsx([(name, header, rows)]), content_type=XLSX)
    ending = "csv" if kind == "csv" else "xlsx"
    response["Content-Disposition"] = (
        f'attachment; filename="{name}-{clock.today().isoformat()}.{ending}"'
    )
    return response

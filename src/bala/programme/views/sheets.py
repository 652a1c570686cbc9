"""Lists as files that officials open in their spreadsheet."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from bala.kernel import clock
from bala.kernel.downloads import table_file
from bala.kernel.spreadsheets import Cell


def sheet(
    name: str, kind: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """Answer with a table as a file that says of which day it is."""
    dated = f"{name}-{clock.today().isoformat()}"
    return table_file(kind, file=dated, name=name, header=header, rows=rows)

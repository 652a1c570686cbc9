"""A plan as a table for officials: what comes out can be sent in again."""

import io
from collections.abc import Callable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bala.kernel.spreadsheets import Cell, to_csv, to_xlsx
from bala.programme.enums import PlanStatus
from bala.programme.models import PlanItem
from bala.programme.queries.plan_cells import LABELS, dates_as_typed, typed
from bala.programme.queries.plans import in_plan_order
from bala.territory.models import Region

HEADINGS = {
    "number": _("No. of the activity"),
    "activity": _("Activity"),
    "title": _("Title"),
    "region": _("Region"),
    **{name: label for name, label in LABELS.items() if name not in ("activity", "title")},
    "status": _("Status"),
}
# A plan as letters carry it: seven columns fit on a page.
WORD_COLUMNS = ("number", "title", "responsible", "dates", "place", "funding", "completion")


def header() -> list[str]:
    """Return the headings in the active language."""
    return [str(label) for label in HEADINGS.values()]


def rows_of(items: QuerySet[PlanItem]) -> Iterator[list[Cell]]:
    """Give a row of cells for each row of a plan, in the order of the concept."""
    for item in in_plan_order(items):
        yield [_cell(item, name) for name in HEADINGS]


def as_csv(items: QuerySet[PlanItem]) -> bytes:
    """Return the rows as CSV."""
    return to_csv(header(), rows_of(items))


def as_xlsx(items: QuerySet[PlanItem], region: Region) -> bytes:
    """Return the rows as a workbook."""
    return to_xlsx([(region.short_name, header(), rows_of(items))])


def as_docx(items: QuerySet[PlanItem], region: Region, title: str) -> bytes:
    """Return the rows as the table of an official plan in Word, lying across the page."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(title, level=1)
    document.add_paragraph(f"{gettext('Plan of activities')}: {region.name}")
    headings = [str(HEADINGS[name]) for name in WORD_COLUMNS]
    lines: list[Sequence[str]] = [
        [str(_cell(item, name) or "") for name in WORD_COLUMNS] for item in in_plan_order(items)
    ]
    table = document.add_table(rows=1 + len(lines), cols=len(headings))
    table.style = "Table Grid"
    # All cells at once: python-docx looks every one up anew otherwise.
    cells = table._cells  # noqa: SLF001
    width = len(headings)
    for number, texts in enumerate([headings, *lines]):
        for column, text in enumerate(texts):
            run = cells[number * width + column].paragraphs[0].add_run(text)
            run.font.size = Pt(9)
            run.bold = number == 0
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_CELLS: dict[str, Callable[[PlanItem], Cell]] = {
    "number": lambda item: f"{item.activity.block.number}.{item.activity.number}",
    "activity": lambda item: item.activity.title,
    "region": lambda item: item.region.name,
    "dates": lambda item: dates_as_typed(item.starts_on, item.ends_on, item.days),
    "children": lambda item: item.expected_children,
    "adults": lambda item: item.expected_adults,
    "tenge": lambda item: item.funding_tenge,
    "status": lambda item: str(PlanStatus(item.status).label),
}


def _cell(item: PlanItem, name: str) -> Cell:
    return _CELLS[name](item) if name in _CELLS else typed(item, name)

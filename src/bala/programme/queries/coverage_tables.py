"""Coverage as plain tables, for spreadsheets."""

from collections.abc import Iterator

from django.utils.translation import gettext

from bala.kernel.spreadsheets import Cell as Value
from bala.programme.queries.coverage import Coverage, Figures

Table = tuple[str, list[str], list[list[Value]]]


def _figure_names() -> list[str]:
    return [
        gettext("Rows of plans"),
        gettext("Held"),
        gettext("Held with nobody"),
        gettext("Past, no result entered"),
        gettext("Due this week"),
        gettext("Drafts"),
        gettext("Cancelled"),
        gettext("Children expected"),
        gettext("Adults expected"),
        gettext("Children who came"),
        gettext("Adults who came"),
        gettext("Media items"),
        gettext("Money, tenge"),
    ]


def cells_table(found: Coverage) -> Table:
    """Return a row for each cell: block, activity, region, state and all figures."""
    header = [
        gettext("Block"),
        gettext("Activity"),
        gettext("Title"),
        gettext("Region code"),
        gettext("Region"),
        gettext("State"),
        *_figure_names(),
    ]
    rows: list[list[Value]] = [
        [
            section.block.number,
            f"{section.block.number}.{cell.activity.number}",
            str(cell.activity.title),
            cell.region.iso_code,
            str(cell.region.name),
            str(cell.state.label),
            *cell.figures,
        ]
        for section in found.sections
        for line in section.lines
        for cell in line.cells
    ]
    return gettext("Cells"), header, rows


def matrix_table(found: Coverage) -> Table:
    """Return the matrix as it is printed: in each cell held / all rows, or the sign of its state."""
    header = [
        gettext("Activity"),
        *(str(region.short_name) for region in found.regions),
        gettext("Held"),
        gettext("Rows of plans"),
        gettext("Children who came"),
    ]
    rows: list[list[Value]] = []
    for section in found.sections:
        rows.append([f"{section.block.number}. {section.block.title}"])
        for line in section.lines:
            number = f"{section.block.number}.{line.activity.number}"
            rows.append(
                [
                    f"{number} {line.activity.title}",
                    *(
                        _fraction(cell.figures) if cell.figures.items else str(cell.state.label)
                        for cell in line.cells
                    ),
                    *_sums(line.figures),
                ]
            )
    totals = [_fraction(figures) for figures in found.columns]
    rows.append([gettext("Total"), *totals, *_sums(found.total)])
    return gettext("Matrix"), header, rows


def gaps_table(found: Coverage) -> Table:
    """Return the gaps, the most urgent first."""
    header = [
        gettext("State"),
        gettext("Activity"),
        gettext("Title"),
        gettext("Region"),
        gettext("Since"),
        gettext("Days"),
        gettext("Rows"),
        gettext("Drafts"),
    ]
    return gettext("Gaps"), header, list(_gap_rows(found))


def _gap_rows(found: Coverage) -> Iterator[list[Value]]:
    for gap in found.gaps:
        yield [
            str(gap.state.label),
            f"{gap.activity.block.number}.{gap.activity.number}",
            str(gap.activity.title),
            str(gap.region.name) if gap.region else gettext("the republic"),
            gap.since,
            gap.days_late,
            gap.items,
            gap.drafts,
        ]


def _fraction(figures: Figures) -> str:
    return f"{figures.held} / {figures.items}"


def _sums(figures: Figures) -> list[int]:
    return [figures.held, figures.items, figures.children]

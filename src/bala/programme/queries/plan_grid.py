"""The table of a plan as it is shown: which columns there are, and what stands in a cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django_stubs_ext import StrOrPromise

from bala.concept.enums import Format
from bala.kernel.dates import format_day, format_day_period, format_number
from bala.programme.models import PlanItem
from bala.programme.queries.plan_cells import LABELS, time_as_typed, typed

CHOICES = ("activity", "district", "format")  # columns with a short list of what they take
NUMBERS = ("children", "adults", "tenge")
# All are shown until a person chooses columns, but these that can be switched on.
HIDDEN = ("district", "tenge")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what is shown, what one edits, and what is wrong with what was typed."""

    column: str
    label: StrOrPromise
    shown: str
    value: str
    kind: str = "text"
    language: str = ""  # of a title that stands in for a missing translation
    hint: str = ""
    fault: str = ""
    mine: str | None = None  # what the person typed where it was not taken


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the table."""

    item: PlanItem
    cells: Sequence[Cell]
    editable: bool
    steps: Sequence[tuple[str, str]] = field(default_factory=tuple)
    fault: str = ""  # what is wrong with the row as a whole
    conflict: bool = False
    over: int = 0  # how many more are expected than the sanitary limit lets in


def chosen_columns(wanted: Sequence[str]) -> list[str]:
    """Return the known ones among the wanted columns in their order, or else the usual ones."""
    return [name for name in LABELS if name in wanted] or [n for n in LABELS if n not in HIDDEN]


def cells_of(
    item: PlanItem,
    columns: Sequence[str],
    *,
    typed_texts: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> list[Cell]:
    """Return the cells of a row; `typed_texts` and `faults` are by column, of what was refused."""
    typed_texts, faults = typed_texts or {}, faults or {}
    return [
        Cell(
            column=name,
            label=LABELS[name],
            shown=_shown(item, name),
            value=typed(item, name),
            kind="choice" if name in CHOICES else "number" if name in NUMBERS else "text",
            language=item.title.language if name == "title" and item.title.is_fallback else "",
            hint=item.dates_text if name == "dates" else "",
            fault=faults.get(name, ""),
            mine=typed_texts.get(name),
        )
        for name in columns
    ]


def _shown(item: PlanItem, column: str) -> str:
    if column in _SHOWN:
        return _SHOWN[column](item)
    return typed(item, column)


def _activity(item: PlanItem) -> str:
    return f"{item.activity.block.number}.{item.activity.number} {item.activity.title}"


def _dates(item: PlanItem) -> str:
    if item.days:
        return ", ".join(format_day(day) for day in item.days)
    return format_day_period(item.starts_on, item.ends_on)


_SHOWN: dict[str, Callable[[PlanItem], str]] = {
    "activity": _activity,
    "dates": _dates,
    "time": lambda item: time_as_typed(item.starts_at, item.ends_at).replace("-", "–"),
    "format": lambda item: str(Format(item.format).label),
    "children": lambda item: (
        format_number(item.expected_children) if item.expected_children else ""
    ),
    "adults": lambda item: format_number(item.expected_adults) if item.expected_adults else "",
    "tenge": lambda item: (
        "" if item.funding_tenge is None else format_number(item.funding_tenge, places=2)
    ),
}

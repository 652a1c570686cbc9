"""What the rows of a table that somebody sent in would become, row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from bala.concept.errors import UnreadableDocument
from bala.concept.headings import any_word_heading
from bala.concept.plan_tables import TELL_EVERY, PlanSheet, SheetRow, Tell
from bala.concept.wording import fold
from bala.kernel.translated import LANGUAGES
from bala.programme.enums import PlanStatus
from bala.programme.models import Activity, Campaign, PlanImport, PlanItem
from bala.programme.queries.plan_cells import (
    LABELS,
    CellFault,
    PlanWords,
    explain,
)
from bala.territory.models import Region

SKIP = "skip"
SHOWN = ("dates", "time", "place", "organisation", "responsible", "children", "adults")
COLUMNS: dict[str, StrOrPromise] = {
    "number": _("No. of the activity"),
    "region": _("Region"),
    "status": _("Status"),
    **LABELS,
}


@dataclass(slots=True)
class ImportedRow:
    """A row of the table: what was written, which activity it was taken for, and its faults.

    `faults` are {"column", "code", "params"}; `state` is "ready", "faulty", "skipped" (left out by
    the person) or "twin" (stands in the plan already, so it is not added again).
    """

    number: int
    cells: dict[str, str]
    heading: str = ""
    activity: str = ""  # public id
    confidence: float = 0.0
    by: str = ""
    faults: list[dict[str, Any]] = field(default_factory=list)
    state: str = "ready"

    def told(self) -> list[tuple[str, str]]:
        """Return the faults in the active language: (words of the column, what is wrong)."""
        return [
            (str(COLUMNS.get(one["column"], one["column"])), explain(one["code"], one["params"]))
            for one in self.faults
        ]

    def shown(self) -> list[tuple[StrOrPromise, str]]:
        """Return the texts beside the activity: (words of the column, text)."""
        return [(COLUMNS[name], self.cells.get(name, "")) for name in SHOWN]

    @property
    def percent(self) -> int:
        """How sure the activity is, from 0 to 100."""
        return round(self.confidence * 100)


ReadRows = list[tuple["ImportedRow", dict[str, Any]]]


def read_rows(
    words: PlanWords,
    sheet: PlanSheet,
    choices: Mapping[str, str],
    *,
    tell: Tell | None = None,
) -> ReadRows:
    """Return each row with the fields of PlanItem that it sets; those of a faulty row are not whole.

    `choices` are what the person chose by number of row: an activity's public id, or "skip".
    The database is asked for names alone, whatever the number of rows. `tell` hears how many of
    them were read.
    """
    blocks = _Blocks(words)
    read: ReadRows = []
    for place, row in enumerate(sheet.rows, start=1):
        read.append(_read_row(words, row, choices.get(str(row.number), ""), blocks))
        if tell and place % TELL_EVERY == 0:
            tell(place, len(sheet.rows))
    mark_twins(words, read)
    return read


def mark_twins(words: PlanWords, read: ReadRows) -> None:
    """Mark the rows that stand in the region's plan at this moment, or earlier in the same table."""
    standing = _standing(words)
    for row, values in read:
        if row.state not in ("ready", "twin"):
            continue
        key = _key(values)
        row.state = "twin" if key in standing else "ready"
        standing.add(key)


def count_states(rows: Iterable[ImportedRow]) -> dict[str, int]:
    """Return how many rows are in which state."""
    return dict(Counter(row.state for row in rows))


def _read_row(
    words: PlanWords, row: SheetRow, choice: str, blocks: "_Blocks"
) -> tuple[ImportedRow, dict[str, Any]]:
    made = ImportedRow(row.number, row.cells, row.heading)
    values: dict[str, Any] = {}
    for column, code, cell in row.faults:
        made.faults.append({"column": column, "code": code, "params": {"cell": cell}})
    broken = {column for column, _code, _cell in row.faults}
    _find_activity(words, made, values, choice, blocks.number_of(row.heading))
    _check_region(words, made)
    for column in LABELS:
        if column in ("activity", "title") or column in broken:
            continue
        if column in row.cells or column == "dates":
            _read_into(words, made, values, column, row.cells.get(column, ""))
    _read_title(words, made, values)
    values["status"] = _status(row.cells.get("status", ""))
    if choice == SKIP:
        made.state = "skipped"
    elif made.faults:
        made.state = "faulty"
    return made, values


def _find_activity(
    words: PlanWords, made: ImportedRow, values: dict[str, Any], choice: str, block: int | None
) -> None:
    if choice and choice != SKIP:
        chosen = next((one for one in words.activities if one.public_id == choice), None)
        if chosen is not None:
            made.activity, made.confidence, made.by = chosen.public_id, 1.0, "choice"
            values["activity"] = chosen
            return
    numbered = words.index.by_number(made.cells.get("number", ""))
    if numbered is not None:
        made.activity, made.confidence, made.by = numbered.public_id, 1.0, "number"
        values["activity"] = numbered
        return
    text = made.cells.get("activity") or made.cells.get("title", "")
    match = words.index.find(text, block=block)
    if match is None:
        code = "no_activity" if text else "empty"
        _fault(made, "activity", code, text=text[:80])
        return
    made.activity, made.confidence, made.by = match.activity.public_id, match.confidence, match.by
    values["activity"] = match.activity
    if not match.is_sure:
        _fault(made, "activity", "unsure_activity")


def _read_title(words: PlanWords, made: ImportedRow, values: dict[str, Any]) -> None:
    """The title column, or the text of the activity where it says more than the concept does."""
    text = made.cells.get("title") or made.cells.get("activity", "")
    activity: Activity | None = values.get("activity")
    if activity is not None and fold(text) in {
        fold(one) for one in (activity.title_kk, activity.title_ru, activity.title_en) if one
    }:
        return
    if "title" not in made.cells and len(text) > 300:
        text = text[:299].rsplit(" ", 1)[0] + "…"
    if text:
        _read_into(words, made, values, "title", text)


def _read_into(
    words: PlanWords, made: ImportedRow, values: dict[str, Any], column: str, text: str
) -> None:
    try:
        values |= words.read(column, text)
    except CellFault as fault:
        _fault(made, column, fault.code, **fault.params)


def _check_region(words: PlanWords, made: ImportedRow) -> None:
    text = made.cells.get("region", "")
    if not text:
        return
    found = words.regions.get(fold(text).strip(" .,;\"«»“”'"))
    if found is None:
        _fault(made, "region", "no_region", text=text[:80])
    elif found != words.region.pk:
        _fault(made, "region", "other_region", text=text[:80])


def _fault(made: ImportedRow, column: str, code: str, **params: str) -> None:
    made.faults.append({"column": column, "code": code, "params": params})


def _status(text: str) -> str:
    """A row comes in as planned where the table says so or more, else as a draft."""
    return PlanStatus.PLANNED if fold(text) in _settled() else PlanStatus.DRAFT


@cache
def _settled() -> frozenset[str]:
    """How the statuses beyond the draft are written, in all languages."""
    statuses = (PlanStatus.PLANNED, PlanStatus.APPROVED, PlanStatus.HELD, PlanStatus.MOVED)
    found = {status.value for status in statuses}
    for language in LANGUAGES:
        with override(language):
            found |= {fold(str(status.label)) for status in statuses}
    return frozenset(found)


def _standing(words: PlanWords) -> set[tuple[Any, ...]]:
    rows = PlanItem.objects.filter(campaign=words.campaign, region=words.region)
    return set(rows.exclude(status=PlanStatus.CANCELLED).values_list(*KEY_FIELDS).order_by())


KEY_FIELDS = (
    "activity_id",
    "organisation_id",
    "district_id",
    "title_kk",
    "title_ru",
    "title_en",
    "starts_on",
    "ends_on",
    "starts_at",
    "place",
    "responsible",
)


def _key(values: Mapping[str, Any]) -> tuple[Any, ...]:
    district = values.get("district")
    return (
        values["activity"].pk,
        values.get("organisation_id"),
        district.pk if district else None,
        values.get("title_kk", ""),
        values.get("title_ru", ""),
        values.get("title_en", ""),
        values["starts_on"],
        values["ends_on"],
        values.get("starts_at"),
        values.get("place", ""),
        values.get("responsible", ""),
    )


class _Blocks:
    """Numbers of blocks by the heading rows of a table."""

    def __init__(self, words: PlanWords) -> None:
        self._titles: dict[str, int] = {}
        self._numbers: set[int] = set()
        self._known: dict[str, int | None] = {"": None}
        for one in words.activities:
            self._numbers.add(one.block.number)
            for title in (one.block.title_kk, one.block.title_ru, one.block.title_en):
                if title:
                    self._titles[fold(title)] = one.block.number

    def number_of(self, heading: str) -> int | None:
        if heading not in self._known:
            self._known[heading] = self._find(heading)
        return self._known[heading]

    def _find(self, heading: str) -> int | None:
        folded = fold(heading)
        for title, number in self._titles.items():
            if title in folded:
                return number
        read = any_word_heading(heading)
        named = read[1].number if read else None
        return named if named in self._numbers else None


_ROW_FIELDS = tuple(one.name for one in fields(ImportedRow))


def as_json(rows: Sequence[ImportedRow]) -> list[dict[str, Any]]:
    """Return rows as they are kept."""
    # Not `asdict`, which copies every text: of 10,000 rows that took more than a second.
    return [{name: getattr(row, name) for name in _ROW_FIELDS} for row in rows]


def from_json(rows: Sequence[Mapping[str, Any]]) -> list[ImportedRow]:
    """Return kept rows."""
    return [ImportedRow(**row) for row in rows]


PAGE = 100


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A page of an import's rows."""

    rows: list[ImportedRow]
    next_after: str
    faulty_only: bool


def preview_page(kept: PlanImport, *, after: str = "", faulty: bool = False) -> PreviewPage:
    """Return the rows of an import from row number `after` on, or only those with faults."""
    start = int(after) if after.isdigit() else 0
    left = [
        row
        for row in kept.preview
        if row["number"] > start and (not faulty or row["state"] == "faulty")
    ]
    page = from_json(left[:PAGE])
    more = str(page[-1].number) if len(left) > PAGE else ""
    return PreviewPage(page, more, faulty)


def import_of(pk: int) -> PlanImport:
    """Return an import with its campaign and region, without the file as it was sent."""
    return PlanImport.objects.select_related("campaign", "region").defer("data").get(pk=pk)


def imports_of(campaign: Campaign, region: Region) -> QuerySet[PlanImport]:
    """Return what was sent in for a region, the latest first, without its contents."""
    found = PlanImport.objects.filter(campaign=campaign, region=region)
    return found.select_related("uploaded_by").defer("data", "table", "preview", "choices")


UNEXPECTED = "Unexpected"
# What stopped an import, by the name of the error: kept so, because it is read in any language.
PROBLEMS: dict[str, StrOrPromise] = {
    "RowsFaulty": _("Some rows have faults: mend them or leave them out."),
    "OtherDistrict": _("You plan for another district: choose your own."),
    UNEXPECTED: _("That did not work, and nothing was written. The operator finds why in the log."),
    "NoLongerYours": _("Whoever confirmed this import may no longer write this region's plan."),
}


def problem_of(kept: PlanImport) -> StrOrPromise:
    """Return what stopped an import in the active language, or an empty text."""
    if not kept.problem:
        return ""
    known = PROBLEMS | {one.__name__: one.message for one in _kinds(UnreadableDocument)}
    return known.get(kept.problem, UnreadableDocument.message)


def _kinds(error: type[UnreadableDocument]) -> Iterator[type[UnreadableDocument]]:
    yield error
    for kind in error.__subclasses__():
        yield from _kinds(kind)

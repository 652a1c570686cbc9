"""A block of cells from a spreadsheet, written over the table from one cell on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import PersonError
from bala.kernel.public_ids import new_public_id
from bala.people.models import Account
from bala.programme.access.campaigns import Reach
from bala.programme.actions.plans import add_plan_item, update_plan_item
from bala.programme.models import PlanItem
from bala.programme.queries.plan_cells import LABELS, CellFault, PlanWords, read_cell

MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class PasteFault:
    """What is wrong with a pasted cell: line (from 1), column ("" for the whole line), and why."""

    line: int
    column: str
    message: str

    @property
    def label(self) -> str:
        """The words of the column."""
        return str(LABELS[self.column]) if self.column else ""


class PasteRefused(PersonError):
    """Nothing was written: the faults say why."""

    def __init__(self, faults: Sequence[PasteFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(_("Nothing was pasted: some cells cannot be taken."))


@dataclass(frozen=True, slots=True)
class Pasted:
    """How many rows were changed and how many were added."""

    changed: int
    added: int


def paste_block(
    *,
    account: Account,
    reach: Reach,
    words: PlanWords,
    rows: Sequence[tuple[PlanItem, int]],
    columns: Sequence[str],
    lines: Sequence[Sequence[str]],
) -> Pasted:
    """Write `lines` of cells over `rows` (with the revisions that the person saw), or nothing at all.

    `columns` are those from the cell on where it was pasted; cells beyond the last are refused.
    Lines beyond the last row become new drafts and need an activity and dates among the columns.
    Raises PasteRefused.
    """
    faults: list[PasteFault] = []
    wanted: list[dict[str, Any]] = []
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        values: dict[str, Any] = {}
        if len(line) > len(columns):
            faults.append(PasteFault(number, "", str(_("More cells than columns are shown."))))
        for column, text in zip(columns, line, strict=False):
            try:
                values |= read_cell(words, column, text)
            except CellFault as fault:
                faults.append(PasteFault(number, column, str(fault.message)))
        wanted.append(values)
    if len(lines) > MOST_LINES:
        faults.append(
            PasteFault(MOST_LINES + 1, "", str(_("Too many lines at once: import them as a file.")))
        )
    if faults:
        raise PasteRefused(faults)
    return _write(account, reach, words, rows, wanted)


@transaction.atomic
def _write(
    account: Account,
    reach: Reach,
    words: PlanWords,
    rows: Sequence[tuple[PlanItem, int]],
    wanted: Sequence[dict[str, Any]],
) -> Pasted:
    faults, changed, added = [], 0, 0
    for number, values in enumerate(wanted, start=1):
        try:
            if number <= len(rows):
                item, revision = rows[number - 1]
                update_plan_item(
                    account=account, reach=reach, item=item, revision=revision, values=values
                )
                changed += 1
            elif "activity" not in values or "starts_on" not in values:
                message = _("A new row needs an activity and dates.")
                faults.append(PasteFault(number, "", str(message)))
            else:
                add_plan_item(
                    account=account,
                    reach=reach,
                    region_id=words.region.pk,
                    values=values,
                    key=new_public_id(),
                )
                added += 1
        except PersonError as error:
            faults.append(PasteFault(number, "", str(error.message)))
    if faults:
        raise PasteRefused(faults)
    return Pasted(changed, added)

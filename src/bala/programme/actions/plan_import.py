"""A region's plan out of a table: read by a job, looked at, then taken in whole or not at all.

What a person asks for is written in the request (the file, a choice, the confirmation) together with
the job that does it. A job can be killed anywhere and be done again: what it reads it writes at the
end in one statement, and what it takes into the plan in one transaction that also marks the import
as confirmed.
"""

import hashlib
from collections.abc import Callable
from dataclasses import fields as dataclass_fields
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.concept.errors import UnreadableDocument
from bala.concept.plan_tables import PlanSheet, SheetRow, kind_of_plan, read_plan_sheet
from bala.kernel import clock, queue
from bala.kernel.errors import Forbidden, PersonError
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.access.campaigns import Reach, reach_of
from bala.programme.actions.plan_copy import copy_in
from bala.programme.enums import ImportStatus
from bala.programme.models import CampaignRegion, PlanImport, PlanItem
from bala.programme.queries.plan_cells import PlanWords
from bala.programme.queries.plan_imports import (
    PROBLEMS,
    UNEXPECTED,
    ImportedRow,
    ReadRows,
    as_json,
    count_states,
    import_of,
    mark_twins,
    read_rows,
)
from bala.territory.models import Region

# Of the hundred per cent of reading a file, how many its cells take; the rest is their meaning.
CELLS_READ_AT = 40


class RowsFaulty(PersonError):
    """Some rows cannot be taken; nothing was written."""


class ImportOver(PersonError):
    """The import was discarded, or its file was deleted."""


class OtherDistrict(Forbidden):
    """A row is of a district that the person does not organise."""


class NoLongerYours(Forbidden):
    """The right to write the region's plan was taken away after the confirmation."""


def upload_plan(
    *, account: Account, reach: Reach, region: Region, filename: str, data: bytes
) -> PlanImport:
    """Keep a table that was sent in and queue the job that reads it; write nothing into the plan.

    Raises an UnreadableDocument where the first look at the file says that it is no table.
    """
    limit = settings.BALA_MAX_DOCUMENT_MB * 1024 * 1024
    kind_of_plan(data, filename=filename, max_bytes=limit)
    with transaction.atomic():
        kept = PlanImport.objects.create(
            campaign=reach.campaign,
            region=region,
            filename=filename[-255:],
            sha256=hashlib.sha256(data).hexdigest(),
            data=data,
            uploaded_by=account,
        )
        _queue(kept)
    return kept


@transaction.atomic
def choose_activities(*, plan_import: PlanImport, choices: dict[str, str]) -> PlanImport:
    """Keep what the person chose for rows (activity or "skip", "" takes back); look again by a job.

    Raises ImportOver where the import is no longer being looked at.
    """
    kept = _locked(plan_import.pk)
    if kept.status != ImportStatus.PREVIEW:
        raise ImportOver(_("This import is no longer being looked at."))
    kept.choices = {row: choice for row, choice in {**kept.choices, **choices}.items() if choice}
    kept.status, kept.progress, kept.problem = ImportStatus.READING, 0, ""
    kept.save(update_fields=["choices", "status", "progress", "problem"])
    _queue(kept)
    return kept


@transaction.atomic
def confirm_import(*, account: Account, plan_import: PlanImport) -> PlanImport:
    """Queue the job that adds all rows that are ready; confirmed by a second person, it is one job.

    Raises RowsFaulty where a row cannot be taken, ImportOver where the import was discarded or is
    not read yet.
    """
    kept = _locked(plan_import.pk)
    if kept.status in (ImportStatus.CONFIRMING, ImportStatus.CONFIRMED):
        return kept
    if kept.status == ImportStatus.READING:
        raise ImportOver(_("The table is still being read: look again in a moment."))
    if kept.status != ImportStatus.PREVIEW:
        raise ImportOver(_("This import was discarded. Send the file again."))
    if kept.counts.get("faulty"):
        raise RowsFaulty(PROBLEMS["RowsFaulty"])
    kept.status, kept.progress, kept.problem = ImportStatus.CONFIRMING, 0, ""
    kept.confirmed_by = account
    kept.save(update_fields=["status", "progress", "problem", "confirmed_by"])
    _queue(kept)
    return kept


@transaction.atomic
def discard_import(*, plan_import: PlanImport) -> bool:
    """Put an import aside; False where it is in the plan already, and stays there."""
    kept = _locked(plan_import.pk)
    if kept.status == ImportStatus.CONFIRMED:
        return False
    kept.status = ImportStatus.DISCARDED
    kept.save(update_fields=["status"])
    return True


def work_on_import(import_id: int) -> PlanImport:
    """Do what an import waits for: read its file, look again, or take its rows in.

    Done again (after a killed worker, say, or by two workers at once) it changes nothing more.
    """
    kept = import_of(import_id)
    if kept.status == ImportStatus.READING:
        _read(kept)
    elif kept.status == ImportStatus.CONFIRMING:
        _take_in(kept)
    return import_of(import_id)


def _read(kept: PlanImport) -> None:
    found: dict[str, Any] = {"status": ImportStatus.PREVIEW, "progress": 100}
    try:
        start = 0
        if not kept.table:
            start = CELLS_READ_AT
            sheet = read_plan_sheet(
                bytes(kept.data), filename=kept.filename, tell=_teller(kept, 0, start)
            )
            found["table"] = {
                "columns": sheet.columns,
                "rows": [{name: getattr(row, name) for name in _CELLS} for row in sheet.rows],
            }
        else:
            sheet = _sheet(kept)
        words = PlanWords(kept.campaign, kept.region)
        read = read_rows(words, sheet, kept.choices, tell=_teller(kept, start, 95))
        found |= _looked_at(read)
    except UnreadableDocument as error:
        found = {"status": ImportStatus.FAILED, "problem": type(error).__name__, "progress": 0}
    except Exception:  # a fault of ours: the person gets an answer, the operator the log
        _reading(kept).update(status=ImportStatus.FAILED, problem=UNEXPECTED, progress=0)
        raise
    # Not where it was discarded meanwhile, or another worker was faster.
    _reading(kept).update(**found)


def _take_in(kept: PlanImport) -> None:
    words = PlanWords(kept.campaign, kept.region)
    read = read_rows(words, _sheet(kept), kept.choices, tell=_teller(kept, 0, 80))
    try:
        _write(kept, words, read)
    except (RowsFaulty, OtherDistrict, NoLongerYours) as error:
        _back_to_preview(kept, type(error).__name__, **_looked_at(read))
    except Exception:
        _back_to_preview(kept, UNEXPECTED)
        raise


def _back_to_preview(kept: PlanImport, problem: str, **found: Any) -> None:
    PlanImport.objects.filter(pk=kept.pk, status=ImportStatus.CONFIRMING).update(
        status=ImportStatus.PREVIEW, problem=problem, progress=100, **found
    )


@transaction.atomic
def _write(kept: PlanImport, words: PlanWords, read: ReadRows) -> None:
    """Add the rows that are ready and mark the import, in one transaction."""
    locked = _locked(kept.pk)
    if locked.status != ImportStatus.CONFIRMING:
        return  # another worker was faster, or it was discarded
    # One import of a region at a time: what another one brings in is seen as standing.
    CampaignRegion.objects.select_for_update().filter(
        campaign=kept.campaign, region=kept.region
    ).first()
    mark_twins(words, read)
    if any(row.state == "faulty" for row, _values in read):
        raise RowsFaulty(PROBLEMS["RowsFaulty"])
    ready = [values for row, values in read if row.state == "ready"]
    _check_districts(locked, ready)
    common = {
        "campaign_id": kept.campaign_id,
        "region_id": kept.region_id,
        "created_by_id": locked.confirmed_by_id,
    }
    copy_in(common, ready)
    for name, value in _looked_at(read).items():
        setattr(locked, name, value)
    locked.status, locked.progress = ImportStatus.CONFIRMED, 100
    locked.confirmed_at = clock.now()
    locked.made_items = len(ready)
    locked.save(
        update_fields=["status", "progress", "confirmed_at", "made_items", "preview", "counts"]
    )


def _check_districts(kept: PlanImport, ready: list[dict[str, Any]]) -> None:
    """Raise where whoever confirmed may not write one of the rows, as of this moment."""
    reach = reach_of(kept.confirmed_by, kept.campaign) if kept.confirmed_by else None
    if reach is None or not (reach.region_ids is None or kept.region_id in reach.region_ids):
        raise NoLongerYours(PROBLEMS["NoLongerYours"])
    for district in {values.get("district") for values in ready}:
        item = PlanItem(campaign=kept.campaign, region=kept.region, district=district)
        if Role.ORGANISER not in reach.roles_on(item):
            raise OtherDistrict(PROBLEMS["OtherDistrict"])


def _looked_at(read: ReadRows) -> dict[str, Any]:
    rows: list[ImportedRow] = [row for row, _values in read]
    return {"preview": as_json(rows), "counts": count_states(rows)}


def _teller(kept: PlanImport, start: int, end: int) -> Callable[[int, int], None]:
    """Return what writes down how far the job is, between two percentages."""

    def tell(done: int, whole: int) -> None:
        share = min(done / whole, 1) if whole else 0
        PlanImport.objects.filter(pk=kept.pk, status=kept.status).update(
            progress=round(start + (end - start) * share)
        )

    return tell


def _reading(kept: PlanImport) -> Any:
    return PlanImport.objects.filter(pk=kept.pk, status=ImportStatus.READING)


def _locked(pk: int) -> PlanImport:
    found = PlanImport.objects.select_for_update(of=("self",)).select_related(
        "campaign", "region", "confirmed_by"
    )
    return found.defer("data", "table", "preview").get(pk=pk)


_CELLS = tuple(one.name for one in dataclass_fields(SheetRow))


def _sheet(kept: PlanImport) -> PlanSheet:
    rows = [
        SheetRow(
            row["number"],
            row["cells"],
            row["heading"],
            tuple((column, code, cell) for column, code, cell in row["faults"]),
        )
        for row in kept.table["rows"]
    ]
    return PlanSheet(tuple(kept.table["columns"]), rows)


def _queue(kept: PlanImport) -> None:
    queue.defer("programme.work_on_import", import_id=kept.pk)


def forget_old_files() -> int:
    """Delete what was sent in and read longer ago than is kept; return how many imports it was.

    The record stays: who sent which file when, and how many rows it brought into the plan.
    """
    before = clock.now() - timedelta(days=settings.BALA_PLAN_FILES_DAYS)
    old = PlanImport.objects.filter(forgotten_at__isnull=True, uploaded_at__lt=before)
    open_still = [ImportStatus.READING, ImportStatus.PREVIEW, ImportStatus.CONFIRMING]
    with transaction.atomic():
        ids = list(old.select_for_update().order_by("pk").values_list("pk", flat=True))
        gone = PlanImport.objects.filter(pk__in=ids)
        gone.filter(status__in=open_still).update(status=ImportStatus.DISCARDED)
        gone.update(
            data=b"", table={}, preview=[], choices={}, problem="", forgotten_at=clock.now()
        )
    return len(ids)

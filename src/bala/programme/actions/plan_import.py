"""A region's plan out of a table: looked at first, then taken in whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from enum import Enum
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from bala.concept.plan_tables import PlanSheet, SheetRow, read_plan_sheet
from bala.kernel import clock
from bala.kernel.errors import Forbidden, PersonError
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.access.campaigns import Reach
from bala.programme.enums import ImportStatus
from bala.programme.models import PlanImport, PlanItem
from bala.programme.queries.plan_cells import PlanWords
from bala.programme.queries.plan_imports import as_json, read_rows
from bala.territory.models import Region


class RowsFaulty(PersonError):
    """Some rows cannot be taken; nothing was written."""


class ImportOver(PersonError):
    """The import was discarded."""


def upload_plan(
    *, account: Account, reach: Reach, region: Region, filename: str, data: bytes
) -> PlanImport:
    """Keep a table that was sent in and what its rows would become; write nothing into the plan.

    Raises an UnreadableDocument that says in one sentence what is wrong with the file.
    """
    limit = settings.BALA_MAX_DOCUMENT_MB * 1024 * 1024
    sheet = read_plan_sheet(data, filename=filename, max_bytes=limit)
    rows = read_rows(PlanWords(reach.campaign, region), sheet, {})
    return PlanImport.objects.create(
        campaign=reach.campaign,
        region=region,
        filename=filename[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        table={"columns": sheet.columns, "rows": [asdict(row) for row in sheet.rows]},
        preview=as_json([row for row, _values in rows]),
        uploaded_by=account,
    )


@transaction.atomic
def choose_activities(*, plan_import: PlanImport, choices: dict[str, str]) -> PlanImport:
    """Keep what the person chose for rows (activity or "skip", "" takes back); look again."""
    kept = _locked(plan_import)
    kept.choices = {row: choice for row, choice in {**kept.choices, **choices}.items() if choice}
    words = PlanWords(kept.campaign, kept.region)
    rows = read_rows(words, _sheet(kept), kept.choices)
    kept.preview = as_json([row for row, _values in rows])
    kept.save(update_fields=["choices", "preview"])
    return kept


@transaction.atomic
def confirm_import(*, account: Account, reach: Reach, plan_import: PlanImport) -> PlanImport:
    """Add all rows that are ready; a second confirmation changes nothing. Returns the import.

    The rows are read anew against the plan as it stands now. Raises RowsFaulty where one cannot be
    taken, ImportOver where the import was discarded, Forbidden for another's district.
    """
    kept = _locked(plan_import)
    if kept.status == ImportStatus.CONFIRMED:
        return kept
    if kept.status == ImportStatus.DISCARDED:
        raise ImportOver(_("This import was discarded. Send the file again."))
    rows = read_rows(PlanWords(kept.campaign, kept.region), _sheet(kept), kept.choices)
    kept.preview = as_json([row for row, _values in rows])
    if any(row.state == "faulty" for row, _values in rows):
        raise RowsFaulty(_("Some rows have faults: mend them or leave them out."))
    items = [_item(account, kept, values) for row, values in rows if row.state == "ready"]
    for item in items:
        if Role.ORGANISER not in reach.roles_on(item):
            raise Forbidden(_("You plan for another district: choose your own."))
    _copy_in(items)
    kept.status = ImportStatus.CONFIRMED
    kept.confirmed_at = clock.now()
    kept.made_items = len(items)
    kept.save(update_fields=["status", "confirmed_at", "made_items", "preview"])
    return kept


@transaction.atomic
def discard_import(*, plan_import: PlanImport) -> None:
    """Put an import aside; what was confirmed stays confirmed."""
    kept = _locked(plan_import)
    if kept.status == ImportStatus.PREVIEW:
        kept.status = ImportStatus.DISCARDED
        kept.save(update_fields=["status"])


def _locked(plan_import: PlanImport) -> PlanImport:
    found = PlanImport.objects.select_for_update(of=("self",)).select_related("campaign", "region")
    return found.defer("data").get(pk=plan_import.pk)


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


def _item(account: Account, kept: PlanImport, values: dict[str, Any]) -> PlanItem:
    return PlanItem(campaign=kept.campaign, region=kept.region, created_by=account, **values)


def _copy_in(items: Sequence[PlanItem]) -> None:
    """Write rows by COPY, which takes a tenth of the time of INSERT; triggers see each of them."""
    fields = [
        one
        for one in PlanItem._meta.concrete_fields  # noqa: SLF001 - Django's own way to ask
        if not one.primary_key and not getattr(one, "generated", False)
    ]
    names = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY programme_planitem ({names}) FROM STDIN") as copy,
    ):
        for item in items:
            values = [
                one.get_db_prep_save(getattr(item, one.attname), connection) for one in fields
            ]
            copy.write_row([one.value if isinstance(one, Enum) else one for one in values])

"""Issuing by list: looked at first, then issued by a job, each row once whatever dies."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.certificates.access import IssuingPlace, Office
from bala.certificates.actions.issuing import (
    Award,
    DesignNotApproved,
    Occasion,
    Recipient,
    issue_many,
)
from bala.certificates.enums import BatchState, DesignState
from bala.certificates.models import Batch, Design
from bala.kernel import clock, queue
from bala.kernel.errors import PersonError
from bala.people.access import taking_part
from bala.people.models import Child

AT_ONCE = 250  # rows of one transaction: a killed worker loses no more work than that


class ListFaulty(PersonError):
    """Some rows have faults; nothing was issued."""


class ListOver(PersonError):
    """The list is issued already, or was put aside."""

    status = 409


@transaction.atomic
def keep_list(
    *,
    office: Office,
    place: IssuingPlace,
    design: Design,
    occasion: Occasion,
    issued_on: date,
    rows: Sequence[dict[str, Any]],
    adults: bool = False,
    source: str = "",
) -> Batch:
    """Keep a list between its preview and its issue; nothing is issued yet."""
    if design.state != DesignState.APPROVED or not design.is_issued:
        raise DesignNotApproved(_("Certificates are issued of an approved design only."))
    return Batch.objects.create(
        design=design,
        campaign_slug=office.slug,
        region=place.region,
        organisation=place.organisation,
        occasion_key=occasion.key,
        occasion_kk=occasion.kk,
        occasion_ru=occasion.ru,
        occasion_en=occasion.en,
        issued_on=issued_on,
        adults=adults,
        source=source[-255:],
        rows=list(rows),
        total=len(rows),
        faulty=sum(1 for row in rows if row["faults"]),
        made_by=office.account,
    )


@transaction.atomic
def confirm_list(*, batch: Batch) -> Batch:
    """Queue the job that issues all rows; confirmed by two people it is one job.

    Raises ListFaulty while a row has a fault, ListOver where it was put aside.
    """
    kept = _locked(batch.pk)
    if kept.state in (BatchState.ISSUING, BatchState.DONE):
        return kept
    if kept.state != BatchState.PREVIEW:
        raise ListOver(_("This list was put aside. Send it again."))
    if kept.faulty:
        raise ListFaulty(
            _("Mend the rows with faults and send the list again: nothing was issued.")
        )
    kept.state, kept.problem = BatchState.ISSUING, ""
    kept.save(update_fields=["state", "problem"])
    queue.defer("certificates.issue_list", batch_id=kept.pk)
    return kept


@transaction.atomic
def discard_list(*, batch: Batch) -> bool:
    """Put a list aside and forget its names; False where it is being issued or was issued."""
    kept = _locked(batch.pk)
    if kept.state != BatchState.PREVIEW:
        return False
    kept.state, kept.rows, kept.total, kept.faulty = BatchState.DISCARDED, [], 0, 0
    kept.save(update_fields=["state", "rows", "total", "faulty"])
    return True


def issue_list(batch_id: int) -> Batch:
    """Issue what is left of a list, some rows at a time.

    Done again after a killed worker, or by two workers at once, it goes on where the last confirmed
    rows end: the place in the list is written in the transaction that issues.
    """
    while _issue_some(batch_id):
        pass
    return Batch.objects.get(pk=batch_id)


@transaction.atomic
def _issue_some(batch_id: int) -> bool:
    kept = _locked(batch_id)
    if kept.state != BatchState.ISSUING:
        return False
    rows = kept.rows[kept.next_row : kept.next_row + AT_ONCE]
    if not rows:
        # The names stand on the certificates now, and nowhere twice.
        kept.state, kept.rows, kept.done_at = BatchState.DONE, [], clock.now()
        kept.save(update_fields=["state", "rows", "done_at"])
        return False
    awards, refused = _awards(kept, rows)
    try:
        issued = issue_many(
            by=kept.made_by,
            design=kept.design,
            occasion=Occasion(
                kept.occasion_kk, kept.occasion_ru, kept.occasion_en, kept.occasion_key
            ),
            awards=awards,
            issued_on=kept.issued_on,
            region=kept.region,
            organisation=kept.organisation,
            batch=kept,
        )
    except DesignNotApproved as error:  # it went out of use meanwhile: the rest waits for a person
        kept.state, kept.problem = BatchState.PREVIEW, type(error).__name__
        kept.save(update_fields=["state", "problem"])
        return False
    kept.next_row += len(rows)
    kept.issued += len(issued.made)
    kept.known += issued.known
    kept.refused += refused
    kept.save(update_fields=["next_row", "issued", "known", "refused"])
    return True


def _awards(kept: Batch, rows: Sequence[dict[str, Any]]) -> tuple[list[Award], int]:
    """Return the awards of rows, without children whose consent ended since the preview."""
    codes = [row["child"] for row in rows if row["child"]]
    children = {
        one.public_id: one for one in Child.objects.filter(public_id__in=codes).order_by("pk")
    }
    awards, refused = [], 0
    for row in rows:
        if row["child"]:
            child = children[row["child"]]
            try:
                taking_part(child)
            except PersonError:
                refused += 1
                continue
            recipient = Recipient.of_child(child, name=row["name"], detail=row["detail"])
        else:
            recipient = Recipient.named(row["name"], detail=row["detail"], is_public=kept.adults)
        awards.append(Award(recipient, row["place"], row["nomination"]))
    return awards, refused


def _locked(pk: int) -> Batch:
    return (
        Batch.objects.select_for_update(of=("self",))
        .select_related("design", "made_by", "region", "organisation")
        .get(pk=pk)
    )

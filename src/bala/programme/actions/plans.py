"""Writes of the regions' plans: each checks who may, in which status, and who else was at it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import Forbidden, PersonError
from bala.kernel.revisions import RowConflict, changes, version_of
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.access.campaigns import Reach
from bala.programme.enums import TRANSITIONS, PlanStatus
from bala.programme.models import PlanItem
from bala.territory.models import District

# What a person plans; results and status have actions of their own.
PLANNED_FIELDS = (
    "activity_id",
    "organisation_id",
    "district_id",
    "title_kk",
    "title_ru",
    "title_en",
    "responsible",
    "starts_on",
    "ends_on",
    "days",
    "starts_at",
    "ends_at",
    "dates_text",
    "format",
    "place",
    "venue_kind",
    "venue_capacity",
    "venue_area_m2",
    "adaptations",
    "expected_children",
    "expected_adults",
    "funding",
    "funding_tenge",
    "completion_form",
)
RELATIONS = ("activity", "organisation", "district")
# A row that is over, one way or the other, is not planned any more.
LOCKED = (PlanStatus.HELD, PlanStatus.CANCELLED)
HOSTS_OWN = (PlanStatus.PROPOSED, PlanStatus.DRAFT)
WITH_REASON = (PlanStatus.CANCELLED, PlanStatus.MOVED)


class RowLocked(PersonError):
    """The row is in a status in which it is not edited."""


class StepNotAllowed(PersonError):
    """The status cannot follow, or not by this person."""


class ReasonWanted(PersonError):
    """The step needs a reason in words."""


class RowRefused(PersonError):
    """What the row would say contradicts itself or its campaign."""


def _refuse(message: Promise) -> None:
    raise RowRefused(message)


@transaction.atomic
def add_plan_item(
    *, account: Account, reach: Reach, region_id: int, values: Mapping[str, Any], key: str
) -> PlanItem:
    """Add a draft row to a region's plan and return it.

    `key` is the public id that the form was given: the same form sent twice makes one row.
    Raises RowRefused or Forbidden.
    """
    made_before = _made_before(account, reach, key)
    if made_before is not None:
        return made_before
    item = PlanItem(
        public_id=key,
        campaign=reach.campaign,
        region_id=region_id,
        status=PlanStatus.DRAFT,
        created_by=account,
    )
    _put(item, values)
    check_row(item)
    _organiser_only(reach, item)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        # The same form came in at the same moment, and was quicker.
        made_before = _made_before(account, reach, key)
        if made_before is None:
            raise
        return made_before
    return item


def _made_before(account: Account, reach: Reach, key: str) -> PlanItem | None:
    made = PlanItem.objects.filter(public_id=key).first()
    if made is None:
        return None
    if made.created_by_id != account.pk or made.campaign_id != reach.campaign.pk:
        raise Forbidden(_("This form was already sent by somebody else. Open it again."))
    return made


@transaction.atomic
def update_plan_item(
    *, account: Account, reach: Reach, item: PlanItem, revision: int, values: Mapping[str, Any]
) -> PlanItem:
    """Write the given fields of a row and return it as it stands.

    `revision` is that of the row which the person saw. What others changed since then in other
    fields is kept; the same field changed by both raises RowConflict, unless both wrote the same.
    Raises RowLocked, RowRefused or Forbidden.
    """
    row = _locked(item)
    _may_edit(reach, row)
    fresh = changes(row, revision=revision, values=_by_column(values))
    if not fresh:
        return row
    _put(row, fresh)
    check_row(row)
    _may_edit(reach, row)  # a row may not be written into another's district
    return _save(row, account)


@transaction.atomic
def copy_plan_item(*, account: Account, reach: Reach, item: PlanItem, key: str) -> PlanItem:
    """Add a draft row with the same plan, without its result; returns it.

    `key` is the public id that the form was given: the same form sent twice copies once.
    """
    values = {name: getattr(item, name) for name in PLANNED_FIELDS}
    return add_plan_item(
        account=account, reach=reach, region_id=item.region_id, values=values, key=key
    )


@transaction.atomic
def carry_to_districts(
    *, account: Account, reach: Reach, item: PlanItem, districts: Iterable[District]
) -> list[PlanItem]:
    """Add a draft of the row to each of several districts, without organisation; return the new rows.

    A district that has the same row already (activity, titles, days) gets no second one, so the
    step can be repeated.
    """
    made = []
    for district in districts:
        twin = PlanItem.objects.filter(
            activity_id=item.activity_id,
            region_id=item.region_id,
            district=district,
            title_kk=item.title_kk,
            title_ru=item.title_ru,
            title_en=item.title_en,
            starts_on=item.starts_on,
            ends_on=item.ends_on,
        ).exclude(status=PlanStatus.CANCELLED)
        if twin.exists():
            continue
        row = PlanItem(
            campaign=reach.campaign,
            region_id=item.region_id,
            status=PlanStatus.DRAFT,
            created_by=account,
        )
        _put(row, {name: getattr(item, name) for name in PLANNED_FIELDS})
        _put(row, {"district_id": district.pk, "organisation_id": None, "place": ""})
        check_row(row)
        _organiser_only(reach, row)
        row.save(force_insert=True)
        made.append(row)
    return made


@transaction.atomic
def carry_many(
    *,
    account: Account,
    reach: Reach,
    items: Iterable[PlanItem],
    districts: Sequence[District],
) -> int:
    """Carry each row to each district, see carry_to_districts; return how many rows are new."""
    return sum(
        len(carry_to_districts(account=account, reach=reach, item=item, districts=districts))
        for item in items
    )


@transaction.atomic
def change_status(
    *,
    account: Account,
    reach: Reach,
    item: PlanItem,
    status: PlanStatus,
    reason: str = "",
    revision: int | None = None,
    values: Mapping[str, Any] | None = None,
) -> PlanItem:
    """Take a row to another status and return it; `values` are the new dates of a moved row.

    Raises StepNotAllowed where TRANSITIONS has no such step for the person's roles, ReasonWanted
    where cancelling or moving is not explained, RowConflict where the row's status has changed since
    `revision` (None: not asked).
    """
    row = _locked(item)
    if row.status == status and status != PlanStatus.MOVED:
        return row
    if revision is not None and row.revision != revision:
        seen = version_of(row, revision)
        if seen is None or seen.status != row.status:
            raise RowConflict(row, ["status"], {"status": status})
    _may_step(reach, row, status)
    reason = reason.strip()[:300]
    if status in WITH_REASON and not reason:
        raise ReasonWanted(_("Say why: the reason is kept and shown in the console."))
    row.status = status
    row.status_reason = reason
    if status == PlanStatus.MOVED:
        if not values:
            raise ReasonWanted(_("Write the new dates of what is moved."))
        _put(row, values)
        check_row(row)
    return _save(row, account)


@dataclass(frozen=True, slots=True)
class Bulk:
    """What became of several rows: how many were done, and which were refused and why."""

    done: int
    refused: Sequence[tuple[PlanItem, str]]


def change_status_of_many(
    *,
    account: Account,
    reach: Reach,
    items: Iterable[PlanItem],
    status: PlanStatus,
    reason: str = "",
) -> Bulk:
    """Take each row to a status as far as it may go; say of the others why not."""
    done, refused = 0, []
    for item in items:
        try:
            change_status(account=account, reach=reach, item=item, status=status, reason=reason)
            done += 1
        except ReasonWanted:
            raise
        except PersonError as error:
            refused.append((item, str(error.message)))
    return Bulk(done, refused)


@transaction.atomic
def delete_draft(*, account: Account, reach: Reach, item: PlanItem) -> None:
    """Delete a row that never left the draft; its history keeps it.

    Raises RowLocked for any other status: such a row is cancelled with a reason instead.
    """
    row = _locked(item)
    _may_edit(reach, row)
    if row.status != PlanStatus.DRAFT:
        raise RowLocked(_("Only drafts are deleted. Cancel the row and say why."))
    with pghistory.context(account=account.pk):
        row.delete()


def delete_drafts(*, account: Account, reach: Reach, items: Iterable[PlanItem]) -> Bulk:
    """Delete those rows that are drafts; say of the others why not."""
    done, refused = 0, []
    for item in items:
        try:
            delete_draft(account=account, reach=reach, item=item)
            done += 1
        except PersonError as error:
            refused.append((item, str(error.message)))
    return Bulk(done, refused)


def do_with_many(
    *, account: Account, reach: Reach, items: Iterable[PlanItem], do: str, reason: str = ""
) -> Bulk:
    """Delete drafts (`do` "delete") or take the rows to the status that `do` names."""
    if do == "delete":
        return delete_drafts(account=account, reach=reach, items=items)
    return change_status_of_many(
        account=account, reach=reach, items=items, status=PlanStatus(do), reason=reason
    )


def allowed_steps(reach: Reach, item: PlanItem) -> list[PlanStatus]:
    """Return the statuses to which the person may take a row; results are entered elsewhere."""
    roles = reach.roles_on(item)
    return [
        status
        for status, allowed in TRANSITIONS[PlanStatus(item.status)].items()
        if roles & allowed and PlanStatus.HELD not in (status, item.status)
    ]


def may_edit(reach: Reach, item: PlanItem) -> bool:
    """Whether the person may edit what the row plans, in its present status."""
    roles = reach.roles_on(item)
    if item.status in LOCKED or not roles:
        return False
    return Role.ORGANISER in roles or item.status in HOSTS_OWN


def check_row(item: PlanItem) -> None:
    """Raise RowRefused where a row contradicts itself, its region or its campaign."""
    if item.activity_id is None:
        _refuse(_("Choose an activity of the concept."))
    if item.activity.campaign_id != item.campaign_id or item.activity.withdrawn_at is not None:
        _refuse(_("This activity is not in the concept of the campaign."))
    if item.starts_on is None or item.ends_on is None:
        _refuse(_("Write the dates."))
    if item.ends_on < item.starts_on:
        _refuse(_("The row ends before it starts."))
    if item.district_id is not None and item.district and item.district.region_id != item.region_id:
        _refuse(_("The district lies in another region."))
    if (
        item.organisation_id is not None
        and item.organisation
        and item.organisation.region_id != item.region_id
    ):
        _refuse(_("The organisation is of another region."))
    if item.ends_at is not None and item.starts_at is not None and item.ends_at < item.starts_at:
        _refuse(_("The row ends before it starts."))


def _may_edit(reach: Reach, row: PlanItem) -> None:
    if not reach.roles_on(row):
        raise Forbidden(_("This row belongs to another region or organisation."))
    if row.status in LOCKED:
        raise RowLocked(
            _("What was held is not planned any more: take the result back first.")
            if row.status == PlanStatus.HELD
            else _("A cancelled row is not edited: take it back to the drafts first.")
        )
    if not may_edit(reach, row):
        raise RowLocked(
            _("The organiser has taken this row into the plan: ask there for a change.")
        )


def _organiser_only(reach: Reach, row: PlanItem) -> None:
    if Role.ORGANISER not in reach.roles_on(row):
        raise Forbidden(_("You plan for another district: choose your own."))


def _may_step(reach: Reach, row: PlanItem, status: PlanStatus) -> None:
    before = PlanStatus(row.status)
    if status == PlanStatus.HELD:
        raise StepNotAllowed(_("A row becomes held when its result is entered."))
    if before == PlanStatus.HELD:
        raise StepNotAllowed(_("Take the result back on the page of the result."))
    roles = reach.roles_on(row)
    if not roles:
        raise Forbidden(_("This row belongs to another region or organisation."))
    allowed = TRANSITIONS[before].get(status)
    if allowed is None:
        raise StepNotAllowed(
            _("“%(before)s” cannot become “%(after)s”.")
            % {"before": before.label, "after": status.label}
        )
    if not roles & allowed:
        raise StepNotAllowed(_("This step is the organiser's."))


def _locked(item: PlanItem) -> PlanItem:
    return PlanItem.objects.select_for_update(of=("self",)).get(pk=item.pk)


def _by_column(values: Mapping[str, Any]) -> dict[str, Any]:
    """Name relations by their column, so that versions of a row compare."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        column = f"{name}_id" if name in RELATIONS else name
        columns[column] = value.pk if isinstance(value, Model) else value
    unknown = columns.keys() - set(PLANNED_FIELDS)
    if unknown:
        raise ValueError(f"Not planned fields: {unknown}")
    return columns


def _put(item: PlanItem, values: Mapping[str, Any]) -> None:
    for name, value in _by_column(values).items():
        setattr(item, name, value)


def _save(row: PlanItem, account: Account) -> PlanItem:
    row.revision += 1
    row.updated_at = clock.now()
    with pghistory.context(account=account.pk):
        row.save()
    return row

"""Hosts adopt activities; organisers approve or send back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import Format
from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden, PersonError
from bala.kernel.revisions import changes
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.access.campaigns import reach_of
from bala.programme.enums import TRANSITIONS, PlanStatus
from bala.programme.models import Activity, Block, Campaign, PlanItem
from bala.territory.models import Organisation

# What a host says of a row; the rest is the organiser's.
HOST_FIELDS = (
    "title_kk",
    "title_ru",
    "title_en",
    "responsible",
    "starts_on",
    "ends_on",
    "starts_at",
    "ends_at",
    "format",
    "place",
    "venue_kind",
    "venue_capacity",
    "venue_area_m2",
    "adaptations",
    "expected_children",
    "expected_adults",
)
# While it is in one of these, the row is the host's to edit.
HOSTS_OWN = (PlanStatus.PROPOSED, PlanStatus.DRAFT)


class NotInCampaign(PersonError):
    """The organisation's region takes no part in the campaign."""


class NotProposed(PersonError):
    """The row is no proposal (any more)."""


class ReasonMissing(PersonError):
    """A proposal is sent back without a word."""


class BadDates(PersonError):
    """The row ends before it starts."""


@transaction.atomic
def adopt_activity(
    *,
    account: Account,
    organisation: Organisation,
    activity: Activity,
    key: str,
    values: Mapping[str, Any],
) -> PlanItem:
    """Propose a row of the organisation's own for an activity and return it.

    `key` is the public id that the form was given: the same form sent twice makes one row. `values`
    are some of HOST_FIELDS. Raises Forbidden, NotInCampaign, BadDates.
    """
    # Two clicks at once queue up behind the organisation's row.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    made_before = PlanItem.objects.filter(public_id=key).first()
    if made_before is not None:
        if made_before.created_by_id != account.pk:
            raise Forbidden(_("This form was already sent by somebody else. Open it again."))
        return made_before
    _check_host(account, activity.campaign, organisation)
    item = _proposed(account, organisation, activity)
    item.public_id = key
    _put(item, values)
    item.save(force_insert=True)
    return item


@transaction.atomic
def adopt_block(
    *,
    account: Account,
    organisation: Organisation,
    block: Block,
    starts_on: date,
    ends_on: date,
    form: Format,
    expected_children: int,
) -> list[PlanItem]:
    """Propose a row for each activity of a block that the organisation has not adopted yet.

    An activity with dates of its own in the concept keeps them; the others are proposed for the
    given period. Doing it twice adds nothing. Raises Forbidden, NotInCampaign, BadDates.
    """
    _check_host(account, block.campaign, organisation)
    # Two clicks at once queue up behind the organisation's row.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    adopted = set(
        PlanItem.objects.filter(campaign=block.campaign, organisation=organisation)
        .exclude(status=PlanStatus.CANCELLED)
        .values_list("activity_id", flat=True)
    )
    made = []
    standing = block.activities.filter(withdrawn_at__isnull=True).order_by("number")
    for activity in standing.exclude(pk__in=adopted).select_related("campaign"):
        item = _proposed(account, organisation, activity)
        own_start = activity.starts_on
        _put(
            item,
            {
                "starts_on": own_start or starts_on,
                "ends_on": (activity.ends_on or own_start) if own_start else ends_on,
                "format": form,
                "expected_children": expected_children,
                "place": str(organisation.name)[:300] if form != Format.ONLINE else "",
            },
        )
        item.save(force_insert=True)
        made.append(item)
    return made


@transaction.atomic
def edit_own_row(
    *,
    account: Account,
    item: PlanItem,
    revision: int,
    values: Mapping[str, Any],
    propose: bool = False,
) -> PlanItem:
    """Write a host's own row while it is not approved; `propose` sends a returned one in again.

    `revision` is that of the row which the person saw. Raises Forbidden, NotProposed once the
    organiser has taken it, BadDates, RowConflict where somebody else changed the same since.
    """
    row = _locked(item)
    _check_role(account, row, Role.HOST)
    if row.status not in HOSTS_OWN:
        raise NotProposed(
            _("The organiser has taken this row into the plan: ask there for a change.")
        )
    _put(row, changes(row, revision=revision, values=values))
    if propose and row.status == PlanStatus.DRAFT:
        _step(row, PlanStatus.PROPOSED, Role.HOST)
    return _save(row)


@transaction.atomic
def approve_proposal(*, account: Account, item: PlanItem, revision: int) -> PlanItem:
    """Take a proposal into the region's plan; doing it twice does it once.

    Raises Forbidden, NotProposed, or EditConflict where the host changed it since `revision`.
    """
    row = _locked(item)
    _check_role(account, row, Role.ORGANISER)
    if row.status == PlanStatus.APPROVED and row.revision == revision + 1:
        return row
    _check_proposed(row)
    _check_revision(row, revision)
    _step(row, PlanStatus.APPROVED, Role.ORGANISER)
    return _save(row)


@transaction.atomic
def send_back_proposal(*, account: Account, item: PlanItem, revision: int, reason: str) -> PlanItem:
    """Give a proposal back to its host, with the reason that the host will read.

    Raises Forbidden, NotProposed, ReasonMissing, EditConflict.
    """
    row = _locked(item)
    _check_role(account, row, Role.ORGANISER)
    reason = reason.strip()[:300]
    if row.status == PlanStatus.DRAFT and row.status_reason == reason:
        return row
    _check_proposed(row)
    if not reason:
        raise ReasonMissing(_("Write what the host should change."))
    _check_revision(row, revision)
    _step(row, PlanStatus.DRAFT, Role.ORGANISER)
    row.status_reason = reason
    return _save(row)


@transaction.atomic
def withdraw_own_row(*, account: Account, item: PlanItem, revision: int, reason: str) -> PlanItem:
    """Take back what one has proposed; the row stays, cancelled, with the reason."""
    row = _locked(item)
    _check_role(account, row, Role.HOST)
    reason = reason.strip()[:300]
    if row.status == PlanStatus.CANCELLED:
        return row
    if row.status not in HOSTS_OWN:
        raise NotProposed(
            _("The organiser has taken this row into the plan: ask there for a change.")
        )
    if not reason:
        raise ReasonMissing(_("Write why you take it back."))
    _check_revision(row, revision)
    _step(row, PlanStatus.CANCELLED, Role.HOST)
    row.status_reason = reason
    return _save(row)


def _proposed(account: Account, organisation: Organisation, activity: Activity) -> PlanItem:
    return PlanItem(
        campaign=activity.campaign,
        activity=activity,
        region_id=organisation.region_id,
        district_id=organisation.district_id,
        organisation=organisation,
        title_kk=activity.title_kk[:300],
        title_ru=activity.title_ru[:300],
        title_en=activity.title_en[:300],
        status=PlanStatus.PROPOSED,
        created_by=account,
    )


def _check_host(account: Account, campaign: Campaign, organisation: Organisation) -> None:
    if organisation.pk not in reach_of(account, campaign).organisation_ids:
        raise Forbidden(_("You do not host for this organisation."))
    if not campaign.regions.filter(pk=organisation.region_id).exists():
        raise NotInCampaign(_("The region of your organisation takes no part in the campaign."))


def _check_role(account: Account, row: PlanItem, role: Role) -> None:
    if role not in reach_of(account, row.campaign).roles_on(row):
        raise Forbidden(_("This row belongs to another region or organisation."))


def _check_proposed(row: PlanItem) -> None:
    if row.status != PlanStatus.PROPOSED:
        raise NotProposed(
            _("This row is no longer a proposal: it is %(status)s.")
            % {"status": PlanStatus(row.status).label}
        )


def _check_revision(row: PlanItem, revision: int) -> None:
    if row.revision != revision:
        raise EditConflict(
            _("Somebody changed this row while you were writing. Look at it again, then save.")
        )


def _step(row: PlanItem, status: PlanStatus, role: Role) -> None:
    allowed = TRANSITIONS[PlanStatus(row.status)].get(status, frozenset())
    if role not in allowed:
        raise Forbidden(_("You may not take this step."))
    row.status = status
    row.status_reason = ""


def _put(row: PlanItem, values: Mapping[str, Any]) -> None:
    unknown = values.keys() - set(HOST_FIELDS)
    if unknown:
        raise ValueError(f"Not a host's fields: {unknown}")
    for name, value in values.items():
        setattr(row, name, value)
    if row.ends_on < row.starts_on:
        raise BadDates(_("The row ends before it starts."))


def _locked(item: PlanItem) -> PlanItem:
    return (
        PlanItem.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=item.pk)
    )


def _save(row: PlanItem) -> PlanItem:
    row.revision += 1
    row.updated_at = clock.now()
    row.save()
    return row

"""Giving and taking rights, and the accounts that come with them."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock, queue
from bala.kernel.errors import Forbidden, PersonError
from bala.people.access import GivingReach
from bala.people.enums import Role
from bala.people.models import Account, RoleGrant
from bala.territory.models import District, Organisation, Region


class ScopeMissing(PersonError):
    """The role needs a region or an organisation."""


class AlreadyHeld(PersonError):
    """The person holds this role in this scope."""


class LastCoordinator(PersonError):
    """A campaign cannot be left without a coordinator."""


@transaction.atomic
def give_role(
    *,
    reach: GivingReach,
    email: str,
    full_name: str,
    language: str,
    role: Role,
    region: Region | None = None,
    district: District | None = None,
    organisation: Organisation | None = None,
    reason: str = "",
) -> RoleGrant:
    """Give a role to whoever has the address; a new person gets an account and an invitation.

    Raises ScopeMissing, AlreadyHeld, or Forbidden when the scope is not the giver's to give.
    """
    if role is Role.HOST and organisation is None:
        raise ScopeMissing(_("A host belongs to an organisation: choose it."))
    if role is Role.ORGANISER and region is None:
        raise ScopeMissing(_("An organiser belongs to a region: choose it."))
    if role is Role.HOST and organisation is not None:
        region, district = organisation.region, None
    elif role in (Role.COORDINATOR, Role.EDITOR):
        region = district = None
    if role is not Role.HOST:
        organisation = None
    if not reach.may_give(
        role,
        region_id=region.pk if region else None,
        district_id=district.pk if district else None,
        organisation=organisation,
    ):
        raise Forbidden(_("You may not give this role there."))
    account, is_new = _account(email=email, full_name=full_name, language=language)
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                account=account,
                role=role,
                campaign_slug=reach.campaign_slug,
                region=region,
                district=district,
                organisation=organisation,
                reason=reason,
                given_by=reach.giver if reach.giver.pk else None,
            )
    except IntegrityError as error:
        raise AlreadyHeld(_("This person holds this role there already.")) from error
    queue.defer("people.send_invitation", grant_id=grant.pk, is_new=is_new)
    return grant


@transaction.atomic
def take_role(*, taker: Account, grant: RoleGrant) -> None:
    """Take a right away; it stays on record with who took it and when.

    Raises LastCoordinator for the only coordinator of a campaign.
    """
    locked = RoleGrant.objects.select_for_update().filter(
        role=grant.role, campaign_slug=grant.campaign_slug, taken_at__isnull=True
    )
    in_force = {found.pk: found for found in locked.order_by("pk")}
    if grant.pk not in in_force:
        return
    if grant.role == Role.COORDINATOR and len(in_force) == 1:
        raise LastCoordinator(
            _("This is the campaign's only coordinator. Give the role to somebody else first.")
        )
    found = in_force[grant.pk]
    found.taken_by = taker
    found.taken_at = clock.now()
    found.save(update_fields=["taken_by", "taken_at"])


@transaction.atomic
def found_campaign_rights(*, account: Account, campaign_slug: str, reason: str) -> RoleGrant:
    """Make a person the coordinator of a campaign that nobody coordinates yet."""
    grant, _made = RoleGrant.objects.get_or_create(
        account=account,
        role=Role.COORDINATOR,
        campaign_slug=campaign_slug,
        taken_at=None,
        defaults={"reason": reason},
    )
    return grant


def _account(*, email: str, full_name: str, language: str) -> tuple[Account, bool]:
    known = Account.objects.filter(email=email.lower()).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            return (
                Account.objects.create_user(email, None, full_name=full_name, language=language),
                True,
            )
    except IntegrityError:  # somebody else invited the person at the same moment
        return Account.objects.get(email=email.lower()), False

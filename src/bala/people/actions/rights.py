"""Giving and taking rights, and the accounts that come with them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bala.kernel import clock, queue
from bala.kernel.errors import Forbidden, PersonError
from bala.people.access import GivingReach
from bala.people.enums import ROLE_SCOPES, Role
from bala.people.models import Account, RoleGrant
from bala.territory.enums import OrganisationKind
from bala.territory.models import District, Organisation, Region


class ScopeMissing(PersonError):
    """The role needs a region or an organisation."""


_MISSING: dict[tuple[Role | None, str], StrOrPromise] = {
    (Role.HOST, "organisation"): _("A host belongs to an organisation: choose it."),
    (Role.ORGANISER, "region"): _("An organiser belongs to a region: choose it."),
    (None, "organisation"): _("This role is held in an organisation: choose it."),
    (None, "region"): _("This role is held in a region: choose it."),
}
# Organisations that can be the legal representative of children.
HOMES = (OrganisationKind.ORPHANAGE, OrganisationKind.BOARDING_SCHOOL)


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
    block: int | None = None,
    reason: str = "",
) -> RoleGrant:
    """Give a role to whoever has the address; a new person gets an account and an invitation.

    What the role is not held within (enums.ROLE_SCOPES) is left out of the scope.

    Raises ScopeMissing, AlreadyHeld, or Forbidden when the scope is not the giver's to give.
    """
    needed, besides = ROLE_SCOPES[role]
    given = {
        "region": region,
        "district": district,
        "organisation": organisation,
        "block": block,
    }
    for name in sorted(needed):
        if given[name] is None:
            raise ScopeMissing(_MISSING.get((role, name)) or _MISSING[None, name])
    if role is Role.REPRESENTATIVE and organisation and organisation.kind not in HOMES:
        raise ScopeMissing(_("Only a children's home or a boarding school represents children."))
    scope: dict[str, Any] = {
        name: value for name, value in given.items() if name in needed | besides
    }
    if role in (Role.HOST, Role.REPRESENTATIVE) and organisation is not None:
        scope["region"] = organisation.region
    region, district = scope.get("region"), scope.get("district")
    organisation, block = scope.get("organisation"), scope.get("block")
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
                block=block,
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

"""Who may give and take rights.

A superuser may all; a coordinator gives every role in the own campaign; the organiser of a region
gives roles within that region: organisers of its districts, hosts of its organisations, and its
inspectors, jurors and lawyers.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import Role
from bala.people.models import Account, RoleGrant
from bala.people.queries.rights import Scope, rights_of
from bala.territory.models import Organisation

Person = Account | AnonymousUser

# Those whose work lies in one region: its organiser finds them.
HELPERS = (Role.INSPECTOR, Role.JUROR, Role.LAWYER)


@dataclass(frozen=True, slots=True)
class GivingReach:
    """Which rights a person may give and take in a campaign."""

    giver: Account
    campaign_slug: str
    gives_all: bool
    regions: tuple[Scope, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may be given."""
        return tuple(Role) if self.gives_all else (Role.ORGANISER, Role.HOST, *HELPERS)

    @property
    def region_ids(self) -> frozenset[int] | None:
        """The regions within which roles may be given; None: everywhere."""
        if self.gives_all:
            return None
        return frozenset(s.region_id for s in self.regions if s.region_id is not None)

    def grants(self) -> QuerySet[RoleGrant]:
        """The rights in this campaign that the person may see, in force and taken."""
        here = RoleGrant.objects.filter(Q(campaign_slug=self.campaign_slug) | Q(campaign_slug=""))
        if self.gives_all:
            return here
        ids = self.region_ids or frozenset()
        return here.filter(Q(region_id__in=ids) | Q(organisation__region_id__in=ids))

    def may_give(
        self,
        role: Role,
        *,
        region_id: int | None,
        district_id: int | None,
        organisation: Organisation | None,
    ) -> bool:
        """Whether the role may be given (or taken) in that scope."""
        if self.gives_all:
            return True
        for scope in self.regions:
            if role is Role.HOST and organisation is not None:
                if organisation.region_id == scope.region_id and scope.district_id in (
                    None,
                    organisation.district_id,
                ):
                    return True
            elif role in HELPERS:
                if region_id == scope.region_id and scope.district_id in (None, district_id):
                    return True
            # An organiser of a whole region makes organisers of its districts, never an equal.
            elif (
                role is Role.ORGANISER
                and region_id == scope.region_id
                and scope.district_id is None
                and district_id is not None
            ):
                return True
        return False


def rights_giver(account: Person, campaign_slug: str) -> GivingReach:
    """Return what a person may give in a campaign, or raise Forbidden."""
    rights = rights_of(account)
    if isinstance(account, Account):
        gives_all = account.is_superuser or rights.has(Role.COORDINATOR, campaign_slug)
        regions = rights.within(Role.ORGANISER, campaign_slug)
        if gives_all or regions:
            return GivingReach(account, campaign_slug, gives_all, regions)
    raise Forbidden(_("Rights are given by the coordinator and by regional organisers."))


def takeable_grant(account: Person, campaign_slug: str, public_id: str) -> RoleGrant:
    """Return a right in force that the person may take away, or raise."""
    reach = rights_giver(account, campaign_slug)
    grant = (
        reach.grants()
        .select_related("account", "organisation", "region", "district")
        .filter(public_id=public_id, taken_at__isnull=True)
        .first()
    )
    if grant is None:
        raise NotHere(_("This right is not in force, or it is not yours to take."))
    if not reach.may_give(
        Role(grant.role),
        region_id=grant.region_id,
        district_id=grant.district_id,
        organisation=grant.organisation,
    ):
        raise Forbidden(_("This right was given from above; you may not take it."))
    return grant

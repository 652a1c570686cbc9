"""Who may see and write organisations and districts, and whose.

They belong to no campaign, so a right in any campaign counts: coordinators reach the whole country,
organisers their own regions.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import Role
from bala.people.models import Account
from bala.people.queries import rights_of
from bala.programme.access.campaigns import Person
from bala.territory.models import District, ListImport, Organisation, Region


@dataclass(frozen=True, slots=True)
class CountryReach:
    """The regions whose organisations a person looks after."""

    account: Account
    region_ids: frozenset[int] | None  # None: all

    def regions(self) -> QuerySet[Region]:
        """The regions within reach."""
        regions = Region.objects.order_by("pk")
        return regions if self.region_ids is None else regions.filter(pk__in=self.region_ids)


def country_at_work(account: Person) -> CountryReach:
    """Return how far a person looks after organisations, or raise Forbidden."""
    rights = rights_of(account)
    if isinstance(account, Account):
        if rights.has(Role.COORDINATOR):
            return CountryReach(account, None)
        scopes = rights.scopes.get(Role.ORGANISER, ())
        # An organiser of a district leaves the region's list to the region.
        ids = frozenset(
            s.region_id for s in scopes if s.region_id is not None and not s.district_id
        )
        if ids:
            return CountryReach(account, ids)
    raise Forbidden(_("Organisations are looked after by coordinators and regional organisers."))


def organisation_at_work(account: Person, public_id: str) -> tuple[CountryReach, Organisation]:
    """Return an organisation that the person may write, or raise."""
    reach = country_at_work(account)
    organisation = (
        Organisation.objects.select_related("region", "district")
        .filter(public_id=public_id)
        .first()
    )
    if organisation is None:
        raise NotHere(_("There is no such organisation."))
    if reach.region_ids is not None and organisation.region_id not in reach.region_ids:
        raise Forbidden(_("This region is organised by somebody else."))
    return reach, organisation


def district_at_work(account: Person, pk: int) -> tuple[CountryReach, District]:
    """Return a district that the person may write, or raise."""
    reach = country_at_work(account)
    district = District.objects.select_related("region").filter(pk=pk).first()
    if district is None:
        raise NotHere(_("There is no such district."))
    if reach.region_ids is not None and district.region_id not in reach.region_ids:
        raise Forbidden(_("This region is organised by somebody else."))
    return reach, district


def list_at_work(account: Person, public_id: str) -> tuple[CountryReach, ListImport]:
    """Return a list that the person has sent in, or raise."""
    reach = country_at_work(account)
    kept = ListImport.objects.filter(public_id=public_id, owner=reach.account.public_id).first()
    if kept is None:
        raise NotHere(_("There is no such import."))
    return reach, kept

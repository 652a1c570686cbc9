"""Who issues, who approves, and whose certificates a person may open.

A coordinator reaches all of the campaign; an organiser what is issued for the own region (or by the
houses of the own district); a host what is issued for the own organisation. Families open their own.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.certificates.enums import ISSUED, CampaignWords, DesignState, PrintState
from bala.certificates.models import Batch, Certificate, Design, PrintRun
from bala.certificates.queries.certificates import certificates_of_family, with_all
from bala.certificates.queries.verification import Verified, as_code, verified
from bala.certificates.queries.wording import campaign_named
from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import Role
from bala.people.models import Account
from bala.people.queries import Scope, rights_of
from bala.territory.models import Organisation, Region

Person = Account | AnonymousUser


@dataclass(frozen=True, slots=True)
class IssuingPlace:
    """For whom somebody issues: the country, a region, or an organisation of it."""

    region: Region | None = None
    organisation: Organisation | None = None

    @property
    def key(self) -> str:
        """Its name in a form."""
        if self.organisation is not None:
            return f"organisation-{self.organisation.pk}"
        return f"region-{self.region.pk}" if self.region is not None else "country"

    @property
    def label(self) -> str:
        """How people call it."""
        return str(self.organisation or self.region or _("the whole campaign"))


@dataclass(frozen=True, slots=True)
class Office:
    """Where certificates of a campaign are made: whose it is, and how far it reaches."""

    account: Account
    campaign: CampaignWords
    is_coordinator: bool
    organiser: tuple[Scope, ...]
    host: tuple[Scope, ...]

    @property
    def slug(self) -> str:
        """The campaign's slug."""
        return self.campaign.slug

    def _reach(self, organisation: str) -> Q:
        """What is the person's own, of rows with a region and a column that names the house."""
        if self.is_coordinator:
            return Q(campaign_slug=self.slug)
        mine = Q(pk__in=[])
        for scope in self.organiser:
            narrowed = Q(region_id=scope.region_id)
            if scope.district_id is not None:
                narrowed &= Q(**{f"{organisation}__district_id": scope.district_id})
            mine |= narrowed
        houses = [scope.organisation_id for scope in self.host]
        mine |= Q(**{f"{organisation}_id__in": houses})
        return Q(campaign_slug=self.slug) & mine

    def certificates(self) -> QuerySet[Certificate]:
        """What was issued within reach."""
        return Certificate.objects.filter(
            self._reach("issuing_organisation") | Q(campaign_slug=self.slug, issued_by=self.account)
        )

    def batches(self) -> QuerySet[Batch]:
        """The lists within reach."""
        return Batch.objects.filter(
            self._reach("organisation") | Q(campaign_slug=self.slug, made_by=self.account)
        )

    def own_designs(self) -> QuerySet[Design]:
        """The designs that the person may edit and retire."""
        return Design.objects.filter(self._reach("organisation"))

    def designs(self) -> QuerySet[Design]:
        """The designs that the person sees: the own ones, and what was approved above them."""
        above = Q(state=DesignState.APPROVED, organisation__isnull=True) & (
            Q(region__isnull=True) | Q(region_id__in=self._region_ids())
        )
        return Design.objects.filter(
            self._reach("organisation") | Q(campaign_slug=self.slug) & above
        )

    def usable_designs(self) -> QuerySet[Design]:
        """The designs that the person may issue of."""
        return self.designs().filter(state=DesignState.APPROVED)

    def _region_ids(self) -> list[int]:
        own = [scope.region_id for scope in self.organiser if scope.region_id is not None]
        houses = Organisation.objects.filter(pk__in=[scope.organisation_id for scope in self.host])
        return own + list(houses.order_by("pk").values_list("region_id", flat=True))

    def may_approve(self, design: Design) -> bool:
        """Whether the person may approve a design: coordinators all, an organiser the region's."""
        if self.is_coordinator:
            return True
        return design.region_id is not None and any(
            scope.region_id == design.region_id and scope.district_id is None
            for scope in self.organiser
        )

    def may_edit(self, design: Design) -> bool:
        """Whether the design is the person's own."""
        return self.own_designs().filter(pk=design.pk).exists()

    def places(self) -> list[IssuingPlace]:
        """For whom the person may issue, the widest first."""
        found: list[IssuingPlace] = [IssuingPlace()] if self.is_coordinator else []
        ids = [scope.region_id for scope in self.organiser if scope.region_id is not None]
        found += [IssuingPlace(one) for one in Region.objects.filter(pk__in=ids)]
        houses = Organisation.objects.select_related("region").filter(
            pk__in=[scope.organisation_id for scope in self.host]
        )
        found += [IssuingPlace(one.region, one) for one in houses.order_by("sort_key", "pk")]
        return found


def office_of(account: Person, slug: str) -> Office:
    """Return the person's office in a campaign; raise NotHere or Forbidden."""
    campaign = campaign_named(slug)
    if campaign is None:
        raise NotHere(_("There is no such campaign."))
    rights = rights_of(account)
    if isinstance(account, Account):
        office = Office(
            account,
            campaign,
            rights.has(Role.COORDINATOR, slug),
            rights.within(Role.ORGANISER, slug),
            rights.within(Role.HOST, slug),
        )
        if office.is_coordinator or office.organiser or office.host:
            return office
    raise Forbidden(_("Certificates are issued by coordinators, organisers and hosts."))


def design_in_office(account: Person, slug: str, public_id: str) -> tuple[Office, Design]:
    """Return a design that the person sees, or raise."""
    office = office_of(account, slug)
    design = (
        office.designs()
        .select_related("region", "organisation", "approved_by")
        .filter(public_id=public_id)
        .first()
    )
    if design is None:
        raise NotHere(_("There is no such design."))
    return office, design


def editable_design(account: Person, slug: str, public_id: str) -> tuple[Office, Design]:
    """Return a design of the person's own, or raise."""
    office, design = design_in_office(account, slug, public_id)
    if not office.may_edit(design):
        raise Forbidden(_("This design was made above you: copy it to change it."))
    return office, design


def approvable_design(account: Person, slug: str, public_id: str) -> tuple[Office, Design]:
    """Return a design that the person may approve, or raise."""
    office, design = design_in_office(account, slug, public_id)
    if not office.may_approve(design):
        raise Forbidden(_("Designs are approved by the organiser of the region or a coordinator."))
    return office, design


def certificate_in_office(account: Person, slug: str, public_id: str) -> tuple[Office, Certificate]:
    """Return a certificate that was issued within the person's reach, or raise."""
    office = office_of(account, slug)
    found = (
        with_all(office.certificates())
        .select_related("issued_by", "revoked_by", "issuing_organisation", "batch")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotHere(_("There is no such certificate."))
    return office, found


def batch_in_office(account: Person, slug: str, public_id: str) -> tuple[Office, Batch]:
    """Return a list within the person's reach, or raise."""
    office = office_of(account, slug)
    found = office.batches().select_related("design", "made_by").filter(public_id=public_id).first()
    if found is None:
        raise NotHere(_("There is no such list."))
    return office, found


def print_in_office(account: Person, slug: str, public_id: str, name: str) -> PrintRun:
    """Return a file of a list that is ready, or raise."""
    _office, batch = batch_in_office(account, slug, public_id)
    found = batch.prints.filter(public_id=name, state=PrintState.READY).first()
    if found is None:
        raise NotHere(_("This file is not ready, or its days are over."))
    return found


def own_certificates(account: Person) -> QuerySet[Certificate]:
    """Return what was issued to the person or the family; raise Forbidden for a visitor."""
    if not isinstance(account, Account):
        raise Forbidden(_("Sign in to see your certificates."))
    return with_all(certificates_of_family(account))


def own_certificate(account: Person, public_id: str) -> Certificate:
    """Return a certificate of the person's own or of the own child, or raise NotHere."""
    if isinstance(account, Account):
        found = own_certificates(account).filter(public_id=public_id).first()
        if found is not None:
            return found
    raise NotHere(_("There is no such certificate."))


def known_achievement(public_id: str) -> Design:
    """Return a design that badges stand for, or raise NotHere: drafts and posters stand for none."""
    found = (
        Design.objects.filter(public_id=public_id, kind__in=ISSUED)
        .exclude(state=DesignState.DRAFT)
        .first()
    )
    if found is None:
        raise NotHere(_("There is no such design."))
    return found


def verified_certificate(typed: str) -> Verified:
    """Return what the public may read of a certificate by its code, or raise NotHere."""
    code = as_code(typed)
    found = verified(code) if code else None
    if found is None:
        raise NotHere(_("No certificate has this code."))
    return found

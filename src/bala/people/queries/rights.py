"""Who holds which right."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from bala.people.enums import Role
from bala.people.models import Account, RoleGrant


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a right holds: ids of rows; None means no narrowing on that level."""

    campaign_slug: str
    region_id: int | None
    district_id: int | None
    organisation_id: int | None
    block: int | None = None

    def covers_campaign(self, slug: str) -> bool:
        """Whether the right holds in the campaign `slug`."""
        return self.campaign_slug in ("", slug)


@dataclass(frozen=True, slots=True)
class Rights:
    """All rights in force of one person."""

    scopes: dict[Role, tuple[Scope, ...]] = field(default_factory=dict)

    def has(self, role: Role, campaign_slug: str | None = None) -> bool:
        """Whether the person holds `role` at all, or in the given campaign."""
        return any(
            campaign_slug is None or scope.covers_campaign(campaign_slug)
            for scope in self.scopes.get(role, ())
        )

    def within(self, role: Role, campaign_slug: str) -> tuple[Scope, ...]:
        """The scopes of `role` that hold in a campaign."""
        return tuple(s for s in self.scopes.get(role, ()) if s.covers_campaign(campaign_slug))

    def __bool__(self) -> bool:
        return bool(self.scopes)


def rights_of(account: Account | AnonymousUser) -> Rights:
    """Return the rights in force; one query for each account object, none for a visitor."""
    if not isinstance(account, Account):
        return Rights()
    known = account.__dict__.get("_rights")
    if isinstance(known, Rights):
        return known
    found: dict[Role, list[Scope]] = {}
    for grant in RoleGrant.objects.filter(account=account, taken_at__isnull=True).order_by("pk"):
        found.setdefault(Role(grant.role), []).append(
            Scope(
                grant.campaign_slug,
                grant.region_id,
                grant.district_id,
                grant.organisation_id,
                grant.block,
            )
        )
    rights = Rights({role: tuple(scopes) for role, scopes in found.items()})
    account.__dict__["_rights"] = rights
    return rights


def grants_matching(
    grants: QuerySet[RoleGrant],
    *,
    text: str = "",
    role: str = "",
    region: str = "",
    taken: bool | None = False,
) -> QuerySet[RoleGrant]:
    """Narrow rights to a role, a region (its ISO code) and names or addresses that contain `text`.

    `taken` shows those that were taken away instead of those in force; None both: the history.
    """
    found = grants.select_related(
        "account", "region", "district", "organisation", "given_by", "taken_by"
    )
    if taken is not None:
        found = found.filter(taken_at__isnull=not taken)
    if region:
        found = found.filter(Q(region__iso_code=region) | Q(organisation__region__iso_code=region))
    if role:
        found = found.filter(role=role)
    if text.strip():
        found = found.filter(
            Q(account__full_name__icontains=text.strip())
            | Q(account__email__icontains=text.strip())
        )
    return found.order_by("-given_at", "pk")


def own_grants(account: Account | AnonymousUser) -> list[RoleGrant]:
    """Return the rights in force of the person, with their scopes."""
    if not isinstance(account, Account):
        return []
    return list(
        RoleGrant.objects.filter(account=account, taken_at__isnull=True)
        .select_related("region", "district", "organisation", "given_by")
        .order_by("pk")
    )

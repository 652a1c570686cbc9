"""Who may see and do what in a campaign: the only door from a request to its rows.

A coordinator reaches every region of the campaign; an organiser the region (or the district) of the
right; a host the rows of the own organisation. An editor reads all and writes texts only.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import Role
from bala.people.models import Account
from bala.people.queries import Scope, rights_of
from bala.programme.enums import CampaignStatus
from bala.programme.models import Activity, Block, Campaign, PlanItem
from bala.programme.queries.campaigns import current_campaign
from bala.territory.models import Region, name_regions_as_on

Person = Account | AnonymousUser


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a person reaches in a campaign; falsy for whoever has no part in it."""

    campaign: Campaign
    is_coordinator: bool
    is_editor: bool
    organiser: tuple[Scope, ...]
    host: tuple[Scope, ...]

    def __bool__(self) -> bool:
        return self.is_coordinator or self.is_editor or bool(self.organiser) or bool(self.host)

    @property
    def region_ids(self) -> frozenset[int] | None:
        """Ids of the regions that the person organises; None: all of them."""
        if self.is_coordinator:
            return None
        return frozenset(s.region_id for s in self.organiser if s.region_id is not None)

    @property
    def organisation_ids(self) -> frozenset[int]:
        """Ids of the organisations that the person hosts for."""
        return frozenset(s.organisation_id for s in self.host if s.organisation_id is not None)

    def plan_items(self) -> Q:
        """The rows of the plan that the person may read in the console, as a condition."""
        if self.is_coordinator or self.is_editor:
            return Q(campaign=self.campaign)
        mine = Q(pk__in=[])
        for scope in self.organiser:
            narrowed = Q(region_id=scope.region_id)
            if scope.district_id is not None:
                narrowed &= Q(district_id=scope.district_id)
            mine |= narrowed
        mine |= Q(organisation_id__in=self.organisation_ids)
        return Q(campaign=self.campaign) & mine

    def roles_on(self, item: PlanItem) -> frozenset[Role]:
        """The roles in which the person may write a row; empty: may not."""
        roles: set[Role] = set()
        if self.is_coordinator:
            roles |= {Role.COORDINATOR, Role.ORGANISER}
        for scope in self.organiser:
            if scope.region_id == item.region_id and scope.district_id in (None, item.district_id):
                roles.add(Role.ORGANISER)
        if item.organisation_id is not None and item.organisation_id in self.organisation_ids:
            roles.add(Role.HOST)
        return frozenset(roles)


def reach_of(account: Person, campaign: Campaign) -> Reach:
    """Return how far a person reaches in a campaign; no query beyond the person's rights."""
    rights = rights_of(account)
    return Reach(
        campaign=campaign,
        is_coordinator=rights.has(Role.COORDINATOR, campaign.slug),
        is_editor=rights.has(Role.EDITOR, campaign.slug),
        organiser=rights.within(Role.ORGANISER, campaign.slug),
        host=rights.within(Role.HOST, campaign.slug),
    )


def campaign_of_the_day() -> Campaign | None:
    """Return the campaign that the public is shown on pages that name none; None before the first."""
    campaign = current_campaign()
    if campaign is not None:
        name_regions_as_on(campaign.starts_on)
    return campaign


def published_campaign(slug: str) -> Campaign:
    """Return a campaign that the public may see, or raise NotHere."""
    campaign = Campaign.objects.filter(slug=slug).exclude(status=CampaignStatus.DRAFT).first()
    if campaign is None:
        raise NotHere(_("There is no such campaign."))
    name_regions_as_on(campaign.starts_on)
    return campaign


def published_block(campaign: Campaign, number: int) -> Block:
    """Return a block of a published campaign by its number, or raise NotHere."""
    block = campaign.blocks.filter(number=number, withdrawn_at__isnull=True).first()
    if block is None:
        raise NotHere(_("There is no such block."))
    return block


def published_activity(campaign: Campaign, public_id: str) -> Activity:
    """Return an activity of a published campaign, or raise NotHere."""
    activity = (
        campaign.activities.select_related("block")
        .filter(public_id=public_id, withdrawn_at__isnull=True)
        .first()
    )
    if activity is None:
        raise NotHere(_("There is no such activity."))
    return activity


def campaign_at_work(account: Person, slug: str) -> Reach:
    """Return the reach of a person who works in a campaign, or raise Forbidden or NotHere."""
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        raise NotHere(_("There is no such campaign."))
    reach = reach_of(account, campaign)
    if not reach:
        raise Forbidden(_("You have no part in this campaign. Ask its coordinator for a role."))
    name_regions_as_on(campaign.starts_on)
    return reach


def coordinated_campaign(account: Person, slug: str) -> Campaign:
    """Return a campaign that the person coordinates, or raise."""
    reach = campaign_at_work(account, slug)
    if not reach.is_coordinator:
        raise Forbidden(_("Only the campaign's coordinator may do this."))
    return reach.campaign


def organised_region(account: Person, slug: str, iso_code: str) -> tuple[Reach, Region]:
    """Return the reach and a region that the person organises (or coordinates), or raise."""
    reach = campaign_at_work(account, slug)
    region = reach.campaign.regions.filter(iso_code=iso_code).first()
    if region is None:
        raise NotHere(_("This region takes no part in the campaign."))
    if reach.region_ids is not None and region.pk not in reach.region_ids:
        raise Forbidden(_("This region is organised by somebody else."))
    return reach, region


def readable_plan_items(account: Person, slug: str) -> tuple[Reach, QuerySet[PlanItem]]:
    """Return the reach and the rows of plans that the person may read in the console."""
    reach = campaign_at_work(account, slug)
    return reach, PlanItem.objects.filter(reach.plan_items())


def writable_plan_item(account: Person, public_id: str) -> tuple[Reach, PlanItem]:
    """Return the reach and a row of a plan that the person may write, or raise."""
    item = (
        PlanItem.objects.select_related(
            "campaign", "activity__block", "region", "district", "organisation__region"
        )
        .filter(public_id=public_id)
        .first()
    )
    if item is None:
        raise NotHere(_("There is no such row of a plan."))
    reach = reach_of(account, item.campaign)
    if not reach.roles_on(item):
        raise Forbidden(_("This row belongs to another region or organisation."))
    name_regions_as_on(item.campaign.starts_on)
    return reach, item


def campaigns_of(account: Person) -> QuerySet[Campaign]:
    """Return the campaigns in which a person has a part, the latest first."""
    rights = rights_of(account)
    slugs = {scope.campaign_slug for scopes in rights.scopes.values() for scope in scopes}
    if "" in slugs:
        return Campaign.objects.all()
    return Campaign.objects.filter(slug__in=slugs)

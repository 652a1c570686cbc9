"""Who may see and write the rows of a region's plan."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.programme.access.campaigns import Person, Reach, campaign_at_work, organised_region
from bala.programme.models import PlanImport, PlanItem
from bala.territory.models import District, Region


def plans_at_work(account: Person, slug: str) -> Reach:
    """Return the reach of a person who reads or writes whole plans; a host has a page of its own."""
    reach = campaign_at_work(account, slug)
    if not (reach.is_coordinator or reach.is_editor or reach.organiser):
        raise Forbidden(_("Plans of regions are for organisers. Yours is under “My programme”."))
    return reach


def plan_of_region(
    account: Person, slug: str, iso_code: str
) -> tuple[Reach, Region, QuerySet[PlanItem]]:
    """Return the reach, a region, and those rows of its plan that the person may read, or raise."""
    reach = plans_at_work(account, slug)
    region = reach.campaign.regions.filter(iso_code=iso_code).first()
    if region is None:
        raise NotHere(_("This region takes no part in the campaign."))
    if not reach.is_editor and reach.region_ids is not None and region.pk not in reach.region_ids:
        raise Forbidden(_("This region is organised by somebody else."))
    return reach, region, PlanItem.objects.filter(reach.plan_items(), region=region)


def readable_plan_item(account: Person, public_id: str) -> tuple[Reach, PlanItem]:
    """Return the reach and a row of a plan that the person may read in the console, or raise."""
    item = (
        PlanItem.objects.select_related(
            "campaign", "activity__block", "region", "district", "organisation"
        )
        .filter(public_id=public_id)
        .first()
    )
    if item is None:
        raise NotHere(_("There is no such row of a plan."))
    reach = campaign_at_work(account, item.campaign.slug)
    if not (reach.is_editor or reach.roles_on(item)):
        raise Forbidden(_("This row belongs to another region or organisation."))
    return reach, item


def districts_of(reach: Reach, region: Region, *, keep: int | None = None) -> QuerySet[District]:
    """Return the districts of a region in which the person may write rows.

    One that is closed is not offered, but for the one to `keep`: a row that stands there may stay.
    """
    districts = District.objects.filter(Q(is_active=True) | Q(pk=keep), region=region)
    districts = districts.order_by("sort_key")
    if reach.is_coordinator:
        return districts
    own = [scope.district_id for scope in reach.organiser if scope.region_id == region.pk]
    if None in own:
        return districts
    return districts.filter(pk__in=[pk for pk in own if pk is not None])


def plan_import_at_work(
    account: Person, slug: str, iso_code: str, public_id: str
) -> tuple[Reach, PlanImport]:
    """Return the reach and a table that was sent in for a region which the person organises."""
    reach, region = organised_region(account, slug, iso_code)
    found = PlanImport.objects.select_related("region", "campaign").filter(
        public_id=public_id, region=region, campaign=reach.campaign
    )
    # The file and what was read of it can be many megabytes: read only where they are shown.
    if (one := found.defer("data", "table", "preview").first()) is None:
        raise NotHere(_("There is no such import."))
    return reach, one

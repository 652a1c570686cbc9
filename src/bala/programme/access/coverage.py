"""Who sees whose coverage: late and silent regions are for those who answer for them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.programme.access.campaigns import Person, Reach, campaign_at_work, coordinated_campaign
from bala.programme.models import Activity, Outcome, PlanItem
from bala.programme.queries.coverage import Filters
from bala.territory.models import Region


def coverage_at_work(account: Person, slug: str) -> tuple[Reach, Filters]:
    """Return the reach and the widest filters that the person may use, or raise.

    A coordinator and an editor see every region, an organiser the own region or districts.
    """
    reach = campaign_at_work(account, slug)
    if reach.is_coordinator or reach.is_editor:
        return reach, Filters()
    if not reach.organiser:
        raise Forbidden(_("Coverage is for those who organise a region."))
    whole = [scope for scope in reach.organiser if scope.district_id is None]
    if whole:
        return reach, Filters(
            regions=None
            if any(scope.region_id is None for scope in whole)
            else frozenset(scope.region_id for scope in whole if scope.region_id is not None)
        )
    return reach, Filters(
        regions=reach.region_ids,
        districts=frozenset(s.district_id for s in reach.organiser if s.district_id is not None),
    )


def activity_at_work(reach: Reach, public_id: str) -> Activity:
    """Return an activity of the campaign, or raise NotHere."""
    activity = (
        reach.campaign.activities.select_related("block")
        .filter(public_id=public_id, withdrawn_at__isnull=True)
        .first()
    )
    if activity is None:
        raise NotHere(_("There is no such activity."))
    return activity


def coordinated_activity(account: Person, slug: str, public_id: str) -> Activity:
    """Return an activity of a campaign that the person coordinates, or raise."""
    coordinated_campaign(account, slug)
    return activity_at_work(campaign_at_work(account, slug), public_id)


def cell_at_work(
    account: Person, slug: str, public_id: str, iso_code: str
) -> tuple[Reach, Filters, Activity, Region]:
    """Return reach, widest filters, activity and region of a cell that the person may open."""
    reach, widest = coverage_at_work(account, slug)
    activity = activity_at_work(reach, public_id)
    region = reach.campaign.regions.filter(iso_code=iso_code).first()
    if region is None:
        raise NotHere(_("This region takes no part in the campaign."))
    if widest.regions is not None and region.pk not in widest.regions:
        raise Forbidden(_("This region is organised by somebody else."))
    return reach, widest, activity, region


def activity_rows_at_work(
    account: Person, slug: str, public_id: str
) -> tuple[Reach, Filters, Activity]:
    """Return reach, widest filters and an activity whose rows the person may list, or raise.

    One that a later version withdrew is found too: its rows stay on record.
    """
    reach, widest = coverage_at_work(account, slug)
    activities = reach.campaign.activities.select_related("block")
    activity = activities.filter(public_id=public_id).first()
    if activity is None:
        raise NotHere(_("There is no such activity."))
    return reach, widest, activity


def rows_of_cell(
    widest: Filters, activity: Activity, region: Region | None = None
) -> QuerySet[PlanItem]:
    """Return the rows of the plan behind a cell, or in all regions, as far as the person reaches."""
    rows = PlanItem.objects.filter(_within(widest, region), activity=activity)
    return rows.select_related("organisation", "district", "region")


def outcomes_of_cell(
    widest: Filters, activity: Activity, region: Region | None = None
) -> QuerySet[Outcome]:
    """Return what came of those rows, figure by figure, the superseded ones too."""
    outcomes = Outcome.objects.filter(_within(widest, region), activity=activity)
    return outcomes.select_related("plan_item__organisation", "region", "recorded_by")


def _within(widest: Filters, region: Region | None) -> Q:
    within = Q()
    if region is not None:
        within &= Q(region=region)
    elif widest.regions is not None:
        within &= Q(region_id__in=widest.regions)
    if widest.districts is not None:
        within &= Q(district_id__in=widest.districts)
    return within

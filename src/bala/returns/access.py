"""Who may see and write returns and reports: the only door from a request to them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.programme.access.campaigns import (
    Person,
    Reach,
    campaign_at_work,
    coordinated_campaign,
    organised_region,
    published_campaign,
)
from bala.programme.models import Campaign
from bala.returns.enums import RunStatus
from bala.returns.models import RegionalReturn, ReportRun, ReturnVersion
from bala.returns.queries.figures import COUNTRY, FigureKey, parts_of
from bala.returns.queries.open_data import FILES, DataFile
from bala.returns.queries.returns import return_of
from bala.territory.models import District, Region


@dataclass(frozen=True, slots=True)
class ReturnDoor:
    """A region's return as a person may reach it; `one` is None where it is not begun."""

    campaign: Campaign
    region: Region
    one: RegionalReturn | None
    may_write: bool
    may_decide: bool


def readable_returns(account: Person, slug: str) -> Reach:
    """Return the reach of whoever may read returns: coordinator, editor, organisers; else raise."""
    reach = campaign_at_work(account, slug)
    if not (reach.is_coordinator or reach.is_editor or reach.organiser):
        raise Forbidden(_("Returns are read by the coordinator and by the organisers of regions."))
    return reach


def regions_to_read(reach: Reach) -> frozenset[int] | None:
    """Return the ids of the regions whose returns the person reads; None: all."""
    return None if reach.is_editor else reach.region_ids


def readable_return(account: Person, slug: str, iso_code: str) -> ReturnDoor:
    """Return the door to a region's return that the person may read, or raise."""
    reach = readable_returns(account, slug)
    if reach.is_editor:
        region = reach.campaign.regions.filter(iso_code=iso_code).first()
        if region is None:
            raise NotHere(_("This region takes no part in the campaign."))
    else:
        reach, region = organised_region(account, slug, iso_code)
    # The return speaks for the whole region: an organiser of one district reads it only.
    may_write = any(s.region_id == region.pk and s.district_id is None for s in reach.organiser)
    return ReturnDoor(
        reach.campaign, region, return_of(reach.campaign, region), may_write, reach.is_coordinator
    )


def writable_return(account: Person, slug: str, iso_code: str) -> ReturnDoor:
    """Return the door to a region's return that the person may write, or raise."""
    door = readable_return(account, slug, iso_code)
    if not door.may_write:
        raise Forbidden(_("The return is written by the organiser of the region."))
    return door


def decidable_return(account: Person, slug: str, iso_code: str) -> RegionalReturn:
    """Return a begun return that the person may decide on, or raise."""
    door = readable_return(account, slug, iso_code)
    if not door.may_decide:
        raise Forbidden(_("Only the campaign's coordinator may do this."))
    if door.one is None:
        raise NotHere(_("This region has not begun its return."))
    return door.one


def reports_at(account: Person, slug: str) -> Reach:
    """Return the reach of whoever may make and read reports, or raise."""
    return readable_returns(account, slug)


def readable_report(account: Person, slug: str, public_id: str) -> ReportRun:
    """Return a report that the person may read: organisers only those of their regions."""
    reach = reports_at(account, slug)
    run = (
        ReportRun.objects.filter(campaign=reach.campaign, public_id=public_id)
        .select_related("campaign", "region", "made_by")
        .first()
    )
    if run is None:
        raise NotHere(_("There is no such report."))
    _may_read_region(reach, run.region)
    return run


def finished_report(account: Person, slug: str, public_id: str) -> ReportRun:
    """Return a finished report that the person may read, or raise."""
    run = readable_report(account, slug, public_id)
    if run.status != RunStatus.DONE:
        raise NotHere(_("This report is not finished."))
    return run


def _may_read_region(reach: Reach, region: Region | None) -> None:
    ids = regions_to_read(reach)
    if ids is not None and (region is None or region.pk not in ids):
        raise Forbidden(_("This region is organised by somebody else."))


@dataclass(frozen=True, slots=True)
class FigureDoor:
    """A figure that a person may open, with what it was frozen in, if anything."""

    campaign: Campaign
    key: FigureKey
    region: Region | None
    frozen: ReportRun | ReturnVersion | None
    parts: dict[str, str]
    district: District | None = None


def readable_figure(
    account: Person, slug: str, key: str, *, report: str = "", version: str = ""
) -> FigureDoor:
    """Return the door to a figure, live or as a report or a version of a return froze it."""
    reach = readable_returns(account, slug)
    read = FigureKey.read(key)
    if read is None:
        raise NotHere(_("There is no such figure."))
    region = None
    if read.where != COUNTRY:
        region = Region.objects.filter(
            iso_code=read.where, campaign_regions__campaign=reach.campaign
        ).first()
        if region is None:
            raise NotHere(_("This region takes no part in the campaign."))
    _may_read_region(reach, region)
    district = None
    if read.district:
        district = District.objects.filter(pk=read.district, region=region).first()
        if district is None:
            raise NotHere(_("There is no such figure."))
    frozen: ReportRun | ReturnVersion | None = None
    if report:
        frozen = ReportRun.objects.filter(campaign=reach.campaign, public_id=report).first()
    elif version:
        frozen = ReturnVersion.objects.filter(
            regional_return__campaign=reach.campaign, public_id=version
        ).first()
    if (report or version) and (frozen is None or not frozen.figures):
        raise NotHere(_("There is no such report."))
    parts = frozen.figures["parts"] if frozen else parts_of(reach.campaign)
    if (read.block and read.block not in parts) or (
        read.activity and f"{read.block}.{read.activity}" not in parts
    ):
        raise NotHere(_("There is no such figure."))
    return FigureDoor(reach.campaign, read, region, frozen, parts, district)


def nudged_region(account: Person, slug: str, iso_code: str) -> tuple[Campaign, Region]:
    """Return the campaign and a region that its coordinator may ask for a return, or raise."""
    campaign = coordinated_campaign(account, slug)
    region = campaign.regions.filter(iso_code=iso_code).first()
    if region is None:
        raise NotHere(_("This region takes no part in the campaign."))
    return campaign, region


def open_campaign(slug: str) -> Campaign:
    """Return a campaign whose data everybody may read, or raise NotHere."""
    return published_campaign(slug)


def open_file(slug: str, name: str) -> tuple[Campaign, DataFile]:
    """Return a campaign and a file of its open data by name, or raise NotHere."""
    campaign = published_campaign(slug)
    if name not in FILES:
        raise NotHere(_("There is no such file of open data."))
    return campaign, FILES[name]

"""The campaign's programme for other programs: what the public sees, page by page."""

from datetime import date, time
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from bala.kernel.rest import REFUSALS
from bala.programme.access.campaigns import published_campaign
from bala.programme.models import Activity, Block, Campaign, PlanItem
from bala.programme.queries.public_api import (
    activities_by_block,
    campaigns_in_public,
    public_items,
)

router = Router(tags=["programme"])
WORD = r"^[-\w]*$"


class Texts(Schema):
    """A text in three languages; an empty one is not written yet."""

    kk: str
    ru: str
    en: str


class CampaignOut(Schema):
    """A campaign."""

    slug: str
    title: Texts
    starts_on: date
    ends_on: date
    status: str
    regions: list[str]


class ActivityOut(Schema):
    """A line of the concept."""

    id: str
    number: str
    title: Texts
    kind: str
    level: str
    formats: list[str]
    starts_on: date | None
    ends_on: date | None
    min_age: int | None
    max_age: int | None


class BlockOut(Schema):
    """A block with its activities."""

    number: int
    title: Texts
    goal: Texts
    activities: list[ActivityOut]


class ProgrammeOut(Schema):
    """The programme of a campaign."""

    campaign: CampaignOut
    blocks: list[BlockOut]


class ItemOut(Schema):
    """A row of a region's plan, as the public sees it."""

    id: str
    activity: str
    region: str
    district: str | None
    organisation: str | None
    title: Texts
    starts_on: date
    ends_on: date
    days: list[date]
    starts_at: time | None
    ends_at: time | None
    format: str
    place: str
    status: str


class ItemsOut(Schema):
    """A page of rows; `next` is the cursor of the next page, or empty."""

    items: list[ItemOut]
    next: str


class ItemsQuery(Schema):
    """What narrows the rows; `size` is at most 200."""

    campaign: str = Field(max_length=80, pattern=WORD)
    region: str = Field("", max_length=5, pattern=WORD)
    block: int | None = None
    activity: str = Field("", max_length=16, pattern=WORD)
    format: str = Field("", max_length=10, pattern=WORD)
    starts: date | None = None
    ends: date | None = None
    cursor: str = ""
    size: int = 100


@router.get("/campaigns", response=list[CampaignOut], auth=None)
def campaigns(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - Ninja gives it
    """List the campaigns that the public may see, the latest first."""
    return [_campaign(one) for one in campaigns_in_public()]


@router.get("/campaigns/{slug:slug}/programme", response={200: ProgrammeOut, **REFUSALS}, auth=None)
def programme(request: HttpRequest, slug: str) -> dict[str, Any]:  # noqa: ARG001 - Ninja gives it
    """Return the blocks and activities of a campaign."""
    campaign = published_campaign(slug)
    blocks = activities_by_block(campaign)
    return {
        "campaign": _campaign(campaign),
        "blocks": [_block(block, activities) for block, activities in blocks],
    }


@router.get("/plan-items", response={200: ItemsOut, **REFUSALS}, auth=None)
def plan_items(request: HttpRequest, asked: Query[ItemsQuery]) -> dict[str, Any]:  # noqa: ARG001 - Ninja gives it
    """List what is held in the regions by date: approved, moved and held rows alone."""
    campaign = published_campaign(asked.campaign)
    page = public_items(
        campaign,
        region=asked.region,
        block=asked.block,
        activity=asked.activity,
        form=asked.format,
        starts=asked.starts,
        ends=asked.ends,
        cursor=asked.cursor,
        size=asked.size,
    )
    return {"items": [_item(one) for one in page], "next": page.next_cursor}


def _texts(thing: Any, name: str) -> dict[str, str]:
    return {code: getattr(thing, f"{name}_{code}") for code in ("kk", "ru", "en")}


def _campaign(campaign: Campaign) -> dict[str, Any]:
    return {
        "slug": campaign.slug,
        "title": _texts(campaign, "title"),
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
        "status": campaign.status,
        "regions": [one.iso_code for one in campaign.regions.all()],
    }


def _block(block: Block, activities: list[Activity]) -> dict[str, Any]:
    return {
        "number": block.number,
        "title": _texts(block, "title"),
        "goal": _texts(block, "goal"),
        "activities": [
            {
                "id": one.public_id,
                "number": f"{block.number}.{one.number}",
                "title": _texts(one, "title"),
                "kind": one.kind,
                "level": one.level,
                "formats": one.formats,
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "min_age": one.min_age,
                "max_age": one.max_age,
            }
            for one in activities
        ],
    }


def _item(item: PlanItem) -> dict[str, Any]:
    number = f"{item.activity.block.number}.{item.activity.number}"
    return {
        "id": item.public_id,
        "activity": number,
        "region": item.region.iso_code,
        "district": item.district.name if item.district else None,
        "organisation": item.organisation.name if item.organisation else None,
        "title": _texts(item, "title"),
        "starts_on": item.starts_on,
        "ends_on": item.ends_on,
        "days": item.days,
        "starts_at": item.starts_at,
        "ends_at": item.ends_at,
        "format": item.format,
        "place": item.place,
        "status": item.status,
    }

"""What other programs read of a campaign."""

from datetime import date

from django.db.models import QuerySet

from bala.kernel.keyset import Page, page_of
from bala.programme.enums import PUBLIC_STATUSES, CampaignStatus
from bala.programme.models import Activity, Block, Campaign, PlanItem
from bala.programme.queries.plans import PlanFilter, with_names

MOST = 200


def campaigns_in_public() -> QuerySet[Campaign]:
    """Return the campaigns that the public may see with their regions, the latest first."""
    found = Campaign.objects.exclude(status=CampaignStatus.DRAFT).prefetch_related("regions")
    return found.order_by("-starts_on", "pk")


def activities_by_block(campaign: Campaign) -> list[tuple[Block, list[Activity]]]:
    """Return the blocks with the activities that stand in the concept; two queries."""
    blocks = list(campaign.blocks.filter(withdrawn_at__isnull=True).order_by("number"))
    found: dict[int, list[Activity]] = {block.pk: [] for block in blocks}
    activities = campaign.activities.filter(withdrawn_at__isnull=True, block__in=blocks)
    for one in activities.order_by("number"):
        found[one.block_id].append(one)
    return [(block, found[block.pk]) for block in blocks]


def public_items(
    campaign: Campaign,
    *,
    region: str = "",
    block: int | None = None,
    activity: str = "",
    form: str = "",
    starts: date | None = None,
    ends: date | None = None,
    cursor: str = "",
    size: int = 100,
) -> Page[PlanItem]:
    """Return a page of the public rows by date; one query. `region` is an ISO code."""
    rows = PlanItem.objects.filter(campaign=campaign, status__in=PUBLIC_STATUSES)
    if region:
        rows = rows.filter(region__iso_code=region)
    narrowed = PlanFilter(block=block, activity=activity, format=form, starts=starts, ends=ends)
    return page_of(
        with_names(narrowed.narrow(rows)),
        order=("starts_on", "pk"),
        cursor=cursor,
        size=max(1, min(size, MOST)),
    )

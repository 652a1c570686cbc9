"""What the room of certificates is told of campaigns and rows of plans."""

from bala.certificates.enums import CampaignWords, OccasionWords
from bala.kernel.translated import texts_of
from bala.programme.models import Campaign, PlanItem

PLAN_ITEM = "programme.planitem"


def campaign_words(slug: str) -> CampaignWords | None:
    """Return title and year of a campaign, or None."""
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        return None
    return CampaignWords(slug, texts_of(campaign, "title"), campaign.year)


def plan_item_words(slug: str, public_id: str) -> OccasionWords | None:
    """Return what a row of a plan of the campaign is called, or None."""
    item = (
        PlanItem.objects.select_related("activity__block")
        .filter(campaign__slug=slug, public_id=public_id)
        .first()
    )
    if item is None:
        return None
    title = texts_of(item, "title")
    if not any(title.values()):
        title = texts_of(item.activity, "title")
    return OccasionWords(
        f"{PLAN_ITEM}:{public_id}",
        title,
        item.activity.block.colour,
        item.region_id,
        item.organisation_id,
    )

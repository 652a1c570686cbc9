"""The regions that take part in a campaign."""

from bala.programme.models import Campaign, CampaignRegion
from bala.territory.queries import regions_of_year


def set_regions(campaign: Campaign) -> None:
    """Let all regions of the campaign's year take part: 17 until 2021, 20 since 2022.

    Regions that are already in stay; none is taken out, because plans may stand on it.
    """
    CampaignRegion.objects.bulk_create(
        (CampaignRegion(campaign=campaign, region=one) for one in regions_of_year(campaign.year)),
        ignore_conflicts=True,
    )

"""Who may write to those responsible."""

from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import NotHere
from bala.programme.access.campaigns import Person, coordinated_campaign
from bala.programme.models import Campaign
from bala.territory.models import Region


def letter_to_region(account: Person, slug: str, iso_code: str) -> tuple[Campaign, Region]:
    """Return the campaign that the person coordinates and one of its regions, or raise."""
    campaign = coordinated_campaign(account, slug)
    region = campaign.regions.filter(iso_code=iso_code).first()
    if region is None:
        raise NotHere(_("This region takes no part in the campaign."))
    return campaign, region

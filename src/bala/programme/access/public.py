"""What everybody may see of a published campaign."""

from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import NotHere
from bala.programme.models import Campaign, PlanItem
from bala.programme.queries.public import public_rows, regions_of
from bala.territory.models import Organisation, Region


def published_item(campaign: Campaign, public_id: str) -> PlanItem:
    """Return a row that the public sees, or raise NotHere."""
    item = public_rows(campaign).filter(public_id=public_id).first()
    if item is None:
        raise NotHere(_("There is no such event in the programme."))
    return item


def region_of_campaign(campaign: Campaign, iso_code: str) -> Region:
    """Return a region that takes part in the campaign, or raise NotHere."""
    region = next((one for one in regions_of(campaign) if one.iso_code == iso_code), None)
    if region is None:
        raise NotHere(_("This region takes no part in the campaign."))
    return region


def known_organisation(public_id: str) -> Organisation | None:
    """Return an organisation by its public id; None when there is none."""
    return Organisation.objects.filter(public_id=public_id).first()

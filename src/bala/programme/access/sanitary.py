"""Who may change sanitary rules: a campaign's coordinator."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import NotHere
from bala.programme.access.campaigns import Person, coordinated_campaign
from bala.programme.models import Campaign
from bala.territory.models import SanitaryLimit, ZoneDecree


def decree_to_edit(account: Person, slug: str, day: str) -> tuple[Campaign, ZoneDecree]:
    """Return the campaign and the decree of a day (YYYY-MM-DD), or raise."""
    campaign = coordinated_campaign(account, slug)
    try:
        found = ZoneDecree.objects.filter(effective_on=date.fromisoformat(day)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotHere(_("There is no decree of this day."))
    return campaign, found


def limit_to_edit(
    account: Person, slug: str, pk: int | None
) -> tuple[Campaign, SanitaryLimit | None]:
    """Return the campaign and a limit (None: a new one is to be made), or raise."""
    campaign = coordinated_campaign(account, slug)
    limit = SanitaryLimit.objects.filter(pk=pk).first() if pk is not None else None
    if pk is not None and limit is None:
        raise NotHere(_("There is no such limit."))
    return campaign, limit

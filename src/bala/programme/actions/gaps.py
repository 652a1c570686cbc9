"""Writing to those responsible for the gaps of an activity."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import PersonError
from bala.people.models import Account
from bala.programme.actions.reminders import write_to_responsible
from bala.programme.models import Activity
from bala.territory.models import Region


class NoRegion(PersonError):
    """A letter that goes to no region."""


@transaction.atomic
def write_about_gap(
    *, account: Account, activity: Activity, regions: Sequence[Region], text: str
) -> int:
    """Write to those responsible in each region, all or none; return how many letters are new.

    Each person gets one letter a day about an activity in a region, however often this is asked.
    Raises NoRegion, and what `write_to_responsible` raises.
    """
    if not regions:
        raise NoRegion(_("Choose at least one region."))
    return sum(
        write_to_responsible(
            account=account,
            campaign=activity.campaign,
            activity=activity,
            region=region,
            text=text,
        )
        for region in regions
    )

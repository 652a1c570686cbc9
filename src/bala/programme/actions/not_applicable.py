"""Saying that a region does not hold an activity, and why."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.revisions import RowConflict, write_over
from bala.people.models import Account
from bala.programme.models import Activity, CampaignRegion, NotApplicable
from bala.territory.models import Region


class HasPlans(PersonError):
    """A region that planned an activity cannot say that it does not apply."""

    def __init__(self) -> None:
        super().__init__(
            _("The region has planned this activity: cancel its rows of the plan first.")
        )


@transaction.atomic
def mark_not_applicable(
    *, account: Account, activity: Activity, region: Region, reason: str, revision: int = 0
) -> NotApplicable:
    """Say that a region does not hold an activity, and why, or word the reason anew.

    `revision` is that of the saying which the person saw, 0 where there was none. Raises RowConflict
    where somebody else said another reason since, HasPlans when the region has rows that are not
    cancelled, NotHere for a foreign region.
    """
    # The region's row in the campaign stands for what it says: two people come one after another.
    place = CampaignRegion.objects.select_for_update().filter(
        campaign_id=activity.campaign_id, region=region
    )
    if place.first() is None:
        raise NotHere(_("This region takes no part in the campaign."))
    if activity.plan_items.filter(region=region).exclude(status="cancelled").exists():
        raise HasPlans
    said = NotApplicable.objects.filter(activity=activity, region=region).first()
    if said is None:
        return NotApplicable.objects.create(
            activity=activity, region=region, reason=reason, said_by=account
        )
    if write_over(said, revision=revision, values={"reason": reason}):
        said.said_by, said.said_at = account, clock.now()
        said.save()
    return said


@transaction.atomic
def unmark_not_applicable(*, activity: Activity, region: Region, revision: int) -> None:
    """Take back that an activity does not apply in a region; nothing happens when it was not said.

    Raises RowConflict where somebody worded it anew since `revision`.
    """
    said = NotApplicable.objects.select_for_update().filter(activity=activity, region=region)
    found = said.first()
    if found is None:
        return
    if found.revision != revision:
        raise RowConflict(found, ("reason",), {})
    found.delete()

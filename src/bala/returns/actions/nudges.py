"""Asking for the returns: of a silent region, and of all that owe one when they fall due."""

from django.db import transaction
from django.utils.translation import gettext_lazy

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.translated import texts_of
from bala.notify.actions import tell
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.actions.reminders import campaigns_to_remind, remind_of
from bala.programme.enums import Deadline
from bala.programme.models import Campaign
from bala.returns.enums import REPORTED
from bala.returns.models import RegionalReturn
from bala.returns.queries.returns import nudge_key, return_of
from bala.territory.models import Region


class NothingToAsk(PersonError):
    """The region has reported, or nobody is responsible for it."""


@transaction.atomic
def ask_for_return(*, account: Account, campaign: Campaign, region: Region) -> int:
    """Write to the organisers of a region that its return is awaited; return how many letters.

    One letter a day for each person, however often it is asked for. Raises NothingToAsk.
    """
    one = return_of(campaign, region)
    if one is not None and one.status in REPORTED:
        raise NothingToAsk(gettext_lazy("This region has already submitted its return."))
    people = Account.objects.filter(
        is_active=True,
        grants__role=Role.ORGANISER,
        grants__region=region,
        grants__district__isnull=True,
        grants__taken_at__isnull=True,
        grants__campaign_slug__in=("", campaign.slug),
    ).distinct()
    written, due = 0, campaign.returns_due_on
    for person in people.order_by("pk"):
        message = tell(
            account=person,
            kind="returns.nudge",
            key=f"{nudge_key(region, clock.today())}:{campaign.slug}",
            about=campaign.slug,
            written_by=account,
            context={
                "campaign": texts_of(campaign, "title"),
                "slug": campaign.slug,
                "region": region.names_on(campaign.starts_on),
                "iso": region.iso_code,
                "due": due.isoformat() if due else "",
                "is_over": due is not None and clock.today() > due,
            },
        )
        written += message is not None
    if not people:
        raise NothingToAsk(
            gettext_lazy("Nobody is responsible for this region yet. Give the role first.")
        )
    return written


def write_due_reminders() -> int:
    """Remind those who still owe a return that is due; return how many letters are new.

    Regions that have reported are left in peace. Can be called as often as one likes.
    """
    written = 0
    for campaign, due in campaigns_to_remind(Deadline.RETURNS):
        reported = RegionalReturn.objects.filter(campaign=campaign, status__in=REPORTED)
        written += remind_of(
            campaign=campaign,
            deadline=Deadline.RETURNS,
            due=due,
            today=clock.today(),
            settled=set(reported.order_by().values_list("region_id", flat=True)),
        )
    return written

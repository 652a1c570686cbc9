"""The demonstration's clock."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from bala.demo.actions.results import hold_until, take_back_from
from bala.demo.enums import CAMPAIGN_SLUG
from bala.demo.queries import moment_of
from bala.kernel import clock, queue
from bala.kernel.errors import PersonError
from bala.programme.models import Campaign


class NoSuchStep(PersonError):
    """The bar does not offer this day."""


def move_clock(*, step: str) -> None:
    """Let the demonstration stand on the day of `step`.

    Forward, results are entered and the jobs of each day on the way are put into the queue; back,
    results of the days that lie ahead again are taken back.
    """
    try:
        moment = moment_of(step)
    except KeyError as error:
        raise NoSuchStep(_("The demonstration cannot stand on that day.")) from error
    before, day = clock.today(), moment.date()
    clock.move_to(moment)
    campaign = Campaign.objects.filter(slug=CAMPAIGN_SLUG).first()
    if campaign is None or day == before:
        return
    if day < before:
        take_back_from(campaign, day)
        return
    hold_until(campaign, day)
    passing = before
    while passing < day:
        passing += timedelta(days=1)
        queue.defer("programme.remind_of_deadlines", day=passing.isoformat())

"""The demonstration's clock."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from bala.demo.actions.results import hold_until, take_back_from
from bala.demo.enums import CAMPAIGN_SLUG
from bala.demo.queries import moment_of
from bala.kernel import clock, keeping, queue
from bala.kernel.errors import PersonError
from bala.programme.models import Campaign


class NoSuchStep(PersonError):
    """The bar does not offer this day."""


#: Looks at what stands now, whatever the day, and takes minutes: a day on the way needs none.
NOT_OF_A_DAY = frozenset({"pages.canary_crawl"})


def move_clock(*, step: str) -> None:
    """Let the demonstration stand on the day of `step`.

    Forward, results are entered, and every job that falls due on a day on the way is put into the
    queue for that day; back, results of the days that lie ahead again are taken back.
    """
    try:
        moment = moment_of(step)
    except KeyError as error:
        raise NoSuchStep(_("The demonstration cannot stand on that day.")) from error
    left = clock.now()
    clock.move_to(moment)
    _follow(left, moment)
    keeping.take_back_all()  # a page may have been made while the results were on their way


def _follow(left: datetime, moment: datetime) -> None:
    """Enter or take back the results between two moments, and queue the jobs of the way."""
    before, day = left.astimezone(clock.NATIONAL_ZONE).date(), moment.date()
    campaign = Campaign.objects.filter(slug=CAMPAIGN_SLUG).first()
    if campaign is None or day == before:
        return
    if day < before:
        take_back_from(campaign, day)
        return
    hold_until(campaign, day)
    _run_what_falls_due(left, moment)


def _run_what_falls_due(left: datetime, arrival: datetime) -> None:
    """Queue each periodic job once for every day on which it falls due, in the order of the days."""
    day = left.astimezone(clock.NATIONAL_ZONE).date()
    while day <= arrival.date():
        after = max(left, _last_second_before(day))
        until = min(arrival, _last_second_before(day + timedelta(days=1)))
        for name, due in sorted(queue.periodic_due(after, until), key=lambda one: one[1]):
            if name in NOT_OF_A_DAY:
                continue
            queue.defer("demo.run_as_of", lock="demo.run_as_of", name=name, moment=due.isoformat())
        day += timedelta(days=1)


def _last_second_before(day: date) -> datetime:
    return datetime.combine(day, time(), clock.NATIONAL_ZONE) - timedelta(seconds=1)

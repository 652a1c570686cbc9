"""Letters about returns: to those who owe one, and to nobody else."""

from datetime import datetime
from typing import Any

import pytest

from bala.kernel import clock
from bala.notify.models import Message
from bala.notify.queries.words import words_of
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.actions import reminders
from bala.programme.models import Campaign
from bala.returns.actions.nudges import NothingToAsk, ask_for_return, write_due_reminders
from bala.returns.enums import REPORTED, ReturnStatus
from bala.returns.models import RegionalReturn
from tests.people.factories import make_person
from tests.programme.factories import make_activity
from tests.territory.factories import region

pytestmark = pytest.mark.django_db
THREE_DAYS_BEFORE = datetime(2021, 6, 22, 9, tzinfo=clock.NATIONAL_ZONE)


def organiser(campaign: Campaign, iso_code: str) -> Account:
    place: dict[str, Any] = {"region": region(iso_code), "campaign_slug": campaign.slug}
    return make_person(Role.ORGANISER, **place)


def in_status(campaign: Campaign, status: ReturnStatus) -> None:
    """Let the return of Almaty stand in a status."""
    RegionalReturn.objects.create(
        campaign=campaign,
        region=region("KZ-75"),
        status=status,
        submitted_at=clock.now() if status in REPORTED else None,
        version=1 if status in REPORTED else 0,
    )


@pytest.mark.parametrize("status", list(ReturnStatus))
def test_who_has_reported_is_not_reminded(status: ReturnStatus) -> None:
    campaign = make_activity().campaign
    first, second = organiser(campaign, "KZ-75"), organiser(campaign, "KZ-79")
    in_status(campaign, status)
    with clock.at(THREE_DAYS_BEFORE):
        written = write_due_reminders()
        assert write_due_reminders() == 0
    reported = status in REPORTED
    assert written == (1 if reported else 2)
    receivers = {m.account for m in Message.objects.order_by("pk")}
    assert receivers == ({second} if reported else {first, second})


def test_the_room_of_plans_reminds_of_plans_only() -> None:
    campaign = make_activity().campaign
    organiser(campaign, "KZ-75")
    with clock.at(THREE_DAYS_BEFORE):
        assert reminders.write_due_reminders() == 0


def test_a_silent_region_is_asked_once_a_day_with_a_link_to_its_return() -> None:
    campaign = make_activity().campaign
    person = organiser(campaign, "KZ-75")
    coordinator = make_person(Role.COORDINATOR, campaign_slug=campaign.slug)
    asked: dict[str, Any] = {
        "account": coordinator,
        "campaign": campaign,
        "region": region("KZ-75"),
    }
    assert ask_for_return(**asked) == 1
    assert ask_for_return(**asked) == 0
    letter = Message.objects.get()
    assert (letter.account, letter.written_by) == (person, coordinator)
    assert f"/kk/console/{campaign.slug}/returns/KZ-75/edit/" in words_of(letter).text


def test_a_region_that_reported_or_has_nobody_is_not_asked() -> None:
    campaign = make_activity().campaign
    coordinator = make_person(Role.COORDINATOR, campaign_slug=campaign.slug)
    with pytest.raises(NothingToAsk):
        ask_for_return(account=coordinator, campaign=campaign, region=region("KZ-79"))
    organiser(campaign, "KZ-75")
    in_status(campaign, ReturnStatus.SUBMITTED)
    with pytest.raises(NothingToAsk):
        ask_for_return(account=coordinator, campaign=campaign, region=region("KZ-75"))

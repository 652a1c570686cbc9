"""Letters about deadlines and gaps: written once, sent once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bala.concept.enums import Level
from bala.kernel import clock
from bala.kernel.errors import Forbidden
from bala.notify.actions.sending import send
from bala.notify.models import Message
from bala.notify.queries.words import words_of
from bala.people.enums import Role
from bala.people.models import Account, RoleGrant
from bala.programme.actions.deadlines import BadDeadline, set_deadlines
from bala.programme.actions.reminders import (
    EmptyLetter,
    NobodyResponsible,
    write_due_reminders,
    write_to_responsible,
)
from bala.programme.enums import PlanStatus
from bala.programme.models import Activity, Campaign, NotApplicable
from bala.programme.queries.deadlines import region_plans
from tests.people.factories import make_account, make_person
from tests.programme.factories import make_activity, make_campaign, make_plan_item
from tests.programme.races import race
from tests.territory.factories import make_district, region


def at(day: int, hour: int = 9, minute: int = 0, month: int = 5) -> datetime:
    """A moment of 2021 in the capital."""
    return datetime(2021, month, day, hour, minute, tzinfo=clock.NATIONAL_ZONE)


def organiser(campaign: Campaign, iso_code: str, language: str = "ru", **scope: Any) -> Account:
    account = make_account(language=language)
    RoleGrant.objects.create(
        account=account,
        role=Role.ORGANISER,
        region=region(iso_code),
        campaign_slug=campaign.slug,
        **scope,
    )
    return account


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (at(14), 0),
        (at(15, 8, 59), 0),
        (at(15), 1),
        (at(16), 0),
        (at(17), 1),
        (at(18), 1),
        (at(19), 0),
    ],
)
def test_reminders_go_out_three_days_before_the_day_before_and_on_the_day(
    moment: datetime, written: int
) -> None:
    activity = make_activity()
    organiser(activity.campaign, "KZ-75")
    with clock.at(moment):
        assert write_due_reminders() == written
        assert write_due_reminders() == 0
    assert Message.objects.count() == written


@pytest.mark.django_db
def test_a_letter_is_in_the_language_of_who_reads_it_and_names_the_region() -> None:
    activity = make_activity()
    organiser(activity.campaign, "KZ-75", "kk")
    with clock.at(at(15)):
        write_due_reminders()
    letter = words_of(Message.objects.get())
    assert "18\xa0мамыр" in letter.subject
    assert "Алматы қаласы" in letter.text
    assert f"/kk/console/{activity.campaign.slug}/deadlines/" in letter.text


@pytest.mark.django_db
def test_who_has_planned_everything_is_left_in_peace() -> None:
    activity = make_activity()
    make_activity(activity.block, level=Level.REPUBLIC)
    excused = make_activity(activity.block)
    NotApplicable.objects.create(activity=excused, region=region("KZ-75"), reason="Нет пляжа")
    make_plan_item(activity, status=PlanStatus.PLANNED)
    make_plan_item(activity, region=region("KZ-79"), status=PlanStatus.DRAFT)
    organiser(activity.campaign, "KZ-75")
    late = organiser(activity.campaign, "KZ-79")
    with clock.at(at(15)):
        write_due_reminders()
    assert [r.account for r in Message.objects.all()] == [late]


@pytest.mark.django_db
def test_without_an_organiser_the_coordinator_gets_one_letter_for_all_regions() -> None:
    activity = make_activity()
    coordinator = make_person(Role.COORDINATOR, campaign_slug=activity.campaign.slug)
    organiser(activity.campaign, "KZ-75", district=make_district())
    with clock.at(at(15)):
        assert write_due_reminders() == 2
    body = words_of(Message.objects.get(account=coordinator)).text
    assert body.count("\n– ") == 16


@pytest.mark.django_db
def test_a_draft_campaign_reminds_nobody() -> None:
    activity = make_activity()
    Campaign.objects.update(status="draft")
    organiser(activity.campaign, "KZ-75")
    with clock.at(at(15)):
        assert write_due_reminders() == 0


@pytest.mark.usefixtures("transactional_db")
def test_twenty_workers_write_a_reminder_once_and_send_it_once(
    settings: Any, tmp_path: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    activity = make_activity()
    organiser(activity.campaign, "KZ-75")

    def work(_number: int) -> str:
        with clock.at(at(15)):
            written = write_due_reminders()
            sent = [send(pk) for pk in Message.objects.values_list("pk", flat=True)]
        return f"{written} {sum(sent)}"

    answers = [answer.split() for answer in race(work, times=20)]
    assert sum(int(written) for written, _sent in answers) == 1
    assert sum(int(sent) for _written, sent in answers) == 1
    assert len(list(tmp_path.glob("*.log"))) == 1


def gap(activity: Activity, **changes: Any) -> dict[str, Any]:
    return {
        "campaign": activity.campaign,
        "activity": activity,
        "region": region("KZ-75"),
        "text": "Когда будет проведено?",
        **changes,
    }


@pytest.mark.django_db
def test_a_gap_is_written_about_once_a_day_to_each_person() -> None:
    activity = make_activity()
    coordinator = make_person(Role.COORDINATOR, campaign_slug=activity.campaign.slug)
    first = organiser(activity.campaign, "KZ-75", "kk")
    organiser(activity.campaign, "KZ-75")
    assert write_to_responsible(account=coordinator, **gap(activity)) == 2
    assert write_to_responsible(account=coordinator, **gap(activity)) == 0
    assert write_to_responsible(account=coordinator, **gap(make_activity(activity.block))) == 2
    with clock.at(clock.now() + timedelta(days=1)):
        assert write_to_responsible(account=coordinator, **gap(activity)) == 2
    letter = Message.objects.filter(account=first).order_by("pk")[0]
    assert letter.written_by == coordinator
    words = words_of(letter)
    assert "Отбасылық спорт эстафеталары" in words.subject
    assert "Когда будет проведено?" in words.text


@pytest.mark.django_db
def test_only_a_coordinator_writes_and_never_without_words() -> None:
    activity = make_activity()
    person = organiser(activity.campaign, "KZ-75")
    with pytest.raises(Forbidden):
        write_to_responsible(account=person, **gap(activity))
    coordinator = make_person(Role.COORDINATOR, campaign_slug=activity.campaign.slug)
    with pytest.raises(EmptyLetter):
        write_to_responsible(account=coordinator, **gap(activity, text="  "))
    with pytest.raises(NobodyResponsible):
        write_to_responsible(account=coordinator, **gap(activity, region=region("KZ-10")))
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_plans_of_all_regions_cost_the_same_queries(
    rows: int, django_assert_num_queries: Any
) -> None:
    activity = make_activity()
    for code in ("KZ-75", "KZ-79", "KZ-71")[:rows]:
        organiser(activity.campaign, code)
        make_plan_item(activity, region=region(code))
    with django_assert_num_queries(8):
        plans = region_plans(activity.campaign)
    assert sum(plan.planned for plan in plans) == rows


@pytest.mark.django_db
def test_deadlines_are_the_coordinators_to_set() -> None:
    activity = make_activity()
    campaign = activity.campaign
    coordinator = make_person(Role.COORDINATOR, campaign_slug=campaign.slug)
    new: dict[str, Any] = {"revision": 1, "plans_due_on": date(2021, 5, 17), "returns_due_on": None}
    for _twice in range(2):
        set_deadlines(account=coordinator, campaign=campaign, **new)
    campaign.refresh_from_db()
    assert (campaign.plans_due_on, campaign.returns_due_on) == (date(2021, 5, 17), None)
    with pytest.raises(BadDeadline):
        set_deadlines(
            account=coordinator,
            campaign=campaign,
            revision=2,
            plans_due_on=None,
            returns_due_on=date(2021, 5, 1),
        )
    with pytest.raises(Forbidden):
        set_deadlines(
            account=organiser(campaign, "KZ-75"),
            campaign=campaign,
            revision=2,
            plans_due_on=None,
            returns_due_on=None,
        )


def test_the_moments_of_these_tests_are_of_the_capitals_zone() -> None:
    assert at(15).astimezone(UTC).hour == 3


@pytest.mark.django_db
def test_the_page_of_deadlines_shows_what_another_set_and_keeps_what_was_typed(
    client: Client,
) -> None:
    campaign = make_campaign()
    coordinator = make_person(Role.COORDINATOR, campaign_slug=campaign.slug)
    client.force_login(coordinator)
    set_deadlines(
        account=coordinator,
        campaign=campaign,
        revision=1,
        plans_due_on=date(2021, 5, 17),
        returns_due_on=campaign.returns_due_on,
    )
    where = reverse("programme:deadlines_set", args=[campaign.slug])
    typed = {"revision": 1, "plans_due_on": "2021-05-19", "returns_due_on": "2021-06-25"}
    told = client.post(where, typed)
    assert told.status_code == 409
    assert "17.05.2021" in told.content.decode()
    assert "2021-05-19" in told.content.decode()
    again = client.post(where, {**typed, "revision": told.context["form"].data["revision"]})
    assert again.status_code == 302
    campaign.refresh_from_db()
    assert campaign.plans_due_on == date(2021, 5, 19)
    early = client.post(where, {**typed, "revision": 3, "returns_due_on": "2021-05-01"})
    assert early.status_code == 422
    assert "2021-05-01" in early.content.decode()

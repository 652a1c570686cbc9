"""The demonstration: loaded once, moved in time, with a way in for each role."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from bala.demo.actions import load_demonstration, move_clock
from bala.demo.actions.clock import NoSuchStep
from bala.demo.actions.letters import make_letters
from bala.demo.enums import CAMPAIGN_SLUG, PASSWORD, STEPS
from bala.demo.queries import second_factor, sign_ins
from bala.kernel import clock
from bala.notify.models import Message
from bala.people.enums import Role
from bala.people.models import Account, Child
from bala.people.queries.consents import in_force
from bala.people.queries.families import children_of
from bala.programme.enums import Metric, PlanStatus
from bala.programme.models import Activity, Campaign, Outcome, PlanItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings: Any, tmp_path: Path, _campaign_day: None) -> Iterator[None]:
    """A demonstration with a clock of its own that can be moved."""
    settings.BALA_DEMO, settings.BALA_VAR = True, tmp_path
    token = clock._pinned.set(None)
    clock.move_to(datetime(2021, 5, 28, 5, tzinfo=UTC))
    yield
    clock._pinned.reset(token)


def test_the_concept_gives_eight_blocks_and_37_activities() -> None:
    campaign = load_demonstration()
    counts = [
        Activity.objects.filter(block=block).count() for block in campaign.blocks.order_by("number")
    ]
    assert counts == [5, 4, 3, 5, 7, 4, 3, 6]
    assert (campaign.starts_on, campaign.ends_on) == (date(2021, 5, 20), date(2021, 6, 20))
    assert campaign.regions.count() == 17


def test_every_title_of_the_demonstration_is_there_in_three_languages() -> None:
    campaign = load_demonstration()
    rows: list[Any] = [campaign, *campaign.blocks.all(), *campaign.activities.order_by("pk")]
    for row in rows:
        assert all((row.title_kk, row.title_ru, row.title_en)), row.pk


def test_loading_twice_makes_one_campaign() -> None:
    load_demonstration()
    rows = PlanItem.objects.count()
    load_demonstration()
    assert Campaign.objects.count() == 1
    assert PlanItem.objects.count() == rows > 1000


def test_the_coordinator_has_written_to_two_regions_once() -> None:
    make_letters(load_demonstration())
    letters = Message.objects.filter(kind="programme.gap")
    assert {one.given["number"] for one in letters} == {"8.4", "6.4", "8.6"}
    assert set(
        letters.filter(account__email="organiser@demo.example").values_list("state", flat=True)
    ) <= {"collected", "sent"}
    assert len(letters) == len({(one.account_id, one.given["number"]) for one in letters})


def test_what_is_held_has_figures_that_add_up() -> None:
    load_demonstration()
    held = PlanItem.objects.filter(status=PlanStatus.HELD)
    assert held.exists()
    assert not held.filter(held_on__gte=date(2021, 5, 28)).exists()
    outcomes = Outcome.objects.filter(superseded_at__isnull=True)
    assert outcomes.filter(metric=Metric.EVENTS).count() == held.count()
    assert (
        outcomes.filter(metric=Metric.CHILDREN).aggregate(n=Sum("value"))["n"]
        == held.aggregate(n=Sum("actual_children"))["n"]
    )


def test_the_clock_forward_enters_results_and_back_takes_them_back() -> None:
    load_demonstration()
    before = PlanItem.objects.filter(status=PlanStatus.HELD).count()
    move_clock(step="childrens-day")
    assert clock.today() == date(2021, 6, 1)
    assert PlanItem.objects.filter(status=PlanStatus.HELD).count() > before
    move_clock(step="middle")
    assert not PlanItem.objects.filter(held_on__gte=date(2021, 5, 28)).exists()
    in_force = Outcome.objects.filter(superseded_at__isnull=True)
    assert not in_force.filter(happened_on__gte=date(2021, 5, 28)).exists()


def test_there_is_a_way_in_for_each_role(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    load_demonstration()
    ways = sign_ins()
    assert {way.role for way in ways} == {*(str(role.label) for role in Role), "родитель"}
    page = client.get(reverse("account_login")).content.decode()
    for way in ways:
        assert way.email in page
        typed = {"login": way.email, "password": way.password}
        answer = client.post(reverse("account_login"), typed)
        if answer["Location"] == reverse("mfa_authenticate"):
            assert way.email == "two-step@demo.example"
            answer = client.post(reverse("mfa_authenticate"), {"code": second_factor().code})
        assert answer["Location"] == reverse("people:mine")
        home = "people:family" if way.role == "родитель" else "pages:console"
        assert client.get(answer["Location"])["Location"] == reverse(home)
        assert client.get(reverse(home)).status_code == 200
        client.logout()


@pytest.mark.parametrize("step", [value for value, _label, _day in STEPS])
def test_the_bar_moves_the_clock_and_comes_back(client: Client, step: str) -> None:
    answer = client.post(
        reverse("demo:clock"), {"to": step}, HTTP_REFERER="http://testserver/ru/invited-only/"
    )
    assert answer["Location"] == "http://testserver/ru/invited-only/"
    assert clock.today() == {value: day for value, _label, day in STEPS}[step]


def test_a_day_that_the_bar_does_not_offer_is_refused(client: Client) -> None:
    with pytest.raises(NoSuchStep):
        move_clock(step="2030")
    assert client.post(reverse("demo:clock"), {"to": "x"}).status_code == 400


def test_the_page_says_that_it_is_a_demonstration(client: Client) -> None:
    assert "Демонстрация, сегодня" in client.get(reverse("people:invited_only")).content.decode()
    assert CAMPAIGN_SLUG == "bakytty-bala-2021"


def test_families_of_every_region_take_part() -> None:
    load_demonstration()
    children = Child.objects.count()
    regions = set(Child.objects.order_by().values_list("region", flat=True))
    assert len(regions) == 17
    assert children > 80
    mother = Account.objects.get(email="guardian@demo.example")
    father = Account.objects.get(email="guardian2@demo.example")
    assert list(children_of(mother)) == list(children_of(father))
    assert in_force().filter(child__in=children_of(mother), purpose="photo").count() == 1
    home = Account.objects.get(email="representative@demo.example")
    assert children_of(home).count() == 12
    load_demonstration()
    assert Child.objects.count() == children


def test_the_second_step_can_be_tried_with_the_code_that_the_page_shows(client: Client) -> None:
    load_demonstration()
    load_demonstration()  # the second start finds the authenticator there
    way_in = next(one for one in sign_ins() if one.email == "two-step@demo.example")
    page = client.post(
        reverse("account_login"), {"login": way_in.email, "password": way_in.password}, follow=True
    )
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    shown = page.context["demo"]["second_factor"]
    assert shown.code in page.content.decode()
    wrong = client.post(reverse("mfa_authenticate"), {"code": f"{int(shown.code) + 1:06}"[:6]})
    assert "_auth_user_id" not in client.session, wrong
    client.post(reverse("mfa_authenticate"), {"code": shown.code})
    assert "_auth_user_id" in client.session


def test_outside_of_a_demonstration_no_code_is_shown(client: Client, settings: Any) -> None:
    load_demonstration()
    settings.BALA_DEMO = False
    page = client.post(
        reverse("account_login"),
        {"login": "two-step@demo.example", "password": PASSWORD},
        follow=True,
    )
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert "BALADEMO" not in page.content.decode()

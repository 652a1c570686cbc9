"""A result becomes figures: once, correctable, never lost."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden
from bala.kernel.revisions import RowConflict
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.actions.outcomes import (
    BadResult,
    MediaLink,
    NotYetApproved,
    record_result,
    take_back_result,
)
from bala.programme.enums import PlanStatus
from bala.programme.models import Outcome, PlanItem
from tests.people.factories import make_person
from tests.programme.factories import make_plan_item
from tests.programme.races import race
from tests.territory.factories import make_organisation, region

DAY = date(2021, 5, 27)
LINK = MediaLink(url="https://example.kz/1", outlet="Алматы ақшамы", title="Эстафета")


def host_and_item(**fields: Any) -> tuple[Account, PlanItem]:
    house = make_organisation()
    item = make_plan_item(organisation=house, **fields)
    return make_person(Role.HOST, organisation=house, campaign_slug=item.campaign.slug), item


def organiser_of(item: PlanItem) -> Account:
    return make_person(
        Role.ORGANISER,
        email="organiser@example.kz",
        region=item.region,
        campaign_slug=item.campaign.slug,
    )


def result(**changes: Any) -> dict[str, Any]:
    return {"revision": 1, "held_on": DAY, "children": 120, "adults": 30, **changes}


def figures(item: PlanItem) -> dict[str, Decimal]:
    in_force = Outcome.objects.filter(plan_item=item, superseded_at__isnull=True)
    return dict(in_force.values_list("metric", "value"))


@pytest.mark.django_db
def test_a_result_writes_its_figures_with_the_row() -> None:
    account, item = host_and_item()
    record_result(
        account=account,
        item=item,
        **result(media=[LINK], captions=["Старт"], note="Было весело", money=Decimal("1500.50")),
    )
    item.refresh_from_db()
    assert (item.status, item.held_on, item.result_by) == (PlanStatus.HELD, DAY, account)
    assert figures(item) == {
        "events": 1,
        "children": 120,
        "adults": 30,
        "media": 1,
        "money": Decimal("1500.50"),
    }
    assert [m.outlet for m in item.media_mentions.all()] == ["Алматы ақшамы"]
    assert [p.text for p in item.photo_captions.all()] == ["Старт"]
    outcome = Outcome.objects.filter(metric="children").get()
    assert (outcome.source_id, outcome.happened_on) == (item.public_id, DAY)


@pytest.mark.django_db
def test_nobody_came_is_a_result_too() -> None:
    account, item = host_and_item()
    record_result(account=account, item=item, **result(children=0, adults=0))
    assert figures(item) == {"events": 1, "children": 0, "adults": 0}


@pytest.mark.django_db
def test_the_same_entry_sent_twice_counts_once() -> None:
    account, item = host_and_item()
    for _ in range(2):
        record_result(account=account, item=item, **result(media=[LINK], captions=["Старт"]))
    item.refresh_from_db()
    assert item.revision == 2
    assert Outcome.objects.count() == 4


@pytest.mark.django_db
def test_a_correction_keeps_the_figures_before_it() -> None:
    account, item = host_and_item()
    record_result(account=account, item=item, **result(media=[LINK]))
    record_result(account=account, item=item, **result(revision=2, children=118))
    assert figures(item) == {"events": 1, "children": 118, "adults": 30}
    old = Outcome.objects.filter(superseded_at__isnull=False)
    assert {o.metric: int(o.value) for o in old} == {
        "adults": 30,
        "children": 120,
        "events": 1,
        "media": 1,
    }
    assert not item.media_mentions.exists()


@pytest.mark.django_db
def test_the_second_of_two_who_correct_sees_the_conflict() -> None:
    account, item = host_and_item()
    record_result(account=account, item=item, **result())
    with pytest.raises(EditConflict):
        record_result(account=account, item=item, **result(revision=1, children=7))
    assert figures(item)["children"] == 120


@pytest.mark.django_db
def test_what_two_people_correct_in_one_result_is_kept_of_both() -> None:
    account, item = host_and_item()
    record_result(account=account, item=item, **result(children=120, adults=30))
    record_result(account=account, item=item, **result(revision=2, children=118, adults=30))
    # The second saw 120 children and counted the adults again.
    record_result(account=account, item=item, **result(revision=2, children=120, adults=31))
    stand = figures(item)
    assert stand["children"] == 118
    assert stand["adults"] == 31


@pytest.mark.django_db
def test_a_plan_that_was_changed_meanwhile_does_not_stand_in_the_way_of_its_result() -> None:
    account, item = host_and_item()
    PlanItem.objects.filter(pk=item.pk).update(place="Парк", revision=2)
    record_result(account=account, item=item, **result(revision=1, children=12))
    assert figures(item)["children"] == 12


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("theirs", "mine", "field"),
    [
        ({"captions": ["Старт"]}, {}, "captions"),
        ({"captions": ["Старт"]}, {"captions": ["Финиш"]}, "captions"),
        ({"media": [LINK]}, {"captions": ["Финиш"]}, "media"),
        ({"money": Decimal(500)}, {"money": Decimal(700)}, "money"),
    ],
)
def test_links_captions_and_money_of_another_person_are_not_lost(
    theirs: dict[str, Any], mine: dict[str, Any], field: str
) -> None:
    account, item = host_and_item()
    record_result(account=account, item=item, **result(**theirs))
    stood = figures(item)
    with pytest.raises(RowConflict) as told:
        record_result(account=account, item=item, **result(revision=1, **mine))
    assert told.value.fields == (field,)
    assert figures(item) == stood


@pytest.mark.django_db
def test_whoever_corrects_a_result_that_was_taken_back_is_told() -> None:
    account, item = host_and_item()
    record_result(account=account, item=item, **result())
    take_back_result(account=organiser_of(item), item=item, revision=2)
    with pytest.raises(RowConflict):
        record_result(account=account, item=item, **result(revision=2, children=7))
    assert figures(item) == {}


@pytest.mark.django_db
def test_the_page_of_a_result_shows_both_versions_and_takes_the_second_knowingly(
    client: Client,
) -> None:
    account, item = host_and_item()
    record_result(account=account, item=item, **result(children=120, adults=30))
    client.force_login(account)
    where = reverse("programme:result", args=[item.public_id])
    typed = {
        "revision": 1,
        "held_on": "2021-05-28",
        "children": 7,
        "adults": 30,
        "media-TOTAL_FORMS": 0,
        "media-INITIAL_FORMS": 0,
    }
    told = client.post(where, typed)
    page = told.content.decode()
    assert told.status_code == 409
    assert "“120”" in page or "«120»" in page
    assert 'value="7"' in page
    again = client.post(where, {**typed, "revision": told.context["form"].data["revision"]})
    assert again.status_code == 302
    assert figures(item)["children"] == 7


@pytest.mark.django_db
def test_a_result_is_taken_back_by_the_organiser_and_its_figures_stay() -> None:
    account, item = host_and_item()
    record_result(account=account, item=item, **result(media=[LINK]))
    with pytest.raises(Forbidden):
        take_back_result(account=account, item=item, revision=2)
    organiser = organiser_of(item)
    for _ in range(2):  # a double click
        take_back_result(account=organiser, item=item, revision=2)
    item.refresh_from_db()
    assert (item.status, item.held_on, item.actual_children) == (PlanStatus.APPROVED, None, None)
    assert figures(item) == {}
    assert Outcome.objects.count() == 4
    record_result(account=account, item=item, **result(revision=3, children=5))
    assert figures(item)["children"] == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"held_on": date(2021, 5, 29)},  # tomorrow
        {"held_on": date(2021, 5, 19)},  # before the campaign
        {"children": -1},
        {"adults": 2_000_001},
        {"money": Decimal(-1)},
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(changes: dict[str, Any]) -> None:
    account, item = host_and_item()
    with pytest.raises(BadResult):
        record_result(account=account, item=item, **result(**changes))
    item.refresh_from_db()
    assert item.status == PlanStatus.APPROVED
    assert not Outcome.objects.exists()


@pytest.mark.django_db
def test_the_future_begins_at_midnight_of_the_region() -> None:
    house = make_organisation(region("KZ-47"))  # Aqtau is an hour behind the capital
    item = make_plan_item(region=region("KZ-47"), organisation=house)
    account = make_person(Role.HOST, organisation=house)
    held = result(held_on=date(2021, 5, 29))
    with clock.at(datetime(2021, 5, 28, 18, 30, tzinfo=UTC)), pytest.raises(BadResult):
        record_result(account=account, item=item, **held)
    with clock.at(datetime(2021, 5, 28, 19, 30, tzinfo=UTC)):
        record_result(account=account, item=item, **held)
    assert figures(item)["events"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "status", [PlanStatus.PROPOSED, PlanStatus.DRAFT, PlanStatus.PLANNED, PlanStatus.CANCELLED]
)
def test_only_an_approved_row_can_be_held(status: PlanStatus) -> None:
    account, item = host_and_item(status=status, status_reason="—")
    with pytest.raises(NotYetApproved):
        record_result(account=account, item=item, **result())


@pytest.mark.django_db
def test_a_row_of_others_is_not_ones_own_to_report() -> None:
    _account, item = host_and_item()
    stranger = make_person(Role.HOST, organisation=make_organisation(region("KZ-79")))
    with pytest.raises(Forbidden):
        record_result(account=stranger, item=item, **result())


@pytest.mark.usefixtures("transactional_db")
def test_one_result_sent_by_twenty_at_once_counts_once() -> None:
    account, item = host_and_item()

    def send(_number: int) -> str:
        with clock.at(datetime(2021, 5, 28, 4, 0, tzinfo=UTC)):
            record_result(account=account, item=item, **result(media=[LINK], captions=["Старт"]))
        return "stored"

    assert race(send, times=20) == ["stored"] * 20
    assert Outcome.objects.count() == 4
    item.refresh_from_db()
    assert item.revision == 2


@pytest.mark.usefixtures("transactional_db")
def test_of_twenty_different_results_at_once_one_is_stored_and_all_others_see_the_conflict() -> (
    None
):
    account, item = host_and_item()

    def send(number: int) -> str:
        with clock.at(datetime(2021, 5, 28, 4, 0, tzinfo=UTC)):
            record_result(account=account, item=item, **result(children=number))
        return "stored"

    answers = race(send, times=20)
    assert sorted(answers) == ["RowConflict"] * 19 + ["stored"]
    assert figures(item)["children"] == answers.index("stored")
    assert Outcome.objects.count() == 3

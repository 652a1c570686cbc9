"""Hosts adopt, organisers decide."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bala.concept.enums import Format
from bala.kernel.errors import EditConflict, Forbidden
from bala.kernel.public_ids import new_public_id
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.actions.hosting import (
    BadDates,
    NotInCampaign,
    NotProposed,
    ReasonMissing,
    adopt_activity,
    adopt_block,
    approve_proposal,
    edit_own_row,
    send_back_proposal,
    withdraw_own_row,
)
from bala.programme.enums import PlanStatus
from bala.programme.models import Activity, PlanItem
from bala.territory.models import Organisation
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.programme.races import race
from tests.territory.factories import make_organisation, region

DAY = {"starts_on": date(2021, 6, 1), "ends_on": date(2021, 6, 1)}


def setting() -> tuple[Activity, Organisation, Account, Account]:
    """An activity, a school, its host and the organiser of the region."""
    activity = make_activity()
    slug = activity.campaign.slug
    house = make_organisation()
    host = make_person(Role.HOST, organisation=house, campaign_slug=slug)
    organiser = make_person(Role.ORGANISER, region=house.region, campaign_slug=slug)
    return activity, house, host, organiser


def propose(activity: Activity, house: Organisation, host: Account, **values: Any) -> PlanItem:
    return adopt_activity(
        account=host,
        organisation=house,
        activity=activity,
        key=new_public_id(),
        values={**DAY, **values},
    )


@pytest.mark.django_db
def test_what_a_host_adopts_is_proposed_in_its_own_region_and_name() -> None:
    activity, house, host, _organiser = setting()
    item = propose(activity, house, host, expected_children=30, adaptations="Пандус")
    assert (item.status, item.region, item.organisation) == ("proposed", house.region, house)
    assert item.title_kk == activity.title_kk
    assert (item.adaptations, item.created_by) == ("Пандус", host)


@pytest.mark.django_db
def test_the_same_form_sent_twice_makes_one_row() -> None:
    activity, house, host, _organiser = setting()
    key = new_public_id()
    made = {
        adopt_activity(account=host, organisation=house, activity=activity, key=key, values=DAY).pk
        for _ in range(2)
    }
    assert len(made) == PlanItem.objects.count() == 1


@pytest.mark.django_db
def test_a_host_adopts_for_the_own_house_and_within_the_campaign_alone() -> None:
    activity, _house, host, organiser = setting()
    elsewhere = make_organisation(region("KZ-79"))
    for account in (host, organiser):
        with pytest.raises(Forbidden):
            propose(activity, elsewhere, account)
    new_region = make_organisation(region("KZ-10"))  # no region yet in 2021
    with pytest.raises(NotInCampaign):
        propose(activity, new_region, make_person(Role.HOST, organisation=new_region))
    house = make_organisation()
    with pytest.raises(BadDates):
        propose(
            activity,
            house,
            make_person(Role.HOST, organisation=house),
            ends_on=date(2021, 5, 1),
        )


@pytest.mark.django_db
def test_a_block_comes_whole_once_and_dates_of_the_concept_stay() -> None:
    activity, house, host, _organiser = setting()
    dated = make_activity(activity.block, starts_on=date(2021, 6, 1), ends_on=date(2021, 6, 12))
    propose(activity, house, host)
    make_activity(activity.block)
    block: dict[str, Any] = {
        "account": host,
        "organisation": house,
        "block": activity.block,
        "starts_on": date(2021, 5, 30),
        "ends_on": date(2021, 6, 20),
        "form": Format.ONLINE,
        "expected_children": 25,
    }
    made = adopt_block(**block)
    assert len(made) == 2
    assert [(i.starts_on, i.ends_on) for i in made if i.activity == dated] == [
        (date(2021, 6, 1), date(2021, 6, 12))
    ]
    assert adopt_block(**block) == []
    assert PlanItem.objects.count() == 3


@pytest.mark.usefixtures("transactional_db")
def test_a_block_adopted_by_ten_clicks_at_once_comes_once() -> None:
    activity, house, host, _organiser = setting()
    make_activity(activity.block)

    def click(_number: int) -> str:
        made = adopt_block(
            account=host,
            organisation=house,
            block=activity.block,
            starts_on=date(2021, 6, 1),
            ends_on=date(2021, 6, 20),
            form=Format.ON_SITE,
            expected_children=0,
        )
        return str(len(made))

    assert sorted(race(click, times=10)) == ["0"] * 9 + ["2"]
    assert PlanItem.objects.count() == 2


@pytest.mark.django_db
def test_a_proposal_is_sent_back_mended_proposed_again_and_approved() -> None:
    activity, house, host, organiser = setting()
    item = propose(activity, house, host)
    with pytest.raises(ReasonMissing):
        send_back_proposal(account=organiser, item=item, revision=1, reason=" ")
    with pytest.raises(Forbidden):
        approve_proposal(account=host, item=item, revision=1)
    item = send_back_proposal(account=organiser, item=item, revision=1, reason="Другой день")
    assert (item.status, item.status_reason) == (PlanStatus.DRAFT, "Другой день")
    values = {"starts_on": date(2021, 6, 2), "ends_on": date(2021, 6, 2)}
    item = edit_own_row(account=host, item=item, revision=2, values=values, propose=True)
    assert (item.status, item.status_reason) == (PlanStatus.PROPOSED, "")
    with pytest.raises(EditConflict):  # the organiser looks at what is no longer there
        approve_proposal(account=organiser, item=item, revision=2)
    for _twice in range(2):
        item = approve_proposal(account=organiser, item=item, revision=3)
    assert (item.status, item.revision) == (PlanStatus.APPROVED, 4)
    with pytest.raises(NotProposed):
        edit_own_row(account=host, item=item, revision=4, values=values)
    with pytest.raises(NotProposed):
        send_back_proposal(account=organiser, item=item, revision=4, reason="Поздно")


@pytest.mark.django_db
def test_a_proposal_taken_back_stays_with_its_reason() -> None:
    activity, house, host, _organiser = setting()
    item = propose(activity, house, host)
    with pytest.raises(ReasonMissing):
        withdraw_own_row(account=host, item=item, revision=1, reason="")
    item = withdraw_own_row(account=host, item=item, revision=1, reason="Ремонт зала")
    assert (item.status, item.status_reason) == (PlanStatus.CANCELLED, "Ремонт зала")


@pytest.mark.django_db
def test_lists_cost_the_same_at_one_row_and_at_three(django_assert_max_num_queries: Any) -> None:
    activity, house, host, organiser = setting()
    counts: dict[str, list[int]] = {}
    for _rows in (1, 3):
        while PlanItem.objects.count() < _rows:
            make_plan_item(activity, organisation=house, status=PlanStatus.PROPOSED)
        for name, account in (("hosting", host), ("proposals", organiser)):
            client = Client()
            client.force_login(account)
            url = reverse(f"programme:{name}", kwargs={"slug": activity.campaign.slug})
            client.get(url)  # what is kept for all pages is kept now
            with django_assert_max_num_queries(40) as captured:
                assert client.get(url).status_code == 200
            counts.setdefault(name, []).append(len(captured))
    assert all(one == three for one, three in counts.values()), counts


@pytest.mark.django_db
def test_two_people_of_one_house_at_a_row_see_each_other(client: Client) -> None:
    item = make_plan_item(organisation=make_organisation(), status=PlanStatus.PROPOSED)
    host = make_person(Role.HOST, organisation=item.organisation)
    edit_own_row(account=host, item=item, revision=1, values={"place": "Спортзал"})
    edit_own_row(account=host, item=item, revision=1, values={"expected_children": 55})
    item.refresh_from_db()
    assert (item.place, item.expected_children) == ("Спортзал", 55)
    client.force_login(host)
    where = reverse("programme:hosting_row", args=[item.campaign.slug, item.public_id])
    shown = client.get(where).context["form"]
    values = {name: shown[name].value() for name in shown.fields}
    typed = {name: "" if value is None else value for name, value in values.items()}
    typed |= {"place": "Парк", "revision": 1, "starts_on": "2021-05-29", "ends_on": "2021-05-29"}
    told = client.post(where, typed)
    page = told.content.decode()
    assert told.status_code == 409
    assert "Спортзал" in page
    assert "Парк" in page

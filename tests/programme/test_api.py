"""The REST interface: public rows alone, page by page, at a cost that does not grow."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bala.programme.enums import CampaignStatus, PlanStatus
from bala.programme.models import Activity, Campaign
from tests.programme.factories import make_activity, make_campaign, make_plan_item

pytestmark = pytest.mark.django_db


def items(client: Client, activity: Activity, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/plan-items", {"campaign": activity.campaign.slug, **asked})
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_drafts_of_campaigns_are_not_listed(client: Client) -> None:
    shown = make_campaign()
    make_campaign(status=CampaignStatus.DRAFT)
    found = client.get("/api/v1/campaigns").json()
    assert [one["slug"] for one in found] == [shown.slug]
    assert len(found[0]["regions"]) == 17


def test_the_programme_gives_blocks_with_their_activities(client: Client) -> None:
    activity = make_activity()
    found = client.get(f"/api/v1/campaigns/{activity.campaign.slug}/programme").json()
    assert found["blocks"][0]["activities"][0]["number"] == "1.1"
    assert found["blocks"][0]["title"]["kk"] == activity.block.title_kk


@pytest.mark.parametrize("status", PlanStatus)
def test_only_rows_in_public_are_given(client: Client, status: PlanStatus) -> None:
    day = "2021-05-27"
    item = make_plan_item(
        status=status, status_reason="x", held_on=day, actual_children=1, actual_adults=0
    )
    shown = status in (PlanStatus.APPROVED, PlanStatus.HELD, PlanStatus.MOVED)
    assert bool(items(client, item.activity)["items"]) == shown


def test_rows_come_page_by_page_to_the_end(client: Client) -> None:
    activity = make_activity()
    wanted = {make_plan_item(activity).public_id for _n in range(5)}
    seen: list[str] = []
    cursor = ""
    for _page in range(3):
        page = items(client, activity, size=2, cursor=cursor)
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert (set(seen), len(seen), cursor) == (wanted, 5, "")


def test_filters_narrow_and_personal_names_stay_inside(client: Client) -> None:
    item = make_plan_item(responsible="Сәрсенова А. К., 87011234567")
    assert items(client, item.activity, region="KZ-79")["items"] == []
    assert items(client, item.activity, starts="2021-06-01")["items"] == []
    found = items(client, item.activity, region="KZ-75", block=1)["items"]
    assert [one["id"] for one in found] == [item.public_id]
    assert "Сәрсенова" not in str(found)


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_two_queries(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    activity = make_activity()
    for _n in range(number):
        make_plan_item(activity)
    with django_assert_num_queries(2):
        items(client, activity)


def test_an_unknown_campaign_is_not_here(client: Client) -> None:
    answer = client.get("/api/v1/plan-items", {"campaign": "none"})
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/json")


def test_an_address_of_the_api_that_is_not_answers_in_json(client: Client) -> None:
    answer = client.get("/api/v1/campaigns/a b/programme")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json()["detail"]


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    """The description of the interface, as other programs read it."""
    return dict(client.get("/api/v1/openapi.json").json())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    asked=st.dictionaries(
        st.sampled_from(
            [
                "campaign",
                "region",
                "block",
                "activity",
                "format",
                "starts",
                "ends",
                "cursor",
                "size",
            ]
        ),
        st.one_of(st.text(max_size=30), st.integers().map(str), st.dates().map(str)),
    )
)
def test_whatever_is_asked_gets_an_answer_that_the_description_tells_of(
    client: Client, described: dict[str, Any], asked: dict[str, str]
) -> None:
    """A small part of what `make security` tries with schemathesis."""
    if not Campaign.objects.exists():
        make_plan_item()
    known = {"campaign": Campaign.objects.get().slug}
    answer = client.get("/api/v1/plan-items", {**known, **asked})
    told = described["paths"]["/api/v1/plan-items"]["get"]["responses"]
    assert str(answer.status_code) in told
    assert answer["Content-Type"].startswith("application/json")

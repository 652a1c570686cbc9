"""Pages of plans: what they cost, and what they answer to cells that come one by one."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bala.programme.models import PlanItem
from bala.programme.queries.sanitary import limit_of
from tests.programme.factories import make_plan_item
from tests.territory.factories import make_district, make_organisation
from tests.world import Persona, World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """A campaign with one row in Almaty."""
    return build_world()


@pytest.fixture
def organiser(world: World) -> Client:
    """The organiser of Almaty, signed in."""
    client = Client()
    client.force_login(world.people[Persona.ORGANISER])
    return client


def address(world: World, name: str, *more: str) -> str:
    return reverse(f"programme:{name}", args=[world.campaign.slug, world.region.iso_code, *more])


def cost(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as told:
        assert client.get(url).status_code == 200
    return len(told)


@pytest.mark.parametrize(
    ("name", "more"),
    [("plan_region", []), ("plan_export", ["csv"]), ("plan_export", ["xlsx"])],
)
def test_three_rows_cost_no_more_queries_than_one(
    world: World, organiser: Client, name: str, more: list[str]
) -> None:
    url = address(world, name, *more)
    cost(organiser, url)
    one = cost(organiser, url)
    for _n in range(2):
        make_plan_item(world.activity, organisation=make_organisation(), district=make_district())
    assert cost(organiser, url) == one <= 16


def test_all_regions_cost_no_more_queries_than_one(world: World) -> None:
    client = Client()
    client.force_login(world.people[Persona.COORDINATOR])
    url = reverse("programme:plans", args=[world.campaign.slug])
    cost(client, url)
    one = cost(client, url)
    for _n in range(2):
        make_plan_item(world.activity, region=world.other_region)
    assert cost(client, url) == one


def post(client: Client, item: PlanItem, **cells: Any) -> Any:
    return client.post(
        reverse("programme:plan_row", args=[item.public_id]),
        {"revision": item.revision, **cells},
    )


def test_a_cell_is_saved_and_the_row_comes_back(world: World, organiser: Client) -> None:
    answer = post(organiser, world.plan_item, dates="29 и 31 мая", time="15:00-17:30")
    assert answer.status_code == 200
    assert 'data-revision="2"' in answer.content.decode()
    world.plan_item.refresh_from_db()
    assert [day.day for day in world.plan_item.days] == [29, 31]
    assert f"{world.plan_item.ends_at:%H:%M}" == "17:30"


def test_a_cell_that_cannot_be_taken_is_answered_with_the_reason(
    world: World, organiser: Client
) -> None:
    answer = post(organiser, world.plan_item, children="-3")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Число меньше нуля" in text
    assert 'data-mine="-3"' in text


def test_a_conflict_is_answered_with_both_texts(world: World, organiser: Client) -> None:
    stale = PlanItem.objects.get(pk=world.plan_item.pk)
    post(organiser, world.plan_item, place="Стадион")
    answer = post(organiser, stale, place="Парк")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Стадион" in text
    assert "Парк" in text


def test_the_page_of_the_row_keeps_what_was_typed_in_a_conflict(
    world: World, organiser: Client
) -> None:
    item = world.plan_item
    url = reverse("programme:plan_item", args=[item.public_id])
    form = {
        "revision": 1,
        "activity": world.activity.public_id,
        "title_ru": item.title_ru,
        "organisation": world.organisation.name_ru,
        "dates": "29.05.2021",
        "format": "on_site",
        "place": "Парк",
        "children": "40",
    }
    PlanItem.objects.filter(pk=item.pk).update(place="Стадион", revision=2)
    answer = organiser.post(url, form)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Парк"' in text
    assert "Сейчас здесь: «Стадион»" in text
    again = organiser.post(url, {**form, "revision": 2})
    assert again.status_code == 302
    item.refresh_from_db()
    assert item.place == "Парк"


def test_a_cell_that_breaks_the_sanitary_limit_says_by_how_many(
    world: World, organiser: Client
) -> None:
    PlanItem.objects.filter(pk=world.plan_item.pk).update(
        venue_kind="cinema_or_theatre", venue_capacity=100, region=world.region
    )
    text = post(organiser, world.plan_item, children="5000").content.decode()
    limit = limit_of(PlanItem.objects.get(pk=world.plan_item.pk))
    assert limit is not None
    assert limit.over > 0
    assert str(limit.over)[-3:] in text.split("tag warn over")[1][:400]


def test_filters_leave_what_was_asked_for(world: World, organiser: Client) -> None:
    make_plan_item(world.activity, title_ru="Забег", format="online", status="draft")
    url = address(world, "plan_region")
    for asked, shown in (
        ("text=Забег", True),
        ("format=online", True),
        ("status=draft", True),
        ("status=approved", False),
        ("starts=2021-06-01", False),
        ("block=99", True),  # not a block: narrows nothing
    ):
        found = "Забег" in organiser.get(f"{url}?{asked}").content.decode().split("<tbody>")[-1]
        assert found == shown, asked


def test_chosen_columns_are_kept(world: World, organiser: Client) -> None:
    url = address(world, "plan_region")
    organiser.get(f"{url}?columns=title&columns=tenge")
    text = organiser.get(url).content.decode()
    assert 'data-column="tenge"' in text
    assert 'data-column="funding"' not in text


def test_word_export_is_a_table_of_the_plan(world: World, organiser: Client) -> None:
    import io

    from docx import Document

    answer = organiser.get(address(world, "plan_export", "docx"))
    (table,) = Document(io.BytesIO(answer.content)).tables
    assert table.rows[1].cells[0].text == "1.1"

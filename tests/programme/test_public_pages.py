"""What everybody may read: only what was decided, in few questions to the database."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bala.programme.enums import CampaignStatus, PlanStatus
from bala.programme.models import Campaign, PlanItem
from tests.programme.factories import make_activity, make_block, make_plan_item

pytestmark = pytest.mark.django_db
BUDGET = 12  # queries of a public page, whatever there is to show
HIDDEN = (PlanStatus.PROPOSED, PlanStatus.DRAFT, PlanStatus.PLANNED)

Address = Callable[[PlanItem], str]
PAGES: dict[str, Address] = {
    "home": lambda _item: reverse("pages:home"),
    "programme": lambda item: reverse("programme:programme", args=[item.campaign.slug]),
    "block": lambda item: reverse("programme:block", args=[item.campaign.slug, 1]),
    "activity": lambda item: reverse(
        "programme:activity", args=[item.campaign.slug, item.activity.public_id]
    ),
    "region": lambda item: reverse("pages:region", args=[item.campaign.slug, "KZ-75"]),
    "day": lambda item: reverse("pages:day", args=[item.campaign.slug, "2021-05-29"]),
    "calendar": lambda item: reverse("pages:calendar", args=[item.campaign.slug]),
    "search": lambda _item: reverse("pages:search") + "?q=эстафета",
    "feed": lambda item: reverse("pages:campaign_calendar", args=[item.campaign.slug]),
    "news": lambda item: reverse("pages:campaign_news", args=[item.campaign.slug]),
}


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer).decode()  # streamed or not


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_much_for_three_rows_as_for_one_and_no_more_than_its_budget(
    client: Client, name: str
) -> None:
    item = make_plan_item()
    address = PAGES[name](item)
    counts = []
    for _round in (1, 3):
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        counts.append(len(queries))
        for _copy in range(2):
            make_plan_item(item.activity, title_ru="Эстафета семей")
    assert counts[0] == counts[1] <= BUDGET


@pytest.mark.parametrize("status", HIDDEN)
@pytest.mark.parametrize("name", PAGES)
def test_what_is_not_decided_stands_on_no_page(
    client: Client, name: str, status: PlanStatus
) -> None:
    item = make_plan_item(status=status, title_ru="Тайная эстафета", title_kk="Тайная эстафета")
    assert "Тайная" not in read(client, PAGES[name](item))
    assert (
        client.get(reverse("programme:item", args=[item.campaign.slug, item.public_id])).status_code
        == 404
    )


def test_an_approved_row_is_read_on_its_page_with_what_machines_read(client: Client) -> None:
    item = make_plan_item(place="Центральный стадион", responsible="А. Нурланова, 8 701 000 00 00")
    page = read(client, reverse("programme:item", args=[item.campaign.slug, item.public_id]))
    assert "Центральный стадион" in page
    assert "application/ld+json" in page
    assert "701 000" not in page  # who answers for a row is told to officials, not to the world


def test_a_campaign_in_preparation_is_not_there(client: Client) -> None:
    item = make_plan_item()
    Campaign.objects.update(status=CampaignStatus.DRAFT)
    assert client.get(PAGES["programme"](item)).status_code == 404
    assert "эстафеты" not in read(client, reverse("pages:home"))


def test_search_forgives_letters_and_finds_by_kazakh_and_russian(client: Client) -> None:
    item = make_plan_item(title_kk="Қызылорда балаларының жарысы", title_ru="Ёлка детей")
    for words in ("Кызылорда", "қызылорда", "елка", "ЁЛКА"):
        page = read(client, reverse("pages:search") + f"?q={words}")
        assert item.public_id in page, words


def test_a_search_for_nothing_known_says_so(client: Client) -> None:
    make_plan_item()
    assert "эстафета" not in read(client, reverse("pages:search") + "?q=жйцщ").casefold()


def test_the_feed_of_a_region_holds_its_rows_alone(client: Client) -> None:
    item = make_plan_item(title_ru="Алматы бегает", title_kk="")
    from tests.territory.factories import region

    make_plan_item(item.activity, region=region("KZ-79"), title_ru="Шымкент бегает", title_kk="")
    feed = read(client, reverse("pages:region_calendar", args=[item.campaign.slug, "KZ-75"]))
    assert "Алматы бегает" in feed
    assert "Шымкент бегает" not in feed
    assert feed.count("BEGIN:VEVENT") == 1


def test_visitors_get_no_cookie_so_that_a_cache_can_keep_the_page(client: Client) -> None:
    item = make_plan_item()
    answer = client.get(PAGES["programme"](item))
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_day_outside_of_the_campaign_or_no_day_at_all_is_told(client: Client) -> None:
    item = make_plan_item()
    for day in ("2021-13-40", "gestern", "0000-00-00"):
        assert client.get(f"/ru/c/{item.campaign.slug}/day/{day}/").status_code == 404


def test_unknown_words_in_the_address_bar_do_not_break_a_list(client: Client) -> None:
    item = make_plan_item()
    address = PAGES["programme"](item)
    for query in (
        "block=x",
        "region=KZ-99",
        "cursor=rubbish",
        "day=2021-99-99",
        "age=-1",
        "format=%00",
    ):
        assert client.get(f"{address}?{query}").status_code in (200, 404), query


def test_each_page_speaks_three_languages(client: Client) -> None:
    block = make_block(title_en="A happy family")
    make_plan_item(make_activity(block, title_en="Family relays"))
    for language, words in (("kk", "Отбасында"), ("ru", "Счастье жить"), ("en", "A happy family")):
        page = read(client, f"/{language}/c/{block.campaign.slug}/block/1/")
        assert words in page
        assert f'<html lang="{language}"' in page


def test_results_of_a_held_row_are_told_and_its_day_stands(client: Client) -> None:
    item = make_plan_item(
        status=PlanStatus.HELD,
        starts_on=date(2021, 5, 25),
        held_on=date(2021, 5, 25),
        actual_children=41,
        actual_adults=7,
    )
    kwargs: dict[str, Any] = {"slug": item.campaign.slug, "public_id": item.public_id}
    assert "41" in read(client, reverse("programme:item", kwargs=kwargs))

"""What travels at the first view of a public page, counted in Chromium: at most 150 KB."""

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from bala.programme.models import PlanItem
from tests.programme.factories import make_activity, make_block, make_campaign, make_plan_item

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]

MOST = 150_000
PAGES = {
    "home": "",
    "programme": "c/{slug}/programme/",
    "block": "c/{slug}/block/1/",
    "activity": "c/{slug}/activity/{activity}/",
    "event": "c/{slug}/event/{item}/",
    "regions": "c/{slug}/regions/",
    "region": "c/{slug}/region/KZ-75/",
    "day": "c/{slug}/day/2021-05-29/",
    "calendar": "c/{slug}/calendar/",
    "coverage": "c/{slug}/coverage/",
    "open data": "c/{slug}/open-data/",
    "search": "search/?q=эстафета",
    "help": "help/",
    "about": "about/",
    "privacy": "privacy/",
    "sign-in": "accounts/login/",
    "sign-up": "accounts/signup/",
}


@pytest.fixture
def event() -> PlanItem:
    """A campaign of eight blocks with 37 activities, and more rows on a day than a page holds."""
    campaign = make_campaign()
    activities = []
    for lines in (5, 4, 3, 5, 7, 4, 3, 6):
        block = make_block(campaign, goal_kk="Әр бала отбасында өссін. " * 4)
        activities += [make_activity(block) for _line in range(lines)]
    items = [
        make_plan_item(
            activities[number % 37],
            title_kk=f"«Әкем, анам және мен» отбасылық эстафетасы {number}",
            place="№ 72 жалпы білім беретін мектеп, Қаратау ауданы",
        )
        for number in range(60)
    ]
    return items[0]


def travelled(context: BrowserContext, server: str, path: str) -> dict[str, int]:
    """Open a page as its first visitor; return the bytes of each thing asked for, no pictures.

    Style sheets and scripts count as they are packed for delivery (the server of the tests sends
    them plain), the page itself as it came.
    """
    page = context.new_page()
    wire = context.new_cdp_session(page)
    asked: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}

    def finished(event: dict[str, float | str]) -> None:
        kind, url = asked.get(str(event["requestId"]), ("Image", ""))
        if kind == "Image" or url.startswith("data:"):
            return
        static = urlsplit(url).path.removeprefix("/static/")
        found = finders.find(static) if "/static/" in url and not static.endswith("woff2") else None
        if isinstance(found, str):
            sizes[static] = len(gzip.compress(Path(found).read_bytes(), 6))
        else:
            sizes[urlsplit(url).path] = int(event["encodedDataLength"])

    wire.on(
        "Network.responseReceived",
        lambda event: asked.update({event["requestId"]: (event["type"], event["response"]["url"])}),
    )
    wire.on("Network.loadingFinished", finished)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(f"{server}/kk/{path}", wait_until="networkidle")
    page.close()
    return sizes


def test_the_first_view_of_every_kind_of_public_page_is_light(
    browser: Browser, live_server: LiveServer, event: PlanItem, settings: Any
) -> None:
    settings.BALA_FRESH_SECONDS = 30  # as it runs: what is kept is kept packed
    context = browser.new_context(viewport={"width": 360, "height": 780})
    names = {
        "slug": event.campaign.slug,
        "activity": event.activity.public_id,
        "item": event.public_id,
    }
    heavy = {}
    for name, path in PAGES.items():
        sizes = travelled(context, live_server.url, path.format(**names))
        # The page, its look, its script and the letters of Kazakh: else nothing was counted.
        assert {urlsplit(one).path.rsplit(".", 1)[-1] for one in sizes} >= {"css", "js", "woff2"}
        if sum(sizes.values()) > MOST:
            heavy[name] = sizes
    context.close()
    assert heavy == {}

"""A visitor on a phone and at a desk, in Kazakh and in Russian, with JavaScript and without."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from bala.programme.models import PlanItem
from tests.axe import violations
from tests.programme.factories import make_plan_item

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]
SCREENS = [("kk", 360), ("kk", 1280), ("ru", 360), ("ru", 1280)]


@pytest.fixture
def event() -> PlanItem:
    """A relay in Almaty on the next day, and two more."""
    item = make_plan_item(title_kk="Отбасылар эстафетасы", place="Орталық стадион")
    make_plan_item(item.activity, title_kk="Аула кубогы", title_ru="Кубок двора")
    return item


def owes(page: Page) -> None:
    """What every page owes: nothing for axe, nothing wider than the screen."""
    assert violations(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


@pytest.mark.parametrize(("language", "width"), SCREENS)
def test_a_visitor_finds_a_relay_by_region_block_day_and_search(
    browser: Browser, live_server: LiveServer, event: PlanItem, language: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: errors.append(str(error)))
    title = event.title_kk if language == "kk" else event.title_ru
    slug = event.campaign.slug
    for path in (
        "",
        f"c/{slug}/programme/",
        f"c/{slug}/block/1/",
        f"c/{slug}/activity/{event.activity.public_id}/",
        f"c/{slug}/region/KZ-75/",
        f"c/{slug}/day/2021-05-29/",
        f"c/{slug}/calendar/",
        f"c/{slug}/coverage/",
        f"search/?q={title.split()[0]}",
        "help/",
    ):
        page.goto(f"{live_server.url}/{language}/{path}")
        owes(page)
        assert page.locator("a[href='tel:111']").first.count() == 1, path
    page.goto(f"{live_server.url}/{language}/c/{slug}/day/2021-05-29/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url("**/event/**")
    assert page.get_by_role("heading", level=1).inner_text().strip().startswith(title[:5])
    owes(page)
    assert hosts == {urlsplit(live_server.url).netloc}
    assert errors == []
    context.close()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_everything_a_visitor_does_works_without_javascript(
    browser: Browser, live_server: LiveServer, event: PlanItem, language: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/")
    page.locator("main input[name=q]").first.fill(event.title_kk.split()[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert page.locator(f"a[href*='{event.public_id}']").count() >= 1
    other = "ru" if language == "kk" else "kk"
    page.locator(f"a[hreflang='{other}'], .lang a[href^='/{other}/']").first.click()
    page.wait_for_url(f"**/{other}/search/**")
    assert page.locator("html").get_attribute("lang") == other
    context.close()

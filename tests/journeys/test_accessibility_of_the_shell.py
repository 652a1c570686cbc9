"""axe finds nothing on the pages that the look is made of, in any language or theme."""

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.axe import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PATHS = ("styleguide/", "accounts/login/", "accounts/signup/", "not-here/")


def open_in(browser: Browser, address: str, theme: str, width: int = 1280) -> BrowserContext:
    """Start a visit with a theme chosen."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": "theme", "value": theme, "url": address}])
    return context


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing(
    live_server: object, browser: Browser, language: str, theme: str
) -> None:
    address = str(live_server)
    context = open_in(browser, address, theme)
    page = context.new_page()
    found = {}
    for path in PATHS:
        page.goto(f"{address}/{language}/{path}")
        if problems := violations(page):
            found[path] = problems
    context.close()
    assert found == {}


def test_nothing_is_wider_than_a_phone_and_no_other_host_is_asked(
    live_server: object, browser: Browser
) -> None:
    address = str(live_server)
    context = open_in(browser, address, "light", width=360)
    page = context.new_page()
    hosts: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    page.on("console", lambda message: complaints.append(message.text))
    widths = {}
    for path in ("styleguide/", "accounts/login/"):
        page.goto(f"{address}/kk/{path}")
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert widths == {"styleguide/": 360, "accounts/login/": 360}
    assert hosts - {"data:"} == {address}
    assert complaints == []


def test_the_theme_is_kept_without_javascript(live_server: object, browser: Browser) -> None:
    address = str(live_server)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/ru/accounts/login/")
    page.locator(".theme-switch button[value=dark]").click()
    assert page.url == f"{address}/ru/accounts/login/"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_the_theme_changes_in_place_with_javascript(live_server: object, browser: Browser) -> None:
    address = str(live_server)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/ru/accounts/login/")
    page.locator("#id_login").fill("kept@bala.kz")
    with page.expect_response(lambda response: response.url.endswith("/theme/")):
        page.locator(".theme-switch button[value=dark]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("#id_login").input_value() == "kept@bala.kz"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()

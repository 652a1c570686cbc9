"""Whoever reads a letter ends letters of its kind by its link, without signing in; and a guardian
links a chat and a telephone, as the demonstration lets everybody try it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from bala.notify.actions import tell
from bala.notify.enums import MessageState
from bala.notify.models import Address, Preference
from bala.notify.queries.kinds import PHONE_CODE
from bala.people.enums import Role
from tests.axe import violations
from tests.browser import visit
from tests.jobs import run_jobs
from tests.notify.factories import NUDGE, make_message
from tests.people.factories import make_account, make_person
from tests.programme.factories import make_campaign
from tests.territory.factories import region

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]


def owes(page: Page) -> None:
    """What every page owes: nothing for axe, nothing wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280)])
def test_a_letters_link_ends_its_kind_without_signing_in(
    browser: Browser,
    live_server: LiveServer,
    settings: Any,
    language: str,
    width: int,
) -> None:
    settings.BALA_BASE_URL = live_server.url
    person = make_account(language=language)
    make_message(person)
    run_jobs("notify.send")
    (link,) = set(
        re.findall(rf"{live_server.url!s}/{language}/letters/off/\S+", str(mail.outbox[0].body))
    )
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(link)
    owes(page)
    assert not Preference.objects.exists()
    page.locator("main form button").click()
    page.wait_for_load_state()
    owes(page)
    assert page.locator("main form button").count() == 0
    assert Preference.objects.get().kind == NUDGE
    assert tell(account=person, kind=NUDGE, key="next", context={}) is None
    assert context.cookies() == [] or "sessionid" not in {c["name"] for c in context.cookies()}
    context.close()


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280)])
def test_a_coordinator_sends_again_what_could_not_be_sent(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    slug = make_campaign().slug
    person = make_person(Role.ORGANISER, campaign_slug=slug, region=region("KZ-75"))
    message = make_message(person, about=slug)
    message.state, message.error = MessageState.FAILED, "550 no such mailbox"
    message.save()
    boss = make_person(Role.COORDINATOR, campaign_slug=slug)
    context = visit(browser, live_server.url, boss, width)
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/console/{slug}/letters/?state=failed")
    owes(page)
    page.locator("ol.rows a").click()
    page.wait_for_url(f"**/letters/{message.public_id}/")
    owes(page)
    page.locator("form[action$='/again/'] button").click()
    page.wait_for_selector(".alert.success")
    owes(page)
    run_jobs("notify.send")
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    context.close()


@pytest.fixture
def _demonstration(settings: Any, tmp_path: Path, live_server: LiveServer) -> None:
    """A demonstration whose letters are read in the browser."""
    settings.BALA_DEMO, settings.BALA_VAR = True, tmp_path
    settings.BALA_BASE_URL = live_server.url
    settings.EMAIL_BACKEND = "bala.demo.actions.mailbox.Backend"
    settings.CONSOLE_GATEWAY = "bala.demo.actions.mailbox.keep_call"
    settings.BALA_TELEGRAM_API = settings.BALA_SMS_URL = settings.BALA_TELEGRAM_TOKEN = "console:"
    settings.BALA_TELEGRAM_BOT = "bala_bot"
    settings.BALA_TELEGRAM_LINK = f"{live_server.url}/demo/telegram"


@pytest.mark.usefixtures("_demonstration")
@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280)])
def test_a_guardian_links_telegram_and_a_telephone(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    guardian = make_account(language=language)
    context = visit(browser, live_server.url, guardian, width)
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/family/letters/")
    owes(page)
    page.locator("a[href*='/letters/telegram/']").click()
    page.wait_for_url("**/letters/telegram/**")
    owes(page)
    page.locator("#state form button").click()
    page.wait_for_selector("#state svg.qr")
    owes(page)
    with context.expect_page() as opened:
        page.locator("#state a[target='_blank']").click()
    telegram = opened.value
    telegram.wait_for_selector("form.chat-form button")
    owes(telegram)
    telegram.locator("form.chat-form button").click()
    telegram.wait_for_selector(".bubble")
    owes(telegram)
    # The page that waits finds out by itself.
    page.wait_for_selector("#state form[action*='/forget/']")
    owes(page)

    page.goto(f"{live_server.url}/{language}/letters/phone/?family=1")
    page.fill("input[name=number]", "8 701 123 45 67")
    page.locator("form:has(input[name=number]) button").click()
    page.wait_for_selector("input[name=code]")
    owes(page)
    run_jobs("notify.send")
    letters = context.new_page()
    letters.goto(f"{live_server.url}/{language}/demo/letters/?to=7701")
    owes(letters)
    letters.locator("ol.rows a").first.click()
    letters.wait_for_url("**/demo/letters/*/")
    owes(letters)
    (code,) = re.findall(r"\b\d{6}\b", letters.locator(".letter-text").inner_text())
    page.fill("input[name=code]", code)
    page.locator("form:has(input[name=code]) button").click()
    page.wait_for_url("**/family/letters/")
    owes(page)
    assert Address.objects.filter(account=guardian, confirmed_at__isnull=False).count() == 2
    assert guardian.messages.get().kind == PHONE_CODE
    context.close()

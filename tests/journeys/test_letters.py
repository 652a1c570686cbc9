"""Whoever reads a letter ends letters of its kind by its link, without signing in."""

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from bala.notify.actions import tell
from bala.notify.models import Preference
from tests.axe import violations
from tests.jobs import run_jobs
from tests.notify.factories import NUDGE, make_message
from tests.people.factories import make_account

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

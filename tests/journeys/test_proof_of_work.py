"""An anonymous form in a browser: with proof of work, and without JavaScript."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from bala.kernel.models import Hits

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.journey,
    pytest.mark.urls("tests.kernel.guarded"),
]


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    templates = [dict(engine) for engine in settings.TEMPLATES]
    templates[0]["DIRS"] = [Path(__file__).parent.parent / "kernel" / "templates"]
    settings.TEMPLATES = templates
    settings.BALA_PROOF_ROUNDS = 4000


def test_the_browser_does_the_work_by_itself_within_our_own_rules(
    live_server: Any, browser: Browser
) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda sent: hosts.add(sent.url.split("/")[2]))
    page.goto(f"{live_server.url}/word/")
    page.wait_for_selector("altcha-widget", state="attached")
    page.fill("[name=word]", "бала")
    page.click("text=Send")
    page.get_by_text("taken: бала").wait_for()
    assert complaints == []  # a breach of the policy would be told here
    assert hosts == {live_server.url.split("/")[2]}
    assert Hits.objects.count() == 2  # the allowance and the proof that is spent
    page.close()


def test_without_javascript_the_form_goes_after_a_moment(
    live_server: Any, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bala.kernel import guarded_forms

    monkeypatch.setattr(guarded_forms, "SOONEST", timedelta(0))  # tests do not sleep
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/word/")
    assert page.locator("noscript p").is_visible()
    page.fill("[name=word]", "бала")
    page.click("text=Send")
    assert "taken: бала" in page.content()
    page.context.close()

"""The Chromium that journeys run in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bala.people.models import Account


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the installed Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_executable(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        try:
            yield browser
        finally:
            browser.close()


def _executable() -> str | None:
    """The machine's Chromium, or the one that `make test` unpacked for a user who is not root."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    unpacked = Path(__file__).parent.parent / "var" / "chromium" / "run"
    return found or (str(unpacked) if unpacked.exists() else None)


def visit(browser: Browser, address: str, account: Account, width: int) -> BrowserContext:
    """Start a visit of somebody who has signed in, at a screen of `width` pixels."""
    client = Client()
    client.force_login(account)
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return context

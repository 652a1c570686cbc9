"""The Chromium that journeys run in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright


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

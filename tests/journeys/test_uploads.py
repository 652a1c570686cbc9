"""The field for files in a browser: the network breaks, the browser is closed, nothing is lost."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from bala.files.enums import FileState
from bala.files.models import StoredFile, Upload
from bala.people.models import Account
from tests.browser import visit
from tests.files.factories import digest
from tests.jobs import run_jobs
from tests.people.factories import make_account

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.journey,
    pytest.mark.urls("tests.files.asking"),
]
PIECE = 2 * 1024 * 1024


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    templates = [dict(engine) for engine in settings.TEMPLATES]
    templates[0]["DIRS"] = [Path(__file__).parent.parent / "files" / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph of three pieces."""
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).save(out, "JPEG", quality=96)
    path = tmp_path / "IMG_2021.jpg"
    path.write_bytes(out.getvalue())
    assert 2 * PIECE < path.stat().st_size < 4 * PIECE
    return path


@pytest.fixture
def guardian() -> Account:
    return make_account()


@pytest.fixture
def phone(live_server: Any, browser: Browser, guardian: Account) -> Iterator[BrowserContext]:
    context = visit(browser, live_server.url, guardian, 360)
    yield context
    context.close()


def opened(context: BrowserContext, address: str, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(address)
    return page


class Network:
    """Lets so many pieces through, then nothing until it is mended."""

    def __init__(self, page: Page, pieces: int) -> None:
        self.left, self.sent = pieces, 0
        page.route("**/files/tus/**", self._handle)

    def _handle(self, route: Route) -> None:
        if self.left <= 0:
            route.abort()
            return
        if route.request.method == "PATCH":
            self.left -= 1
            self.sent += 1
        route.continue_()


def test_a_photo_goes_on_by_itself_when_the_network_is_back(
    live_server: Any, phone: BrowserContext, photo: Path
) -> None:
    complaints: list[str] = []
    page = opened(phone, f"{live_server.url}/kk/place/", complaints)
    network = Network(page, pieces=1)
    with page.expect_event("requestfailed"):
        page.locator(".upload-choose > input").set_input_files(photo)
    phone.set_offline(True)
    expect(page.locator(".upload")).to_have_attribute("data-state", "broken", timeout=30_000)
    assert Upload.objects.get().offset == PIECE
    network.left = 99
    phone.set_offline(False)  # the browser says that it is online again
    expect(page.locator(".upload")).to_have_attribute("data-state", "processing", timeout=30_000)
    run_jobs("files.prepare")
    expect(page.locator(".upload-thumb img")).to_be_visible(timeout=30_000)
    file = StoredFile.objects.get()
    assert (file.state, file.sha256) == (FileState.READY, digest(photo.read_bytes()))
    # The form comes back with an error: the picture stays.
    page.locator("[name=name]").evaluate("field => field.required = false")
    page.locator("form.form button.button:not([type=button])").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    expect(page.locator(".upload-thumb img")).to_be_visible()
    page.fill("[name=name]", "саябақ")
    page.locator("form.form button.button:not([type=button])").click()
    page.wait_for_url("**/place/taken/")
    file.refresh_from_db()
    assert file.claimed_at is not None
    assert StoredFile.objects.count() == 1
    said = [text for text in complaints if "net::ERR" not in text and "422" not in text]
    assert said == []  # a breach of the policy would be told here


def test_it_goes_on_next_day_where_it_stopped(
    live_server: Any, browser: Browser, guardian: Account, phone: BrowserContext, photo: Path
) -> None:
    page = opened(phone, f"{live_server.url}/kk/place/", [])
    Network(page, pieces=1)
    with page.expect_event("requestfailed"):  # the second piece
        page.locator(".upload-choose > input").set_input_files(photo)
    page.close()  # in the middle
    first = Upload.objects.get()
    assert first.offset == PIECE
    for remembered in (True, False):  # the same browser, and another one of the same person
        state = phone.storage_state() if remembered else None
        context = browser.new_context(storage_state=state, viewport={"width": 1280, "height": 800})
        if not remembered:
            context.add_cookies(phone.cookies())  # type: ignore[arg-type] # as they were given
        page = opened(context, f"{live_server.url}/ru/place/", [])
        expect(page.locator(".upload-begun")).to_contain_text("IMG_2021.jpg")
        network = Network(page, pieces=1 if remembered else 99)
        if remembered:
            with page.expect_event("requestfailed"):  # the third
                page.locator(".upload-choose > input").set_input_files(photo)
            context.close()
            continue
        page.locator(".upload-choose > input").set_input_files(photo)
        expect(page.locator(".upload")).to_have_attribute("data-state", "processing")
        left = photo.stat().st_size - 2 * PIECE
        assert network.sent == -(-left // PIECE)  # nothing is sent twice
        context.close()
    run_jobs("files.prepare")
    assert Upload.objects.get() == first
    assert StoredFile.objects.get().sha256 == digest(photo.read_bytes())


def test_pause_remove_and_a_form_that_waits(
    live_server: Any, phone: BrowserContext, photo: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "plan.zip"
    wrong.write_bytes(b"PK\x03\x04" + b"\0" * 900)
    page = opened(phone, f"{live_server.url}/ru/place/", [])
    network = Network(page, pieces=1)
    page.fill("[name=name]", "парк")
    page.locator(".upload-choose > input").set_input_files([photo, wrong])
    first, second = page.locator(".upload").nth(0), page.locator(".upload").nth(1)
    first.locator("[data-act=pause]").click()
    expect(first).to_have_attribute("data-state", "paused")
    network.left = 99
    expect(second).to_have_attribute("data-state", "refused")
    expect(second.locator(".upload-note")).to_contain_text("JPEG")
    page.locator("form.form button.button:not([type=button])").click()
    expect(page.locator(".upload-said.bad")).to_be_visible()  # not sent: a file is paused
    second.locator("[data-act=remove]").click()
    first.locator("[data-act=go]").click()
    page.locator("form.form button.button:not([type=button])").click()  # waits, then goes by itself
    page.wait_for_url("**/place/taken/", timeout=30_000)
    file = StoredFile.objects.exclude(state=FileState.DELETED).get()
    assert file.claimed_at is not None


def test_without_javascript_it_is_a_plain_field(
    live_server: Any, browser: Browser, guardian: Account, photo: Path, phone: BrowserContext
) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(phone.cookies())  # type: ignore[arg-type] # as they were given
    page = context.new_page()
    page.goto(f"{live_server.url}/kk/place/")
    assert page.locator("noscript .upload-hint").is_visible()
    page.fill("[name=name]", "саябақ")
    page.locator("input[type=file]").first.set_input_files(photo)
    page.locator("form.form button.button:not([type=button])").click()
    assert page.content().count("taken") == 1
    assert StoredFile.objects.get().claimed_at is not None
    context.close()

"""Every page that the access table knows, opened once on a phone and once on a dark desk.

Whatever room adds an address adds it to its access table, and so to this walk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from bala.kernel import clock
from bala.programme.enums import PlanStatus
from bala.territory.enums import VenueKind
from tests.axe import violations
from tests.programme.factories import make_plan_item
from tests.returns.factories import make_result
from tests.test_access_table import table
from tests.world import Persona, World, build_world

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]

# Pages of the sign-in library that wear our look; its other addresses need a key from a letter.
LIBRARY = {
    "account_login": Persona.VISITOR,
    "account_signup": Persona.VISITOR,
    "account_reset_password": Persona.VISITOR,
    "account_reset_password_done": Persona.VISITOR,
    "account_reset_password_from_key_done": Persona.VISITOR,
    "account_inactive": Persona.VISITOR,
    "account_email_verification_sent": Persona.VISITOR,
    "account_email": Persona.HOST,
    "account_change_password": Persona.HOST,
    "account_logout": Persona.HOST,
    "account_reauthenticate": Persona.HOST,
    "mfa_index": Persona.HOST,
}
# Nobody's page, and pages that refuse: they are pages too.
REFUSALS = {
    "/not-here/": (Persona.VISITOR, 404),
    "/console/concepts/": (Persona.HOST, 403),
    "/family/": (Persona.CHILD, 403),
}


def lived_in() -> World:
    """The world of the access table with rows of every kind: long words, too many, late, held."""
    world = build_world()
    words = {
        "title_kk": "Қорғаншылармен, патронат тәрбиешілермен және қабылдаушы отбасылармен кездесу",
        "title_ru": "Встреча с опекунами, попечителями, патронатными воспитателями и семьями",
        "place": "№ 72 жалпы білім беретін мектеп-гимназиясының мәжіліс залы, Қаратау ауданы",
        "organisation": world.organisation,
    }
    for status in (PlanStatus.DRAFT, PlanStatus.PROPOSED, PlanStatus.PLANNED, PlanStatus.APPROVED):
        make_plan_item(
            world.activity,
            status=status,
            venue_kind=VenueKind.CULTURE_OBJECT,
            expected_children=1_250,
            **words,
        )
    make_result(world.activity, children=12_345, adults=678, money=1_234_567)
    return world


@dataclass(frozen=True)
class Stop:
    """One page of the walk: its name, its address with the language, who opens it."""

    name: str
    url: str
    persona: Persona
    status: int = 200


def stops(world: World, language: str) -> Iterator[Stop]:
    """Every page of HTML, each for the first kind of person that may open it."""
    for name, row in sorted(table().items()):
        fitting = [persona for persona in Persona if row.statuses[persona] == 200]
        if row.method == "get" and fitting:
            with translation.override(language):
                yield Stop(name, reverse(name, kwargs=row.kwargs(world)) + row.query, fitting[0])
    for name, persona in LIBRARY.items():
        with translation.override(language):
            yield Stop(name, reverse(name), persona)
    for path, (persona, status) in REFUSALS.items():
        yield Stop(f"{status} {path}", f"/{language}{path}", persona, status)


def is_page(world: World, stop: Stop) -> bool:
    """Whether the address answers with a whole page, not with a file, a feed or a part of one."""
    client = Client(raise_request_exception=False)
    if stop.persona is not Persona.VISITOR:
        client.force_login(world.people[stop.persona])
    answer = client.get(stop.url)
    assert answer.status_code == stop.status, stop
    return (
        answer["Content-Type"].startswith("text/html")
        and not answer.streaming
        and answer.content.lstrip()[:9].lower() == b"<!doctype"
    )


class Walk:
    """Browsers of several people, with what their pages complained about."""

    def __init__(self, browser: Browser, server: str, world: World, width: int, theme: str) -> None:
        self.browser, self.server, self.world = browser, server, world
        self.width, self.theme = width, theme
        self.open: dict[Persona, tuple[BrowserContext, Page]] = {}
        self.faults: list[str] = []
        self.now = ""

    def page_of(self, persona: Persona) -> Page:
        """The one tab of that kind of person, signed in when it is first asked for."""
        if persona not in self.open:
            context = self.browser.new_context(
                viewport={"width": self.width, "height": 900}, reduced_motion="reduce"
            )
            cookies = {"theme": self.theme}
            if persona is not Persona.VISITOR:
                client = Client()
                client.force_login(self.world.people[persona])
                cookies["sessionid"] = client.cookies["sessionid"].value
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": self.server}
                    for name, value in cookies.items()
                ]
            )
            page = context.new_page()
            page.on(
                "console", lambda message: self.complain(f"console: {message.text}", message.type)
            )
            page.on("pageerror", lambda error: self.complain(f"script: {error}"))
            page.on("request", lambda request: self.asked(request.url))
            self.open[persona] = context, page
        return self.open[persona][1]

    def complain(self, what: str, kind: str = "error") -> None:
        """Remember a fault of the page that is open."""
        # That a page which refuses was refused is no news.
        if kind in ("error", "warning") and "status of 40" not in what:
            self.faults.append(f"{self.now}: {what}")

    def asked(self, url: str) -> None:
        """No page asks another host for anything."""
        if not url.startswith((self.server, "data:", "blob:")):
            self.complain(f"asks {urlsplit(url).netloc}")

    def visit(self, stop: Stop) -> None:
        """Open one page and hold it against what every page owes."""
        page, self.now = self.page_of(stop.persona), stop.name
        answer = page.goto(self.server + stop.url)
        if answer is None or answer.status != stop.status:
            self.complain(f"answers {answer and answer.status}, not {stop.status}")
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            self.complain(f"{over} px wider than the screen")
        if page.locator("h1").count() != 1:
            self.complain("has no or several headings of the first order")
        for problem in violations(page):
            self.complain(problem)


@pytest.mark.parametrize(
    ("language", "width", "theme"), [("kk", 360, "light"), ("ru", 1280, "dark")]
)
def test_every_page_keeps_what_every_page_owes(
    browser: Browser, live_server: LiveServer, language: str, width: int, theme: str
) -> None:
    # The server's threads live on the machine's own day; links made here must be good on it.
    with clock.at(datetime.now(UTC)):
        world = lived_in()
        pages = [stop for stop in stops(world, language) if is_page(world, stop)]
    assert len(pages) > 90
    walk = Walk(browser, live_server.url, world, width, theme)
    for stop in pages:
        walk.visit(stop)
    for context, _page in walk.open.values():
        context.close()
    assert not walk.faults, "\n".join(walk.faults)

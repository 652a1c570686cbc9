"""A school adopts an activity, the organiser approves it, the school enters what was held."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page

from bala.kernel import clock
from bala.programme.enums import PlanStatus
from bala.programme.models import Campaign, Outcome, PlanItem
from bala.territory.enums import VenueKind
from tests.axe import violations
from tests.browser import visit
from tests.programme.factories import make_activity
from tests.world import Persona, World, build_world

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]
SCREENS = [("kk", 360), ("kk", 1280), ("ru", 360), ("ru", 1280)]

# Where whoever looks at the pages wants their pictures; nowhere, unless asked.
PICTURES = os.environ.get("BALA_PICTURES", "")


def seen(page: Page, name: str) -> None:
    """Hold a page against what every page owes: no overflow, nothing for axe; keep its picture."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    assert wide <= 0, name
    assert violations(page) == [], name


def prepare() -> World:
    """Let the campaign run on the machine's own day, which the server's threads live on."""
    world = build_world()
    today = clock.today()
    Campaign.objects.update(
        starts_on=date(today.year, 1, 1), ends_on=date(today.year, 12, 31), plans_due_on=today
    )
    make_activity(world.activity.block)
    return world


@pytest.mark.parametrize(("language", "width"), SCREENS)
def test_from_adoption_to_result(
    live_server: object, browser: Browser, language: str, width: int
) -> None:
    world = prepare()
    address = str(live_server)
    home = f"{address}/{language}/console/{world.campaign.slug}"
    mark = f"{language}-{width}"
    host = visit(browser, address, world.people[Persona.HOST], width)
    organiser = visit(browser, address, world.people[Persona.ORGANISER], width)

    page = host.new_page()
    page.goto(f"{home}/hosting/adopt/")
    seen(page, f"adopt-{mark}")
    page.locator(f"a[href*='{world.activity.public_id}']").click()
    page.fill("#id_title_kk", "Отбасылық эстафета мектепте")
    page.fill("#id_starts_on", clock.today().isoformat())
    page.fill("#id_ends_on", clock.today().isoformat())
    page.select_option("#id_venue_kind", VenueKind.CULTURE_OBJECT)
    page.fill("#id_expected_children", "60")
    seen(page, f"row-{mark}")
    page.locator(".form button.button").first.click()
    page.wait_for_url("**/hosting/?organisation=*")
    item = PlanItem.objects.get(status=PlanStatus.PROPOSED)
    seen(page, f"hosting-{mark}")

    desk = organiser.new_page()
    desk.goto(f"{home}/proposals/")
    assert "Отбасылық эстафета мектепте" in desk.content() or language == "ru"
    seen(desk, f"proposals-{mark}")
    desk.locator("button[value=approve]").click()
    desk.wait_for_load_state()
    item.refresh_from_db()
    assert item.status == PlanStatus.APPROVED

    page.goto(f"{home}/hosting/?folder=wanting")
    page.locator(f"a[href*='{item.public_id}/result']").click()
    page.fill("#id_children", "0")
    page.fill("#id_adults", "0")
    page.locator(".result-form button.button").click()
    assert page.locator("#id_nobody_came").is_visible()
    seen(page, f"nobody-{mark}")
    page.fill("#id_children", "58")
    page.fill("#id_adults", "9")
    page.locator(".result-form button.button").click()
    page.wait_for_url("**/hosting/?organisation=*")
    in_force = Outcome.objects.filter(plan_item=item, superseded_at__isnull=True)
    figures = {outcome.metric: int(outcome.value) for outcome in in_force}
    assert figures == {"events": 1, "children": 58, "adults": 9}
    page.goto(f"{address}/{language}/console/rows/{item.public_id}/result/")
    seen(page, f"result-{mark}")
    host.close()
    organiser.close()


@pytest.mark.parametrize(("language", "width"), SCREENS)
def test_what_a_coordinator_sees(
    live_server: object, browser: Browser, language: str, width: int
) -> None:
    world = prepare()
    address = str(live_server)
    home = f"{address}/{language}/console"
    coordinator = visit(browser, address, world.people[Persona.COORDINATOR], width)
    page = coordinator.new_page()
    paths = {
        "deadlines": f"{home}/{world.campaign.slug}/deadlines/",
        "sanitary": f"{home}/{world.campaign.slug}/sanitary/?day=2021-05-28",
        "decree": f"{home}/{world.campaign.slug}/sanitary/decree/2021-05-27/",
        "limit": f"{home}/{world.campaign.slug}/sanitary/limit/",
        "organisations": f"{home}/organisations/",
        "organisation": f"{home}/organisations/add/",
        "import": f"{home}/organisations/import/",
        "districts": f"{home}/organisations/districts/",
    }
    with translation.override(language):
        for name, path in paths.items():
            page.goto(path)
            seen(page, f"{name}-{language}-{width}")
    coordinator.close()


def test_a_list_is_looked_at_then_taken_over(
    live_server: object, browser: Browser, tmp_path: Path
) -> None:
    world = prepare()
    address = str(live_server)
    organiser = visit(browser, address, world.people[Persona.ORGANISER], 1280)
    page = organiser.new_page()
    file = tmp_path / "schools.csv"
    file.write_text("наименование;вид;регион\nШкола-лицей № 5;школа;KZ-99\n", "utf-8")
    page.goto(f"{address}/ru/console/organisations/import/")
    page.set_input_files("#id_file", file)
    page.locator(".form button.button").click()
    assert "KZ-99" in page.locator(".table").inner_text()
    seen(page, "faults-ru-1280")
    file.write_text("наименование;вид;регион\nШкола-лицей № 5;школа;KZ-75\n", "utf-8")
    page.goto(f"{address}/ru/console/organisations/import/")
    page.set_input_files("#id_file", file)
    page.locator(".form button.button").click()
    page.locator("form[action*=confirm] button").click()
    assert "Школа-лицей № 5" in page.content()
    organiser.close()

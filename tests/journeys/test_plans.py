"""An organiser works in the plan as in a spreadsheet, by keyboard, and meets a colleague there."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bala.programme.models import PlanItem
from tests.axe import violations
from tests.programme.factories import make_plan_item
from tests.territory.factories import make_organisation
from tests.world import Persona, World, build_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world() -> World:
    """A plan of three rows in Almaty."""
    made = build_world()
    for day in (30, 31):
        make_plan_item(
            made.activity,
            title_ru=f"Эстафета {day} мая",
            starts_on=made.plan_item.starts_on.replace(day=day),
            status="draft",
        )
    return made


def signed_in(
    browser: Browser, address: str, world: World, *, width: int = 1280, script: bool = True
) -> BrowserContext:
    client = Client()
    client.force_login(world.people[Persona.ORGANISER])
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
        java_script_enabled=script,
    )
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return context


def plan_url(address: str, world: World, language: str = "ru") -> str:
    path = reverse("programme:plan_region", args=[world.campaign.slug, world.region.iso_code])
    return f"{address}/{language}{path[3:]}"


def open_plan(context: BrowserContext, address: str, world: World, language: str = "ru") -> Page:
    page = context.new_page()
    page.set_default_timeout(8000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(plan_url(address, world, language))
    assert complaints == []
    return page


def cell(page: Page, item: PlanItem, column: str) -> str:
    return f'#row-{item.public_id} td[data-column="{column}"]'


def test_cells_are_moved_to_and_edited_by_keyboard(
    live_server: object, browser: Browser, world: World
) -> None:
    context = signed_in(browser, str(live_server), world)
    page = open_plan(context, str(live_server), world)
    first, second, _third = PlanItem.objects.order_by("starts_on")
    page.locator(cell(page, first, "title")).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(cell(page, second, "title"))).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.press("Control+A")
    page.keyboard.type("Эстафета во дворе")
    page.keyboard.press("Escape")
    expect(page.locator(cell(page, second, "title"))).to_have_text("Эстафета 30 мая")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("Эстафета во дворе")
    page.keyboard.press("Enter")
    expect(page.locator(cell(page, second, "title"))).to_have_text("Эстафета во дворе")
    page.locator(cell(page, second, "dates")).focus()
    page.keyboard.type("1-15 июня")
    page.keyboard.press("Tab")
    expect(page.locator(cell(page, second, "time"))).to_be_focused()
    expect(page.locator(cell(page, second, "dates"))).to_contain_text("1–15")
    context.close()
    second.refresh_from_db()
    assert (second.title_ru, second.starts_on.month, second.ends_on.day) == (
        "Эстафета во дворе",
        6,
        15,
    )


def test_what_cannot_be_taken_stays_typed_with_the_reason(
    live_server: object, browser: Browser, world: World
) -> None:
    context = signed_in(browser, str(live_server), world)
    page = open_plan(context, str(live_server), world)
    item = PlanItem.objects.order_by("starts_on")[0]
    page.locator(cell(page, item, "children")).focus()
    page.keyboard.press("F2")
    page.keyboard.press("Control+A")
    page.keyboard.type("много")
    page.keyboard.press("Enter")
    faulty = page.locator(cell(page, item, "children"))
    expect(faulty.locator("input")).to_have_value("много")
    expect(faulty.locator(".errorlist")).to_contain_text("не целое число")
    expect(faulty.locator("input")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("55")
    page.keyboard.press("Enter")
    expect(page.locator(cell(page, item, "children"))).to_have_text("55")
    context.close()
    item.refresh_from_db()
    assert item.expected_children == 55


def test_the_second_editor_of_a_cell_sees_both_texts_and_chooses(
    live_server: object, browser: Browser, world: World
) -> None:
    context = signed_in(browser, str(live_server), world)
    mine = open_plan(context, str(live_server), world)
    theirs = open_plan(context, str(live_server), world)
    item = PlanItem.objects.order_by("starts_on")[0]
    for page, text in ((theirs, "Стадион"), (mine, "Парк")):
        page.locator(cell(page, item, "place")).focus()
        page.keyboard.press("F2")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator(cell(page, item, "place"))).to_contain_text("Стадион")
    conflict = mine.locator(cell(mine, item, "place"))
    expect(conflict).to_contain_text("Парк")
    conflict.locator('[data-keep="mine"]').press("Enter")
    expect(mine.locator(cell(mine, item, "place"))).to_have_text("Парк")
    context.close()
    item.refresh_from_db()
    assert item.place == "Парк"


def test_a_block_from_excel_is_pasted_over_the_table(
    live_server: object, browser: Browser, world: World
) -> None:
    context = signed_in(browser, str(live_server), world)
    page = open_plan(context, str(live_server), world)
    items = list(PlanItem.objects.order_by("starts_on"))
    page.locator(cell(page, items[0], "children")).focus()
    paste = """text => { const data = new DataTransfer(); data.setData('text/plain', text);
      document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }"""
    page.evaluate(paste, "10\tпять\n20\t2\n")
    expect(page.locator("#paste-faults")).to_contain_text("не целое число")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.evaluate(paste, "10\t1\n20\t2\n30\t3\n")
    expect(page.locator(cell(page, items[2], "children"))).to_have_text("30")
    expect(page.locator(cell(page, items[0], "children"))).to_be_focused()
    context.close()
    assert [
        (one.expected_children, one.expected_adults)
        for one in PlanItem.objects.order_by("starts_on")
    ] == [(10, 1), (20, 2), (30, 3)]


def test_ticked_rows_go_into_the_plan_without_script(
    live_server: object, browser: Browser, world: World
) -> None:
    context = signed_in(browser, str(live_server), world, width=360, script=False)
    page = context.new_page()
    page.goto(plan_url(str(live_server), world, "kk"))
    drafts = list(PlanItem.objects.filter(status="draft"))
    for item in drafts:
        page.check(f"#row-{item.public_id} input[name=rows]")
    page.select_option("#bulk select", "planned")
    page.click("#bulk button:not([type=button])")
    assert {one.status for one in PlanItem.objects.filter(pk__in=[d.pk for d in drafts])} == {
        "planned"
    }
    context.close()


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_plan(
    live_server: object, browser: Browser, world: World, language: str, width: int
) -> None:
    make_organisation(world.region)
    context = signed_in(browser, str(live_server), world, width=width)
    page = open_plan(context, str(live_server), world, language)
    found = violations(page)
    for name in ("plan_add", "plan_import"):
        page.goto(
            str(live_server)
            + reverse(
                f"programme:{name}", args=[world.campaign.slug, world.region.iso_code]
            ).replace("/ru/", f"/{language}/")
        )
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(
        str(live_server)
        + reverse("programme:plan_item", args=[world.plan_item.public_id]).replace(
            "/ru/", f"/{language}/"
        )
    )
    found += violations(page)
    context.close()
    assert found == []

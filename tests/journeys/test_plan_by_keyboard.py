"""A plan worked in by keyboard alone: no mouse touches these pages."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from bala.programme.enums import PlanStatus
from bala.programme.models import PlanItem
from tests.browser import visit
from tests.world import Persona, build_world

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus stands there; fail when it never does, or cannot be seen."""
    for _press in range(90):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            outline = wanted.evaluate(
                "one => { const style = getComputedStyle(one);"
                " return style.outlineStyle !== 'none' || style.boxShadow !== 'none' }"
            )
            assert outline, "the focus cannot be seen"
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def choose(page: Page, wanted: Locator, text: str) -> None:
    """Come to a field and type into it."""
    tab_to(page, wanted)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_row_is_added_changed_copied_and_put_into_the_plan(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    world = build_world()
    plan = f"{live_server.url}/{language}/console/{world.campaign.slug}/plans/KZ-75/"
    context = visit(browser, live_server.url, world.people[Persona.ORGANISER], 1280)
    page = context.new_page()
    page.set_default_timeout(8000)
    page.goto(plan)

    # past the menu by the first link of the page, then to «Add a row»
    tab_to(page, page.locator("a.skip"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("main a[href$='/add/']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/add/")
    activity = page.locator("select[name=activity]")
    tab_to(page, activity)
    page.keyboard.press("ArrowDown")
    expect(activity).not_to_have_value("")
    choose(page, page.locator("[name=title_kk]"), "Аула эстафетасы")
    choose(page, page.locator("[name=title_ru]"), "Эстафета во дворе")
    choose(page, page.locator("[name=dates]"), "5 июня")
    choose(page, page.locator("[name=children]"), "30")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/plans/KZ-75/(\?.*)?$"))
    added = PlanItem.objects.get(title_ru="Эстафета во дворе")
    assert (added.starts_on.month, added.starts_on.day, added.expected_children) == (6, 5, 30)

    # one cell of the table is in the order of Tab; the arrows move from it
    cell = page.locator(f'#row-{added.public_id} td[data-column="title"]')
    tab_to(page, page.locator('#plan-grid td[tabindex="0"]'))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("Эстафета в парке")
    page.keyboard.press("Tab")
    expect(cell).to_have_text("Эстафета в парке")

    # to the left stands the way into the row, and there its copy
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/rows/{added.public_id}/")
    tab_to(page, page.locator("main a[href$='/copy/']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/copy/")
    tab_to(page, page.locator(".dialog-foot button"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    title = "title_kk" if language == "kk" else "title_ru"
    copies = PlanItem.objects.filter(**{title: "Эстафета в парке"}).order_by("pk")
    assert [one.status for one in copies] == [PlanStatus.DRAFT, PlanStatus.DRAFT]

    # ticked by the space bar, and put into the plan
    page.goto(plan)
    copied = page.locator(f"#row-{copies[1].public_id} input[name=rows]")
    tab_to(page, page.locator('#plan-grid td[tabindex="0"]'))
    for _row in range(3):
        page.keyboard.press("Home")
        if copied.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(copied).to_be_checked()
    step = page.locator("#bulk select")
    tab_to(page, step)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    while step.input_value() != PlanStatus.PLANNED:
        page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("#bulk button:not([type=button])"))
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator(f"#row-{copies[1].public_id} .plan-planned")).to_be_visible()
    context.close()

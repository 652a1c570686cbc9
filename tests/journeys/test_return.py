"""An organiser's return, from the first word to the reopening of what was accepted."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from bala.returns.enums import ReturnStatus
from bala.returns.models import RegionalReturn
from tests.axe import violations
from tests.browser import visit
from tests.returns.factories import make_result
from tests.world import Persona, build_world

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]
SCREENS = [("kk", 360), ("kk", 1280), ("ru", 360), ("ru", 1280)]
FIRST, SECOND, THIRD = "Алғашқы мәтін", "Түзетілген мәтін", "Қайта ашылған мәтін"


def owes(page: Page) -> None:
    """What every page owes: nothing for axe, nothing wider than the screen."""
    assert violations(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url


def write(page: Page, text: str) -> None:
    """Write on the first block, wait until it is saved as it is written, and submit."""
    area = page.locator(".return-block textarea").first
    with page.expect_response(lambda answer: answer.request.method == "POST") as saving:
        area.fill(text)
    assert saving.value.status == 200
    expect(page.locator("#saved .icon")).to_be_visible()
    page.locator("button[name=submit]").click()
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_load_state()


def stands(status: ReturnStatus) -> RegionalReturn:
    """Hold the one return to a status."""
    one = RegionalReturn.objects.get()
    assert one.status == status
    return one


@pytest.mark.parametrize(("language", "width"), SCREENS)
def test_a_return_is_written_sent_back_corrected_accepted_and_reopened(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    world = build_world()
    make_result(world.activity, children=57, adults=31)
    mine = f"{live_server.url}/{language}/console/{world.campaign.slug}/returns/KZ-75/"
    region = visit(browser, live_server.url, world.people[Persona.ORGANISER], width)
    ministry = visit(browser, live_server.url, world.people[Persona.COORDINATOR], width)
    writer, reader = region.new_page(), ministry.new_page()

    writer.goto(f"{mine}edit/")
    owes(writer)
    assert "57" in writer.locator(".stats").inner_text()
    area = writer.locator(".return-block textarea").first
    with writer.expect_response(lambda answer: answer.request.method == "POST"):
        area.fill(FIRST)
    expect(writer.locator("#saved .icon")).to_be_visible()
    writer.reload()  # nobody has pressed anything, and nothing is lost
    expect(area).to_have_value(FIRST)
    write(writer, FIRST + ".")
    stands(ReturnStatus.SUBMITTED)
    owes(writer)
    assert writer.locator("a[href$='/edit/']").count() == 0  # the coordinator has it now

    reader.goto(mine)
    owes(reader)
    reader.locator("button[value=sent_back]").click()  # without a word: refused
    stands(ReturnStatus.SUBMITTED)
    reader.fill("#id_comment", "Қатысушылар санын нақтылаңыз")
    reader.locator("button[value=sent_back]").click()
    reader.wait_for_load_state()
    stands(ReturnStatus.SENT_BACK)

    writer.goto(mine)
    assert "Қатысушылар санын нақтылаңыз" in writer.locator(".alert.warning").inner_text()
    writer.locator("a[href$='/edit/']").click()
    expect(writer.locator(".alert.warning")).to_contain_text("Қатысушылар санын нақтылаңыз")
    owes(writer)
    write(writer, SECOND)
    assert stands(ReturnStatus.SUBMITTED).version == 2

    reader.goto(f"{mine}?version=2&against=1")
    assert "Түзетілген" in reader.locator("#difference ins").first.inner_text()
    assert "Алғашқы" in reader.locator("#difference del").first.inner_text()
    owes(reader)
    reader.locator("button[value=accepted]").click()
    reader.wait_for_load_state()
    stands(ReturnStatus.ACCEPTED)
    owes(reader)

    writer.goto(f"{mine}edit/")
    assert writer.url == mine  # there is nothing to write on: the page says who has locked it, when
    locked = writer.locator(".alert").first
    expect(locked).to_contain_text(world.people[Persona.COORDINATOR].full_name)
    owes(writer)

    reader.fill("#id_comment", "Облыстан хат келді")
    reader.locator("button[value=reopened]").click()
    reader.wait_for_load_state()
    stands(ReturnStatus.SENT_BACK)
    writer.goto(f"{mine}edit/")
    write(writer, THIRD)
    one = stands(ReturnStatus.SUBMITTED)
    verbs = list(one.steps.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["submitted", "sent_back", "submitted", "accepted", "reopened", "submitted"]
    assert one.versions.count() == 3
    region.close()
    ministry.close()


def test_what_is_typed_into_a_locked_return_is_not_lost_unsaid(
    browser: Browser, live_server: LiveServer
) -> None:
    world = build_world()
    mine = f"{live_server.url}/ru/console/{world.campaign.slug}/returns/KZ-75/"
    context = visit(browser, live_server.url, world.people[Persona.ORGANISER], 1280)
    first, second = context.new_page(), context.new_page()
    first.goto(f"{mine}edit/")
    write(first, FIRST)
    RegionalReturn.objects.update(status=ReturnStatus.SENT_BACK)
    second.goto(f"{mine}edit/")
    RegionalReturn.objects.update(status=ReturnStatus.ACCEPTED)
    second.locator(".return-block textarea").first.fill(SECOND)
    expect(second.locator("#saved .bad-text")).to_be_visible()
    second.locator(".return-foot button").first.click()
    expect(second.locator(".alert.error")).to_be_visible()
    expect(second.locator(".return-block textarea").first).to_have_value(SECOND)
    context.close()

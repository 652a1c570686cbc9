"""The main job, end to end: a document in, a campaign out, a plan, a result, a return, the report."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

import bala
from bala.people.enums import Role
from bala.programme.actions.outcomes import record_result
from bala.programme.enums import PlanStatus
from bala.programme.models import Campaign
from bala.returns.actions.printing import render
from bala.returns.enums import ReportFormat
from bala.returns.queries.report import build_report
from tests.axe import violations
from tests.browser import visit
from tests.people.factories import make_person
from tests.programme.factories import make_plan_item
from tests.territory.factories import region

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]
SCREENS = [("kk", 360), ("kk", 1280), ("ru", 360), ("ru", 1280)]
CONCEPT = Path(bala.__file__).parent / "demo" / "data" / "concept-2021.ru.docx"


@pytest.mark.parametrize(("language", "width"), SCREENS)
def test_the_document_becomes_a_campaign_and_the_campaign_a_report(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    coordinator = make_person(Role.COORDINATOR)
    context = visit(browser, live_server.url, coordinator, width)
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/console/concepts/")
    page.locator("input[type=file]").first.set_input_files(str(CONCEPT))
    if "/concepts/" in page.url and page.locator("form:has(input[type=file]) button").count():
        page.locator("form:has(input[type=file]) button").first.click()
    page.wait_for_url("**/console/concepts/*/**")
    assert page.locator("body").inner_text().count("«Безопасный аттракцион»") >= 1
    assert violations(page) == []
    page.goto(page.url.split("?")[0].rstrip("/") + "/publish/")
    page.locator("main form button").last.click()
    page.wait_for_load_state()
    campaign = Campaign.objects.get()
    assert campaign.activities.count() == 37
    assert campaign.regions.count() == 17

    activity = campaign.activities.get(block__number=1, number=3)
    item = make_plan_item(activity, region=region("KZ-75"), status=PlanStatus.APPROVED)
    record_result(
        account=coordinator,
        item=item,
        revision=item.revision,
        held_on=campaign.starts_on,
        children=57,
        adults=31,
    )
    for path in ("coverage/", "returns/", "reports/", "plans/", "plans/KZ-75/"):
        page.goto(f"{live_server.url}/{language}/console/{campaign.slug}/{path}")
        assert page.locator("h1").count() == 1, path
        assert violations(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, path
    content, figures = build_report(campaign, None, language)
    assert any(int(value) == 57 for value in figures.values.values())
    for kind in ReportFormat:
        assert len(render(content, kind)) > 5_000
    context.close()

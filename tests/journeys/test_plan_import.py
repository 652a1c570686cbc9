"""An organiser brings a plan in from a file: progress, faults by row, the rows in the plan."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bala.programme.models import PlanItem
from tests.axe import violations
from tests.jobs import run_jobs
from tests.journeys.test_plans import signed_in
from tests.world import build_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LINES = "№;Название;Сроки;Место\n1.1;Забег;1 июня;Парк\n;Полёт на Марс;2 июня;Космодром\n"


@pytest.mark.parametrize(
    ("language", "view"), [("kk", (360, True)), ("ru", (1280, True)), ("ru", (360, False))]
)
def test_a_file_becomes_rows_of_the_plan(
    live_server: object, browser: Browser, tmp_path: Path, language: str, view: tuple[int, bool]
) -> None:
    width, script = view
    world = build_world()
    standing = PlanItem.objects.count()
    context = signed_in(browser, str(live_server), world, width=width, script=script)
    page = context.new_page()
    page.set_default_timeout(8000)
    where = reverse("programme:plan_import", args=[world.campaign.slug, world.region.iso_code])
    page.goto(f"{live_server}/{language}{where[3:]}")
    file = tmp_path / "жоспар.csv"
    file.write_text(LINES)
    page.locator('input[type="file"]').set_input_files(file)
    page.locator("main form.form button.button").click()

    progress = page.locator("#import-progress")
    expect(progress.locator("progress")).to_be_visible()
    found = violations(page) if script else []
    _work(page, script)
    faulty = page.locator("tr.import-row.faulty")
    expect(faulty).to_have_count(1)
    expect(faulty.locator('th[scope="row"]')).to_have_text("3")
    expect(page.locator('form[action$="/confirm/"] button')).to_be_disabled()
    found += violations(page) if script else []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    faulty.locator("select").select_option("skip")
    page.locator("main .form-foot button").click()
    expect(progress.locator("progress")).to_be_visible()
    _work(page, script)
    page.locator('form[action$="/confirm/"] button').click()
    expect(progress.locator("progress")).to_be_visible()
    _work(page, script)
    expect(page.locator(".alert.success")).to_contain_text("1")
    found += violations(page) if script else []
    context.close()
    assert found == []
    assert PlanItem.objects.count() == standing + 1


def _work(page: Page, script: bool) -> None:
    """Let the job run; without script the person looks again."""
    assert run_jobs("programme.work_on_import") == ["programme.work_on_import"]
    if not script:
        page.locator("#import-progress a").click()
    expect(page.locator("#import-progress")).to_have_count(0)

"""A family's way: an account, two children, consents, a receipt, a withdrawal by its link, a card."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from bala.kernel import clock
from bala.people.actions.children_sign_in import make_card
from bala.people.enums import ConsentPurpose, Role
from bala.people.models import Account, Child, Consent, Guardianship
from bala.people.queries.consents import in_force
from bala.territory.enums import OrganisationKind
from tests.axe import violations
from tests.browser import visit
from tests.jobs import run_jobs
from tests.people.factories import make_account, make_child, make_consents, make_person
from tests.territory.factories import make_organisation

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]

PICTURES = os.environ.get("BALA_PICTURES", "")
BOTH = pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280)])
SECRET = "Bes-alma-2021"


@pytest.fixture(autouse=True)
def _quick_proof(settings: Any) -> None:
    settings.BALA_PROOF_ROUNDS = 10


def seen(page: Page, name: str) -> None:
    """Hold a page against what every page owes: no overflow, nothing for axe; keep its picture."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"family-{name}.png", full_page=True)
    assert wide <= 0, name
    assert violations(page) == [], name


def link_in(text: str, part: str) -> str:
    """The path of the link in a letter that holds `part`."""
    found = re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", text)
    assert found is not None, text
    return found[1]


def born(age: int) -> str:
    return str(clock.today().year - age)


def add_child(page: Page, name: str, age: int) -> None:
    """Fill the form in and send it."""
    page.locator("[name=kind][value=parent]").check()
    page.fill("[name=given_name]", name)
    page.fill("[name=family_name]", "Сәрсенова")
    page.fill("[name=born_on_day]", "1")
    page.select_option("[name=born_on_month]", "1")
    page.fill("[name=born_on_year]", born(age))
    page.select_option("[name=region]", index=1)
    page.locator("form.family-form button.button").first.click()


@BOTH
def test_from_an_account_to_a_withdrawal_without_signing_in(
    live_server: object, browser: Browser, language: str, width: int
) -> None:
    address, mark = str(live_server), f"{language}-{width}"
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()

    # An account. A guardian under age is told so beside the field, and what was typed stays.
    page.goto(f"{address}/{language}/accounts/signup/")
    page.fill("[name=full_name]", "Айгүл О'Нил-Сәрсенова")
    page.fill("[name=email]", "ana@example.kz")
    page.fill("[name=password1]", SECRET)
    page.fill("[name=born_on_day]", "8")
    page.select_option("[name=born_on_month]", "3")
    page.fill("[name=born_on_year]", born(15))
    expect(page.locator("altcha-widget [type=checkbox], [name=proof]").first).to_be_attached()
    seen(page, f"sign-up-{mark}")
    with translation.override(language):
        person = Account.objects.create_user(
            "ana@example.kz", SECRET, full_name="Айгүл О'Нил-Сәрсенова", language=language
        )
    # The address is confirmed by the letter, which tests/people/test_sign_up.py walks.
    from bala.people.actions import confirm_address

    confirm_address(account=person)
    page.goto(f"{address}/{language}/accounts/login/")
    page.fill("[name=login]", "ana@example.kz")
    page.fill("[name=password]", SECRET)
    page.locator("form[action*=login] button.button").first.click()
    page.wait_for_url("**/family/")
    seen(page, f"empty-{mark}")

    # Two children, one of them after a mistake.
    page.goto(f"{address}/{language}/family/children/add/")
    add_child(page, "Әлия 7", 11)
    seen(page, f"fault-{mark}")
    assert page.input_value("[name=given_name]") == "Әлия 7"
    add_child(page, "Әлия", 11)
    page.wait_for_url("**/consents/")

    # Consents, each by itself.
    seen(page, f"consents-{mark}")
    for purpose in ("take_part", "photo"):
        page.locator(f"[name={purpose}][value=yes]").check()
    page.locator("form.consents .form-foot button.button").click()
    page.wait_for_url(re.compile(r"/family/children/[a-z0-9]+/$"))
    seen(page, f"child-{mark}")
    page.goto(f"{address}/{language}/family/children/add/")
    add_child(page, "Санжар", 6)
    page.wait_for_url("**/consents/")
    page.goto(f"{address}/{language}/family/")
    seen(page, f"home-{mark}")

    # The receipt's link withdraws without an account: in a browser that knows nobody.
    run_jobs("notify.tell", "notify.send")
    receipt = mail.outbox[-1]
    assert receipt.to == ["ana@example.kz"]
    withdrawal = link_in(str(receipt.body), "/consent/")
    stranger = browser.new_context(viewport={"width": width, "height": 900})
    other = stranger.new_page()
    other.goto(f"{address}{withdrawal}")
    seen(other, f"withdraw-{mark}")
    child = Child.objects.get(given_name="Әлия")
    assert in_force().filter(child=child).count() == 2
    other.locator("form button.danger").click()
    other.wait_for_load_state()
    seen(other, f"withdrawn-{mark}")
    assert not in_force().filter(child=child, purpose=ConsentPurpose.TAKE_PART).exists()
    assert Consent.objects.filter(child=child).count() == 2


@BOTH
def test_a_child_comes_in_by_the_card_and_finds_its_page(
    live_server: object, browser: Browser, language: str, width: int
) -> None:
    address, mark = str(live_server), f"{language}-{width}"
    guardian = make_account(full_name="Айгүл Сәрсенова")
    child = make_child(guardian, born_on=clock.today() - timedelta(days=11 * 365 + 30))
    make_consents(child, ConsentPurpose.TAKE_PART)
    context = visit(browser, address, guardian, width)
    page = context.new_page()
    page.goto(f"{address}/{language}/family/children/{child.public_id}/sign-in/")
    seen(page, f"sign-in-new-{mark}")
    page.locator("main form .form-foot button.button").last.click()
    page.wait_for_load_state()
    seen(page, f"sign-in-made-{mark}")
    name = Account.objects.get(child=child).sign_in_name
    with page.expect_download() as download:
        page.locator("form[action$='/card/'] button").click()
    if PICTURES:
        download.value.save_as(Path(PICTURES) / f"card-{mark}.pdf")

    child.refresh_from_db()
    _card, token = make_card(guardian=guardian, child=child)
    phone = browser.new_context(viewport={"width": width, "height": 900})
    young = phone.new_page()
    young.goto(f"{address}/{language}/me/card/{token}/")
    seen(young, f"card-{mark}")
    young.locator("main form button").click()
    young.wait_for_url("**/me/")
    seen(young, f"me-{mark}")
    expect(young.locator("h1")).to_contain_text("Әлия")
    assert young.goto(f"{address}/{language}/family/").status == 403  # type: ignore[union-attr]
    young.goto(f"{address}/{language}/me/sign-in/")
    seen(young, f"child-sign-in-{mark}")
    page.goto(f"{address}/{language}/family/children/{child.public_id}/activity/")
    seen(page, f"activity-{mark}")
    assert name


@BOTH
def test_a_second_guardian_joins_and_everything_can_be_taken_out_or_erased(
    live_server: object, browser: Browser, language: str, width: int
) -> None:
    address, mark = str(live_server), f"{language}-{width}"
    guardian = make_account("ana@example.kz", full_name="Айгүл Сәрсенова", language=language)
    child = make_child(guardian)
    context = visit(browser, address, guardian, width)
    page = context.new_page()
    page.goto(f"{address}/{language}/family/children/{child.public_id}/guardians/invite/")
    seen(page, f"invite-{mark}")
    page.fill("[name=email]", "ata@example.kz")
    page.locator("form.family-form button.button").click()
    page.wait_for_url(re.compile(rf"{child.public_id}/$"))
    seen(page, f"invited-{mark}")
    run_jobs("people.send_guardian_invitation")
    link = link_in(str(mail.outbox[-1].body), "/join/")
    father = make_account("ata@example.kz", full_name="Нұрлан Сәрсенов")
    his = visit(browser, address, father, width).new_page()
    his.goto(f"{address}{link}")
    seen(his, f"join-{mark}")
    his.locator("[name=kind][value=parent]").check()
    his.locator("[name=lawful]").check()
    his.locator("form.form button.button").click()
    his.wait_for_url(re.compile(rf"{child.public_id}/$"))
    seen(his, f"joined-{mark}")
    his.goto(f"{address}/{language}/family/children/{child.public_id}/guardians/leave/")
    seen(his, f"leave-{mark}")

    # Everything on the family, after the password once more.
    page.goto(f"{address}/{language}/family/data/")
    seen(page, f"data-{mark}")
    page.locator("#take-out form button").click()
    page.fill("[name=password]", "Ak-keme-2021")
    seen(page, f"password-{mark}")
    page.locator("form[action*=reauthenticate] button, main form button.button").first.click()
    page.wait_for_url("**/family/data/")
    seen(page, f"data-waiting-{mark}")
    run_jobs("people.make_take_out")
    page.goto(f"{address}/{language}/family/data/")
    seen(page, f"data-ready-{mark}")
    with page.expect_download() as download:
        page.locator("a[href$='.pdf']").click()
    if PICTURES:
        download.value.save_as(Path(PICTURES) / f"take-out-{mark}.pdf")
    page.goto(f"{address}/{language}/family/data/erase/")
    seen(page, f"erase-{mark}")
    page.locator("[name=understood]").check()
    page.locator("form.family-form button.danger").click()
    page.wait_for_url("**/family/data/")
    seen(page, f"data-erasing-{mark}")
    assert Guardianship.objects.filter(child=child, ended_at=None).count() == 2


@BOTH
def test_a_childrens_home_and_a_teacher(
    live_server: object, browser: Browser, language: str, width: int
) -> None:
    address, mark = str(live_server), f"{language}-{width}"
    home = make_organisation(kind=OrganisationKind.ORPHANAGE)
    director = make_person(Role.REPRESENTATIVE, organisation=home)
    page = visit(browser, address, director, width).new_page()
    page.goto(f"{address}/{language}/console/institutions/")
    seen(page, f"home-empty-{mark}")
    page.goto(f"{address}/{language}/console/institutions/{home.public_id}/list/")
    seen(page, f"home-list-{mark}")
    head = "Имя;Фамилия;Дата рождения"
    rows = f"{head}\nАйбек;Серікұлы;01.02.{born(10)}\nАруна 5;Ли;01.02.{born(9)}"
    for text in (rows, rows.replace(" 5", "")):
        file: Any = {"name": "a.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.goto(f"{address}/{language}/console/institutions/{home.public_id}/list/")
        page.set_input_files("[name=file]", file)
        page.locator("form.panel .form-foot button").click()
        page.wait_for_url(re.compile(r"/list/[a-z0-9]+/$"))
        seen(page, f"home-preview-{'faults' if text is rows else 'good'}-{mark}")
    page.locator("main form button.button").first.click()
    page.wait_for_url(re.compile(rf"{home.public_id}/$"))
    seen(page, f"home-children-{mark}")
    page.goto(f"{address}/{language}/console/institutions/{home.public_id}/consents/")
    page.locator("[name=purposes][value=take_part]").check()
    page.fill("[name=number]", "№ 17")
    page.fill("[name=signed_on]", clock.today().isoformat())
    page.locator("[name=whom][value=all]").check()
    seen(page, f"home-consents-{mark}")
    page.locator("form.panel .form-foot button").click()
    page.wait_for_url(re.compile(rf"{home.public_id}/$"))
    assert in_force().filter(child__guardianships__organisation=home).count() == 2

    teacher = make_person(Role.HOST, organisation=make_organisation())
    hers = visit(browser, address, teacher, width).new_page()
    hers.goto(f"{address}/{language}/console/groups/")
    seen(hers, f"groups-empty-{mark}")
    hers.goto(f"{address}/{language}/console/groups/add/")
    hers.fill("[name=name]", "5 «А»")
    for field, value in (("boys", 12), ("girls", 14), ("age_from", 10), ("age_to", 11)):
        hers.fill(f"[name={field}]", str(value))
    seen(hers, f"group-{mark}")
    hers.locator("form.panel .form-foot button").click()
    hers.wait_for_url("**/groups/")
    seen(hers, f"groups-{mark}")
    hers.goto(f"{address}/{language}/console/me/")
    seen(hers, f"teacher-me-{mark}")

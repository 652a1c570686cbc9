"""A picture from a phone, with its position in it: sent, looked at by two, public, taken back by a link."""

import os
import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bala.people.enums import ConsentPurpose, Role
from bala.people.models import ChildSeen
from bala.programme.models import Picture
from tests.axe import violations
from tests.browser import visit
from tests.files.samples import CANARY, phone_jpeg
from tests.jobs import run_jobs
from tests.journeys.test_host import prepare
from tests.people.factories import make_person
from tests.world import Persona

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]

PICTURES = os.environ.get("BALA_PICTURES", "")
CAPTION = {"kk": "Біз доп ойнадық", "ru": "Мы играли в мяч"}


def seen(page: Page, name: str) -> None:
    """Hold a page against what every page owes: no overflow, nothing for axe; keep its picture."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    assert wide <= 0, name
    assert violations(page) == [], name


def status_of(page: Page, address: str) -> int:
    """What somebody without an account gets for an address."""
    return page.request.get(address).status


def say_yes_to_a_face(moderator: BrowserContext, home: str, mark: str) -> None:
    page = moderator.new_page()
    page.goto(f"{home}/console/moderation/")
    seen(page, f"queue-{mark}")
    page.locator(".queue-line .what a").first.click()
    seen(page, f"item-{mark}")
    page.locator("input[name=faces][value=yes]").check()
    page.locator("button[value=approve]").click()
    page.wait_for_load_state()
    page.close()


@pytest.mark.parametrize(("language", "width"), [("kk", 360), ("ru", 1280)])
def test_from_a_phone_to_the_public_and_back(
    live_server: object, browser: Browser, tmp_path: Path, language: str, width: int
) -> None:
    world = prepare()
    address, mark = str(live_server), f"{language}-{width}"
    home = f"{address}/{language}"
    photograph = tmp_path / "IMG_20210601_120000.jpg"
    photograph.write_bytes(phone_jpeg(1600, 1200, orientation=6))
    family = visit(browser, address, world.people[Persona.GUARDIAN], width)
    page = family.new_page()

    # The guardian agrees, and the receipt comes by e-mail.
    page.goto(f"{home}/family/children/{world.child.public_id}/consents/")
    for question in page.locator(".question").all():
        question.locator("label.yes input").check()
    page.locator(".form-foot button").click()
    page.wait_for_load_state()
    run_jobs()
    photo = world.child.consents.get(purpose=ConsentPurpose.PHOTO)
    letters = "\n".join(str(letter.body) for letter in mail.outbox)

    # From the page of the activity to the form, and off it goes.
    page.goto(f"{home}/c/{world.campaign.slug}/activity/{world.activity.public_id}/")
    page.locator("#pictures a.button").click()
    page.set_input_files("#id_picture", photograph)
    page.fill("#id_caption", CAPTION[language])
    expect(page.locator(".upload")).to_have_attribute("data-state", "processing")
    seen(page, f"picture-add-{mark}")
    page.locator(".family-form .form-foot button").click()
    page.wait_for_url("**/sent/*/")
    seen(page, f"picture-waits-{mark}")
    picture = Picture.objects.get()
    public = f"{home}/c/{world.campaign.slug}/picture/{picture.public_id}/"
    visitor = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    assert status_of(visitor, public) == 404
    assert "files.prepare" in run_jobs()
    assert status_of(visitor, public) == 404

    # Two people look at the face.
    first = visit(browser, address, world.people[Persona.MODERATOR], width)
    second = visit(
        browser,
        address,
        make_person(Role.MODERATOR, campaign_slug=world.campaign.slug),
        width,
    )
    say_yes_to_a_face(first, home, f"first-{mark}")
    assert status_of(visitor, public) == 404
    say_yes_to_a_face(second, home, f"second-{mark}")

    # Everybody sees it, without anything that the phone wrote into it.
    visitor.goto(public)
    seen(visitor, f"picture-{mark}")
    shown = visitor.locator("img.stored").first
    file = str(shown.evaluate("image => image.currentSrc || image.src"))
    served = visitor.request.get(file).body()
    assert len(served) > 1000
    assert not [one for one in (CANARY, b"Exif", b"GPS", b"IMG_2021") if one in served]
    upright = shown.evaluate("image => image.naturalHeight > image.naturalWidth")
    assert upright
    visitor.goto(f"{home}/c/{world.campaign.slug}/activity/{world.activity.public_id}/")
    assert CAPTION[language] in visitor.content()
    seen(visitor, f"activity-{mark}")

    # The guardian reads who saw the child's data.
    page.goto(f"{home}/family/children/{world.child.public_id}/seen/")
    lookers = set(ChildSeen.objects.values_list("seen_by__full_name", flat=True))
    assert len(lookers) >= 1
    assert all(name in page.content() for name in lookers)
    page.goto(f"{home}/family/pictures/")
    seen(page, f"pictures-sent-{mark}")

    # The link of the letter takes it back, in a browser that nobody has signed in with.
    links = re.findall(r"https?://\S+/consent/\S+/", letters)
    link = next(one for one in links if photo.public_id in one)
    visitor.goto(home.replace(f"/{language}", "") + link[link.index("/", 9) :])
    visitor.locator("main form button").click()
    visitor.wait_for_load_state()
    assert status_of(visitor, public) == 404
    assert status_of(visitor, file) == 404
    visitor.goto(f"{home}/c/{world.campaign.slug}/activity/{world.activity.public_id}/")
    assert CAPTION[language] not in visitor.content()
    for context in (family, first, second, visitor.context):
        context.close()

"""Letters that are not mandatory stop at one click, by whoever holds the link."""

from typing import Any

import pytest
from django.test import Client

from bala.notify.actions import tell
from bala.notify.enums import Way
from bala.notify.models import Preference
from bala.notify.queries.kinds import kind_of
from bala.notify.queries.words import switch_off_url
from tests.notify.factories import INVITATION, NUDGE, make_address
from tests.people.factories import make_account

pytestmark = pytest.mark.django_db


def test_a_look_changes_nothing_and_one_click_of_a_mail_program_does() -> None:
    person = make_account()
    link = switch_off_url(person, kind_of(NUDGE)).split("8000", 1)[1]
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.get(link).status_code == 200
    assert not Preference.objects.exists()
    assert mail_program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert tell(account=person, kind=NUDGE, key="1", context={}) is None
    assert tell(account=person, kind=INVITATION, key="1", context={}) is not None


def test_a_link_that_was_tampered_with_switches_nothing_off(client: Client) -> None:
    link = switch_off_url(make_account(), kind_of(NUDGE)).split("8000", 1)[1]
    assert client.post(link[:-4] + "abc/").status_code == 404
    assert not Preference.objects.exists()


def test_what_is_mandatory_is_not_switched_off_by_a_link(client: Client) -> None:
    link = switch_off_url(make_account(), kind_of(INVITATION)).split("8000", 1)[1]
    client.post(link)
    assert not Preference.objects.exists()


def test_the_page_keeps_what_was_chosen_and_refuses_what_cannot_be(client: Client) -> None:
    person = make_account()
    client.force_login(person)
    page = client.get("/ru/console/me/letters/")
    assert 'name="returns-nudge"' in page.content.decode()
    answers = dict.fromkeys(page.context["form"].fields, "email")
    kept = client.post("/ru/console/me/letters/", {**answers, "returns-nudge": "off"})
    assert kept.status_code == 302
    assert Preference.objects.get(kind=NUDGE).way == "off"
    client.post("/ru/console/me/letters/", {**answers, "people-invitation": "off"})
    assert not Preference.objects.filter(kind=INVITATION).exists()  # it comes one way only
    assert (
        client.post("/ru/console/me/letters/", {**answers, "returns-nudge": "sms"}).status_code
        == 422
    )


def test_what_always_comes_can_come_by_telegram_but_not_stop(client: Client, settings: Any) -> None:
    settings.BALA_TELEGRAM_TOKEN, settings.BALA_TELEGRAM_BOT = "12:bot", "bala_bot"
    person = make_account()
    make_address(person, Way.TELEGRAM)
    client.force_login(person)
    form = client.get("/ru/console/me/letters/").context["form"]
    answers = dict.fromkeys(form.fields, "telegram")
    refused = client.post("/ru/console/me/letters/", {**answers, "people-invitation": "off"})
    assert refused.status_code == 422
    assert client.post("/ru/console/me/letters/", answers).status_code == 302
    assert Preference.objects.get(kind=INVITATION).way == Way.TELEGRAM

"""A guardian takes out all that is kept on the family."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bala.kernel import clock
from bala.people.actions.take_out import ask_take_out, forget_take_outs, make_take_out
from bala.people.models import Account, TakeOut
from tests.conftest import CAMPAIGN_DAY
from tests.people.factories import PASSWORD, make_account, make_child
from tests.people.test_personal_data import make_family

pytestmark = pytest.mark.django_db


def sign_in(client: Client, account: Account) -> None:
    """Sign in, and type the password once more, as pages with everything on them ask for it."""
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def made(guardian: Account) -> TakeOut:
    found = ask_take_out(account=guardian, language="ru")
    make_take_out(take_out_id=found.pk)
    found.refresh_from_db()
    return found


def address(found: TakeOut, ending: str) -> str:
    kwargs = {"public_id": found.public_id, "ending": ending}
    return reverse("people:take_out_file", kwargs=kwargs)


def test_a_guardian_takes_out_all_that_is_kept(client: Client) -> None:
    guardian, child = make_family()
    make_child(make_account(), given_name="Бөтен")
    sign_in(client, guardian)
    assert client.post(reverse("people:take_out"))["Location"] == reverse("people:data")
    waiting = client.get(reverse("people:data")).content.decode()
    assert "every 2s" in waiting
    make_take_out(take_out_id=TakeOut.objects.get().pk)
    found = TakeOut.objects.get()
    assert address(found, "pdf") in client.get(reverse("people:data")).content.decode()
    answer = client.get(address(found, "json"))
    told = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert [one["number"] for one in told["people"]] == [guardian.public_id, child.public_id]
    kept = told["people"][1]["kept"]
    assert kept["people.persons"][0]["needs"] == "жест тілі"
    assert len(kept["people.consents"]) == 5
    assert kept["files.files"][0]["bytes"] == 9
    assert kept["safeguarding.contributions"][0]["text"] == "Қарлығаш жүзеді"
    assert "Бөтен" not in answer.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_sheet_is_a_pdf_in_the_readers_language(client: Client, language: str) -> None:
    import io

    import pdfplumber

    guardian, _child = make_family()
    found = ask_take_out(account=guardian, language=language)
    make_take_out(take_out_id=found.pk)
    sign_in(client, guardian)
    answer = client.get(address(found, "pdf"))
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Қарлығаш" in text
    assert {"kk": "туған күні", "ru": "дата рождения", "en": "date of birth"}[
        language
    ] in text.lower()


def test_it_asks_for_the_password_again(client: Client) -> None:
    guardian, _child = make_family()
    found = made(guardian)
    client.force_login(guardian)
    for answer in (client.get(address(found, "json")), client.post(reverse("people:take_out"))):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_nobody_else_gets_it(client: Client) -> None:
    guardian, _child = make_family()
    found = made(guardian)
    sign_in(client, make_account())
    assert client.get(address(found, "json")).status_code == 404


def test_it_is_kept_encrypted_and_deleted_after_some_days() -> None:
    from django.db import connection

    guardian, _child = make_family()
    found = made(guardian)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data, pdf FROM people_takeout")
        (row,) = cursor.fetchall()
    assert "Қарлығаш" not in row[0]
    with clock.at(CAMPAIGN_DAY + timedelta(days=2)):
        assert forget_take_outs() == 0
    with clock.at(CAMPAIGN_DAY + timedelta(days=3)):
        assert forget_take_outs() == 1
    found.refresh_from_db()
    assert (found.state, found.data, found.pdf) == ("deleted", "", "")


def test_asked_twice_it_is_made_once() -> None:
    guardian, _child = make_family()
    first = ask_take_out(account=guardian, language="kk")
    assert ask_take_out(account=guardian, language="kk") == first
    make_take_out(take_out_id=first.pk)
    at = TakeOut.objects.get().made_at
    make_take_out(take_out_id=first.pk)
    assert TakeOut.objects.get().made_at == at

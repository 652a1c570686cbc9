"""A guardian opens an account (standards A1, A14)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from bala.kernel import clock, proof
from bala.people.models import Account, RoleGrant
from bala.people.queries.accounts import has_confirmed_address
from tests.people.factories import PASSWORD, make_account, make_child, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_proof(settings: Any) -> None:
    settings.BALA_PROOF_ROUNDS = 10


def typed(client: Client, **fields: str) -> dict[str, str]:
    """Open the form and return what a mother types into it."""
    page = client.get(reverse("account_signup")).content.decode()
    opened = page.split('name="proof_opened" value="', 1)[1].split('"', 1)[0]
    return {
        "full_name": "Айгүл Сәрсенова",
        "email": "Mother@Example.kz",
        "password1": "Bes-alma-2021",
        "born_on_day": "8",
        "born_on_month": "3",
        "born_on_year": "1985",
        "language": "kk",
        "proof": proof.solve(proof.new_challenge()),
        "proof_opened": opened,
        **fields,
    }


def sign_up(client: Client, **fields: str) -> Any:
    return client.post(reverse("account_signup"), typed(client, **fields))


def test_a_guardian_signs_up_confirms_by_letter_and_lands_on_the_family(client: Client) -> None:
    answer = sign_up(client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    account = Account.objects.get(email="mother@example.kz")
    assert (account.full_name, account.language) == ("Айгүл Сәрсенова", "kk")
    assert not has_confirmed_address(account)
    link = next(w for w in mail.outbox[0].body.split() if "/confirm-email/" in w)
    path = "/" + link.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert not has_confirmed_address(account)  # programs that read letters open every link
    assert client.post(path, follow=True).redirect_chain[-1][0] == reverse("people:family")
    assert has_confirmed_address(account)


def test_nobody_signs_in_before_the_letter_is_opened(client: Client) -> None:
    sign_up(client)
    client.post(
        reverse("account_login"), {"login": "mother@example.kz", "password": "Bes-alma-2021"}
    )
    assert client.get(reverse("people:family")).status_code == 302


def test_the_date_of_birth_is_kept_nowhere(client: Client) -> None:
    sign_up(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM people_account a")
        assert not any("1985" in row for (row,) in cursor.fetchall())
    assert not any("born" in key for key in client.session.keys())  # noqa: SIM118


def test_a_guardian_under_age_is_refused(client: Client) -> None:
    day = clock.today().replace(year=clock.today().year - 18) + timedelta(days=1)
    answer = sign_up(
        client,
        born_on_day=str(day.day),
        born_on_month=str(day.month),
        born_on_year=str(day.year),
    )
    assert "только взрослый" in answer.content.decode().lower()
    assert not Account.objects.filter(email="mother@example.kz").exists()


def test_the_age_is_a_setting(client: Client, settings: Any) -> None:
    settings.BALA_ADULT_AGE = 21
    sign_up(client, born_on_year="2001")
    assert not Account.objects.filter(email="mother@example.kz").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", "Айгүл 87011234567"),
        ("born_on_year", "2031"),
        ("born_on_day", "31"),
        ("born_on_year", "85"),
        ("password1", "12345678"),
        ("language", "de"),
        ("proof", "nonsense"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_stays(client: Client, field: str, value: str) -> None:
    month = {"born_on_month": "2"} if field == "born_on_day" else {}
    answer = sign_up(client, **{field: value, **month})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "errorlist" in page
    assert "Mother@Example.kz" in page
    assert not Account.objects.filter(email="mother@example.kz").exists()


@pytest.mark.parametrize("name", ["Ә", "О'Нил-Сәрсенова", "Жан д’Арк", "Ж" * 200])
def test_names_of_all_kinds_open_an_account(client: Client, name: str) -> None:
    assert sign_up(client, full_name=name).status_code == 302
    assert Account.objects.get(email="mother@example.kz").full_name == name


def test_a_name_of_201_letters_is_told_and_kept(client: Client) -> None:
    answer = sign_up(client, full_name="Ж" * 201)
    assert answer.status_code == 422
    assert "Ж" * 201 in answer.content.decode()


def test_a_known_address_is_not_given_away(client: Client) -> None:
    make_account("mother@example.kz")
    answer = sign_up(client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert len(mail.outbox) == 1
    assert "/confirm-email/" not in mail.outbox[0].body
    assert Account.objects.filter(email="mother@example.kz").count() == 1


def test_signing_up_gives_no_right_in_any_campaign(client: Client) -> None:
    sign_up(client)
    assert not RoleGrant.objects.exists()


def test_each_lands_where_the_own_pages_begin(client: Client) -> None:
    guardian, staff = make_account(), make_person("editor")  # type: ignore[arg-type]
    make_child(guardian, born_on=date(2012, 1, 1))
    for account, home in ((guardian, "people:family"), (staff, "pages:console")):
        answer = Client().post(
            reverse("account_login"), {"login": account.email, "password": PASSWORD}, follow=True
        )
        assert answer.redirect_chain[-1][0] == reverse(home)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("name", ["privacy", "privacy_children"])
def test_a14_privacy_is_told_in_three_languages_to_adults_and_to_children(
    client: Client, language: str, name: str
) -> None:
    page = client.get(reverse(f"pages:{name}").replace("/ru/", f"/{language}/"))
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()

"""What the public reads of a certificate: never a surname of a child, a revocation at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bala.certificates.actions import Recipient, revoke
from bala.certificates.queries.verification import MISSES, as_code
from bala.kernel.public_ids import ALPHABET, new_public_id
from bala.people.actions.consents import withdraw_all
from bala.people.enums import WithdrawalMethod
from tests.certificates.factories import make_certificate
from tests.people.factories import make_account, make_child, make_consents
from tests.territory.factories import make_organisation

pytestmark = pytest.mark.django_db


def page(client: Client, code: str, language: str = "ru") -> Any:
    return client.get(f"/{language}/v/{code}/")


def test_a5_a_child_is_named_by_first_name_age_band_and_region_while_the_family_consents(
    client: Client,
) -> None:
    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    one = make_certificate(recipient=Recipient.of_child(child, detail="5 «А», школа № 12"))
    for language in ("kk", "ru", "en"):
        text = page(client, one.public_id, language).content.decode()
        assert "Әлия" in text
        assert "10–13" in text
        for secret in ("Сәрсенова", "5 «А»", "школа № 12"):
            assert secret not in text
    withdraw_all(child=child, method=WithdrawalMethod.ACCOUNT, by=guardian)
    text = page(client, one.public_id).content.decode()
    assert "Әлия" not in text
    assert "D-2021-000001" in text


def test_a_plain_name_is_public_only_for_an_adult_and_an_organisation_is(client: Client) -> None:
    hidden = make_certificate(name="Сәрсенова Әлия")
    shown = make_certificate(recipient=Recipient.named("Қуаныш Іңкәрбаев", is_public=True))
    house = make_organisation()
    of_house = make_certificate(recipient=Recipient.of_organisation(house, language="ru"))
    assert "Сәрсенова" not in page(client, hidden.public_id).content.decode()
    assert "Қуаныш Іңкәрбаев" in page(client, shown.public_id).content.decode()
    assert of_house.name in page(client, of_house.public_id).content.decode()


def test_a_revocation_shows_at_once_also_on_a_page_that_was_kept(
    client: Client, settings: Any
) -> None:
    settings.BALA_FRESH_SECONDS = 30
    one = make_certificate()
    assert "Подлинный" in page(client, one.public_id).content.decode()
    revoke(by=None, certificate=one, reason="Опечатка в слове")
    text = page(client, one.public_id).content.decode()
    assert "Подлинный" not in text
    assert "Опечатка в слове" in text


def test_an_unknown_code_gets_a_page_that_helps_and_guessing_ends(client: Client) -> None:
    answer = page(client, new_public_id())
    assert answer.status_code == 404
    assert 'name="code"' in answer.content.decode()
    for _turn in range(MISSES):
        answer = page(client, new_public_id())
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_a_typed_code_leads_to_its_page_and_a_wrong_one_is_told_beside_the_field(
    client: Client,
) -> None:
    one = make_certificate()
    address = reverse("certificates:check")
    found = client.get(address, {"code": one.code.upper()})
    assert found.status_code == 302
    assert found["Location"].endswith(f"/v/{one.public_id}/")
    wrong = client.get(address, {"code": "12"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.content.decode()


def test_the_short_address_of_the_qr_leads_into_the_readers_language(client: Client) -> None:
    one = make_certificate()
    answer = client.get(f"/v/{one.public_id}/", headers={"accept-language": "ru"})
    assert answer["Location"] == f"/ru/v/{one.public_id}/"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_nothing(text: str) -> None:
    code = as_code(text)
    assert code == "" or (len(code) == 16 and set(code) <= set(ALPHABET))


@given(st.text(alphabet=ALPHABET, min_size=16, max_size=16))
def test_a_code_is_understood_as_people_write_it(code: str) -> None:
    in_fours = " ".join(code[at : at + 4] for at in range(0, 16, 4))
    assert as_code(in_fours.upper()) == code
    assert as_code(in_fours.replace(" ", "-")) == code
    assert as_code(f"https://bala.example/kk/v/{code}/") == code


@pytest.mark.parametrize("count", [1, 3])
def test_the_familys_list_asks_the_same_at_one_and_at_three(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    for turn in range(count):
        make_certificate(recipient=Recipient.of_child(child), nomination=f"Номинация {'абв'[turn]}")
    client.force_login(guardian)
    with django_assert_max_num_queries(10):
        answer = client.get(reverse("certificates:family"))
    assert answer.content.decode().count("award card") == count


def test_a_family_downloads_what_holds_and_not_what_was_revoked(client: Client) -> None:
    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    one = make_certificate(recipient=Recipient.of_child(child))
    client.force_login(guardian)
    address = reverse("certificates:family_pdf", kwargs={"public_id": one.public_id})
    got = client.get(address)
    assert got.content.startswith(b"%PDF")
    assert got["Content-Disposition"] == 'attachment; filename="D-2021-000001.pdf"'
    assert "no-store" in got["Cache-Control"]
    revoke(by=None, certificate=one, reason="Опечатка")
    assert client.get(address).status_code == 404

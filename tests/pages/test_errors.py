"""What a person sees when something does not work."""

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import translation

from bala.pages.views import errors


def answer_to(problem: Exception) -> tuple[int, str]:
    """Return status and body of the page for an exception that no view caught."""
    try:
        raise problem
    except type(problem):
        answer = errors.server_error(RequestFactory().get("/kk/"))
    return answer.status_code, answer.content.decode()


def test_our_mistake_is_told_without_the_database() -> None:  # no django_db: a query would fail
    with translation.override("kk"):
        status, body = answer_to(RuntimeError("boom"))
    assert status == 500
    assert "Біздің жақта ақау шықты" in body
    assert 'href="tel:111"' in body
    assert "boom" not in body


def test_a_database_that_is_away_is_called_renewal() -> None:
    status, body = answer_to(OperationalError("no connection"))
    assert status == 503
    assert "Наводим порядок" in body
    assert "no connection" not in body


@pytest.mark.django_db
def test_a_form_without_its_token_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/ru/accounts/login/", {"login": "a@bala.kz", "password": "x"})
    assert answer.status_code == 403
    assert "Отправьте ещё раз" in answer.content.decode()


@pytest.mark.django_db
def test_errors_of_a_form_stand_by_their_field_and_keep_what_was_typed(client: Client) -> None:
    body = client.post("/kk/accounts/login/", {"login": "aigul@", "password": ""}).content.decode()
    assert 'value="aigul@"' in body
    assert 'aria-describedby="id_login_error"' in body
    assert 'id="id_login_error"' in body
    assert "Электрондық пошта мекенжайын дұрыс енгізіңіз." in body

"""Staff sign in with a second factor."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from bala.people.enums import Role
from bala.people.models import Account
from tests.people.factories import make_account, make_child, make_person
from tests.territory.factories import make_organisation, region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings: Any, _plain_settings: None) -> None:
    settings.BALA_MFA_REQUIRED = True


SCOPES: dict[Role, dict[str, Callable[[], Any]]] = {
    Role.ORGANISER: {"region": region},
    Role.INSPECTOR: {"region": region},
    Role.HOST: {"organisation": make_organisation},
    Role.REPRESENTATIVE: {"organisation": make_organisation},
}


def holder(role: Role) -> Account:
    scope: dict[str, Any] = {name: make() for name, make in SCOPES.get(role, {}).items()}
    return make_person(role, **scope)


@pytest.mark.parametrize("page", ["pages:console", "people:family", "people:me"])
@pytest.mark.parametrize("role", list(Role))
def test_a11_every_role_without_a_second_factor_is_sent_to_set_one_up(
    client: Client, role: Role, page: str
) -> None:
    client.force_login(holder(role))
    answer = client.get(reverse(page))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("mfa_activate_totp")


def test_what_everybody_may_read_asks_for_no_second_factor(client: Client) -> None:
    client.force_login(make_person(Role.COORDINATOR))
    assert client.get(reverse("pages:privacy")).status_code == 200


def test_guardians_need_no_second_factor(client: Client) -> None:
    guardian = make_account()
    make_child(guardian)
    client.force_login(guardian)
    assert client.get(reverse("people:family")).status_code == 200


def test_staff_with_a_second_factor_get_in(client: Client) -> None:
    account = make_person(Role.COORDINATOR)
    TOTP.activate(account, generate_totp_secret())
    client.force_login(account)
    assert client.get(reverse("pages:console")).status_code == 200


def test_an_account_without_a_role_is_not_asked(client: Client) -> None:
    client.force_login(make_account())
    assert client.get(reverse("pages:console")).status_code == 200


def test_django_admin_asks_a_superuser_too(client: Client) -> None:
    client.force_login(make_account(is_staff=True, is_superuser=True))
    assert client.get("/ru/admin/")["Location"] == reverse("mfa_activate_totp")

"""Staff sign in with a second factor."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from bala.people.enums import Role
from tests.people.factories import make_account, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings: Any, _plain_settings: None) -> None:
    settings.BALA_MFA_REQUIRED = True


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EDITOR])
def test_staff_without_a_second_factor_are_sent_to_set_one_up(client: Client, role: Role) -> None:
    client.force_login(make_person(role))
    answer = client.get(reverse("pages:console"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("mfa_activate_totp")


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

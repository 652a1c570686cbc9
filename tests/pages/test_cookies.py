"""Cookies go over TLS alone where the site has it, and no script reads them."""

from typing import Any

import pytest
from django.test import Client


@pytest.mark.django_db
def test_cookies_of_a_choice_are_for_tls_and_not_for_scripts(client: Client, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    for address, name, value in (("/theme/", "theme", "dark"), ("/region/", "region", "KZ-75")):
        cookie = client.post(address, {name: value}).cookies[name]
        assert (cookie.value, cookie["secure"], cookie["httponly"], cookie["samesite"]) == (
            value,
            True,
            True,
            "Lax",
        )


@pytest.mark.django_db
def test_the_token_of_forms_is_not_for_scripts(client: Client) -> None:
    assert client.get("/ru/accounts/login/").cookies["csrftoken"]["httponly"] is True

"""How often a wrong password may be tried: counted by all server processes together."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest
from django.conf import settings as configured
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client

from bench.reference import wait_for
from tests.people.factories import PASSWORD, make_account

LIMIT = 5  # wrong passwords for one address of e-mail, in five minutes (allauth's login_failed)


@contextmanager
def server() -> Iterator[str]:
    """A web process of its own on the tests' database; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    name = str(connection.settings_dict["NAME"])
    database = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    command = [sys.executable, "-m", "bala", "serve", "--no-worker", "--port", str(port)]
    manifest = configured.BALA_VAR / "static" / "staticfiles.json"
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "BALA_BASE_URL": f"http://127.0.0.1:{port}",
        # without collected static files, which the tests have not, pages are served as in debugging
        "DEBUG": "0" if manifest.exists() else "1",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
    }
    process = subprocess.Popen(command, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", seconds=60)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def sign_in(address: str, email: str, password: str) -> httpx.Response:
    """Send the sign-in form as a browser would; what comes back is not followed."""
    # One name for all servers, as behind a balancer: allauth counts for each name of the site.
    with httpx.Client(base_url=address, headers={"Host": "localhost"}, timeout=60) as browser:
        page = browser.get("/ru/accounts/login/").text
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found is not None
        typed = {"csrfmiddlewaretoken": found[1], "login": email, "password": password}
        return browser.post("/ru/accounts/login/", data=typed)


@pytest.mark.django_db(transaction=True)
def test_wrong_passwords_are_counted_by_two_servers_together(settings: Any) -> None:
    settings.PASSWORD_HASHERS = configured.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    ]
    account, other = make_account("tried@example.kz"), make_account("other@example.kz")
    for one in (account, other):
        one.password = make_password(PASSWORD)
        one.save()
    with ExitStack() as stack:
        servers = [stack.enter_context(server()) for _number in range(2)]
        for number in range(LIMIT):  # three at one door, two at the other: neither alone is full
            assert sign_in(servers[number % 2], account.email, "wrong").status_code != 302
        # Even the right password is refused now, and at both doors.
        assert [sign_in(one, account.email, PASSWORD).status_code != 302 for one in servers] == [
            True,
            True,
        ]
        # It is the limit that refused: who was not tried gets in, by either door.
        assert [sign_in(one, other.email, PASSWORD).status_code for one in servers] == [302, 302]


@pytest.mark.django_db
def test_sign_ins_are_written_down_without_password_or_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    account = make_account("watched@example.kz")
    caplog.set_level("INFO", "bala.security")
    for password in ("wrong-one", PASSWORD):
        client.post("/ru/accounts/login/", {"login": account.email, "password": password})
    told = [one.getMessage() for one in caplog.records if one.name == "bala.security"]
    assert [line.partition(", from ")[0] for line in told] == [
        "sign-in failed",
        f"account {account.pk} signed in",
    ]
    assert not any(
        secret in str(told) for secret in ("wrong-one", PASSWORD, "127.0.0.1", "watched")
    )

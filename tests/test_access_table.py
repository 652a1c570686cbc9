"""Every named address × every kind of person: what the table says is what happens."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import Row
from tests.world import Persona, World, build_world

ROOMS = (
    "territory",
    "people",
    "notify",
    "files",
    "safeguarding",
    "certificates",
    "programme",
    "returns",
    "pages",
    "demo",
)
# Addresses of libraries: tested by them; what we change about them is tested in `people`.
FOREIGN = ("admin", "account_", "mfa_", "api", "socialaccount_")


def table() -> dict[str, Row]:
    """Put the tables of the rooms together."""
    rows: dict[str, Row] = {}
    for room in ROOMS:
        found = importlib.import_module(f"tests.{room}.access_table").ACCESS
        assert not rows.keys() & found.keys()
        rows.update(found)
    return rows


def named_urls(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Walk every name that an address of the project has."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{prefix}{pattern.name}"
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named_urls(pattern, inner)


def test_every_named_address_stands_in_the_table() -> None:
    names = {n for n in named_urls(get_resolver()) if not n.startswith(FOREIGN)}
    assert names == set(table())


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Build the world once; whatever a request changes is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def undone(world: World) -> Iterator[World]:
    """Let the next address find the world as it was built."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)


# The mark lets the tests' own database be made, also when no other test is asked for.
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(table()))
def test_each_person_gets_what_the_table_says(name: str, undone: World) -> None:
    row = table()[name]
    url = reverse(name, kwargs=row.kwargs(undone)) + row.query
    got = {}
    for persona in Persona:
        client = Client(raise_request_exception=False)
        if persona is not Persona.VISITOR:
            client.force_login(undone.people[persona])
        got[persona] = getattr(client, row.method)(url, row.data(undone)).status_code
    assert got == row.statuses

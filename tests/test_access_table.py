"""Every named address × every kind of person: what the table says is what happens."""

import importlib
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import Row
from tests.world import Persona, build_world

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


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(table()))
def test_each_person_gets_what_the_table_says(name: str) -> None:
    row = table()[name]
    world = build_world()
    url = reverse(name, kwargs=row.kwargs(world)) + row.query
    got = {}
    for persona in Persona:
        client = Client(raise_request_exception=False)
        if persona is not Persona.VISITOR:
            client.force_login(world.people[persona])
        got[persona] = getattr(client, row.method)(url, row.data(world)).status_code
    assert got == row.statuses

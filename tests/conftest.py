"""What every test stands on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from bala.kernel import clock

# How long a case takes to make or to run says how busy the machine is, and nothing about a rule.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

CAMPAIGN_DAY = datetime(2021, 5, 28, 4, 0, tzinfo=UTC)  # 10:00 in the capital


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the country once; every test finds its 20 regions."""
    from django.db import connection

    from bala.people.actions import load_consent_notices
    from bala.territory.actions import load_reference_data

    with django_db_blocker.unblock():
        load_reference_data()
        load_consent_notices()
    yield
    # A thread of the last live server may still hold a connection; the database could not be
    # dropped under it.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


@pytest.fixture(scope="session", autouse=True)
def _static_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give the live server, which starts before any test's settings, a folder of static files."""
    from django.conf import settings

    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Bring the country back where a test has emptied the whole database behind itself."""
    yield
    marker = item.get_closest_marker("django_db")
    emptied = marker is not None and marker.kwargs.get("transaction")
    names = set(getattr(item, "fixturenames", ()))
    # After the last test of all the database itself is gone.
    if nextitem is not None and (emptied or {"transactional_db", "live_server"} & names):
        from django.db import connection
        from pytest_django.plugin import blocking_manager_key

        from bala.people.actions import load_consent_notices
        from bala.territory.actions import load_reference_data

        with item.config.stash[blocking_manager_key].unblock():
            with connection.cursor() as cursor:  # the flush knows no tables of the queue
                cursor.execute("DELETE FROM procrastinate_jobs")
            load_reference_data()
            load_consent_notices()


@pytest.fixture(autouse=True)
def _campaign_day() -> Iterator[None]:
    """Let every test live on 28 May 2021 unless it travels."""
    with clock.at(CAMPAIGN_DAY):
        yield


@pytest.fixture(autouse=True)
def _nothing_is_kept(settings: Any) -> None:
    """Let no test find what another kept; tests/kernel/test_keeping.py keeps pages on purpose."""
    from django.core.cache import caches

    settings.BALA_FRESH_SECONDS = 0
    for name in ("memory", "pages"):
        caches[name].clear()


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Let no test inherit another's language."""
    with translation.override("ru"):
        yield


@pytest.fixture(autouse=True)
def _plain_settings(settings: Any, tmp_path: Any) -> None:
    """Serve static files unhashed and keep what tests write out of the project."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.BALA_MFA_REQUIRED = False  # tests/people test the second factor
    settings.BALA_PROOF_ROUNDS = 10  # Python works slower than a browser
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BALA_UPLOADS = tmp_path / "uploads"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _unordered_querysets_are_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that relies on an order which it did not ask for comes out in another."""
    fetch = QuerySet._fetch_all

    def shuffled(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered and not self.query.is_sliced and self._result_cache:
            self._result_cache.reverse()

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)


@pytest.fixture
def client() -> Client:
    """A visitor."""
    return Client()

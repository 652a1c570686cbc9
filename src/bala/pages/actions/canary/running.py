"""One crawl from planting to the result."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import translation

from bala.files.queries.storage import media
from bala.kernel import clock
from bala.kernel.translated import LANGUAGES
from bala.notify.actions import tell
from bala.pages.actions.canary.planting import Planted, plant, renditions_of
from bala.pages.actions.canary.reading import Reading, seeds_of
from bala.pages.models import CanaryRun
from bala.people.enums import Role
from bala.people.models import Account, RoleGrant


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a crawl planted, read and found."""

    planted: int
    pages: int
    feeds: int
    api_answers: int
    files: int
    exports: int
    refused: int
    found: list[dict[str, str]]
    broken: list[str]
    seconds: float

    def stored(self) -> dict[str, Any]:
        """The result as JSON has it."""
        return asdict(self)


def crawl(
    *, most: int = 1500, languages: Sequence[str] = LANGUAGES, readers: int | None = None
) -> Outcome:
    """Plant, read everything and take everything back; return what was found.

    `most` is how many linked addresses beyond the named ones each reader follows in each language.
    A visitor reads in all `languages`; each of the people who are signed in
    reads in one; `readers` takes only the first of them (None: all).
    """
    began = time.monotonic()
    with _a_world_that_goes() as planted:
        reading = Reading(planted.needles, most)
        for language in languages:
            reading.read_as("visitor", None, seeds_of(planted, language))
        for number, (who, account) in enumerate(list(planted.readers.items())[:readers]):
            language = languages[number % len(languages)]
            reading.read_as(who, account, seeds_of(planted, language))
        count = reading.counts
        return Outcome(
            planted=len(planted.needles),
            pages=count["pages"],
            feeds=count["feeds"],
            api_answers=count["api_answers"],
            files=count["files"],
            exports=count["exports"],
            refused=count["refused"],
            found=reading.found,
            broken=reading.broken,
            seconds=round(time.monotonic() - began, 1),
        )


def record(outcome: Outcome) -> CanaryRun:
    """Keep a result for the public page."""
    return CanaryRun.objects.create(made_at=clock.now(), **outcome.stored())


def tell_of_leak(run: CanaryRun) -> int:
    """Tell every coordinator of what was found; return how many were told."""
    if not run.found:
        return 0
    grants = RoleGrant.objects.filter(role=Role.COORDINATOR, taken_at__isnull=True)
    told = Account.objects.filter(is_active=True, pk__in=grants.values("account_id")).order_by("pk")
    for account in told:
        tell(
            account=account,
            kind="pages.canary",
            key=f"pages.canary:{run.public_id}",
            context={
                "count": len(run.found),
                "addresses": sorted({one["address"] for one in run.found})[:20],
                "url": {code: _page(code) for code in LANGUAGES},
            },
        )
    return len(told)


def _page(language: str) -> str:
    with translation.override(language):
        return f"{settings.BALA_BASE_URL}{reverse('pages:canary')}"


@contextmanager
def _a_world_that_goes() -> Iterator[Planted]:
    """Plant inside a transaction that is taken back, and remove the bytes that were written.

    Nothing is kept of the pages that are made meanwhile, and nobody is asked for a second factor:
    the readers are to see all that their rights show.
    """
    quiet = override_settings(
        BALA_FRESH_SECONDS=0,
        BALA_MFA_REQUIRED=False,
        ALLOWED_HOSTS=["localhost"],
        SECURE_SSL_REDIRECT=False,
    )
    paths: list[str] = []
    said = logging.getLogger("django.request")
    level = said.level
    with quiet:
        said.setLevel(logging.CRITICAL)  # thousands of closed doors are no news
        try:
            with transaction.atomic():
                planted = plant()
                paths = list(renditions_of(planted))
                yield planted
                transaction.set_rollback(True)
        finally:
            said.setLevel(level)
            for path in paths:
                media().delete(path)

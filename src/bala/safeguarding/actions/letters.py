"""What is told to authors, moderators and coordinators."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bala.kernel import clock
from bala.kernel.translated import LANGUAGES
from bala.notify.actions import tell
from bala.safeguarding.enums import Verdict
from bala.safeguarding.models import Decision, ModerationItem
from bala.safeguarding.queries.desks import coordinators_of, moderators_of
from bala.safeguarding.queries.queue import overdue
from bala.safeguarding.queries.reasons import all_reasons


def in_all_languages(made: Any) -> dict[str, str]:
    """Return what `made()` gives in each language, as letters take it."""
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[code] = str(made())
    return found


def tell_of_distress(item: ModerationItem) -> None:
    """Tell every moderator of the item at once; nothing of its text leaves the queue."""
    for account in moderators_of(item):
        tell(
            account=account,
            kind="safeguarding.urgent",
            key=f"safeguarding.urgent:{item.public_id}:{item.revision}",
            context={"url": _console(item), "region": _region(item)},
            about=item.campaign_slug,
        )


def tell_of_decision(item: ModerationItem, decision: Decision) -> None:
    """Tell the author; what a child sent in is told to its guardians, never to the child."""
    if item.author is None:
        return
    reason = all_reasons().get(decision.reason)
    tell(
        account=item.author,
        kind="safeguarding.decision",
        key=f"safeguarding.decision:{decision.public_id}",
        context={
            "title": item.title,
            "kind": in_all_languages(lambda: item.kind_label),
            "verdict": decision.verdict,
            "is_public": decision.verdict in (Verdict.APPROVE, Verdict.RESTORE),
            "reason": dict(reason.for_guardian) if reason else "",
            "words": decision.words,
            "url": in_all_languages(
                lambda: _absolute(reverse("safeguarding:mine", args=[item.public_id]))
            ),
        },
        about=item.campaign_slug,
    )


def tell_of_waiting() -> int:
    """Tell coordinators of what waits too long, each item once; return how many items."""
    after = timedelta(hours=settings.BALA_MODERATION_HOURS)
    items = list(overdue(after).order_by("pk")[:5000])
    for slug in sorted({item.campaign_slug for item in items}):
        here = [item for item in items if item.campaign_slug == slug]
        for account in coordinators_of(slug):
            tell(
                account=account,
                kind="safeguarding.waiting",
                key=f"safeguarding.waiting:{here[-1].public_id}:{here[-1].revision}",
                context={
                    "count": len(here),
                    "hours": settings.BALA_MODERATION_HOURS,
                    "url": in_all_languages(
                        lambda: _absolute(reverse("safeguarding:queue") + "?waited=24")
                    ),
                },
                about=slug,
            )
    ModerationItem.objects.filter(pk__in=[item.pk for item in items]).update(
        escalated_at=clock.now()
    )
    return len(items)


def _console(item: ModerationItem) -> dict[str, str]:
    return in_all_languages(lambda: _absolute(reverse("safeguarding:item", args=[item.public_id])))


def _region(item: ModerationItem) -> dict[str, str]:
    return in_all_languages(lambda: item.region.name if item.region else "")


def _absolute(path: str) -> str:
    return f"{settings.BALA_BASE_URL}{path}"

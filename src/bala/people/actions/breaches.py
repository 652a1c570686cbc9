"""Breach lists: asked for by one coordinator, approved by another, taken within a day."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden, PersonError
from bala.people.actions.seen import note_all_seen
from bala.people.enums import SeenWhy
from bala.people.models import Account, BreachList
from bala.people.queries.breaches import Affected, affected, children_affected
from bala.territory.models import Region


class ReasonMissing(PersonError):
    """A list is asked for without a word on what happened."""


@transaction.atomic
def ask_breach_list(
    *, by: Account, campaign_slug: str, reason: str, region: Region | None, since: date | None
) -> BreachList:
    """Ask for the list of those affected; nothing is shown before another person approves it.

    Raises ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say what happened: it stays with the list."))
    return BreachList.objects.create(
        campaign_slug=campaign_slug,
        region=region,
        since=since,
        reason=reason.strip(),
        asked_by=by,
        asked_at=clock.now(),
    )


@transaction.atomic
def approve_breach_list(*, by: Account, asked: BreachList) -> BreachList:
    """Say yes to a list that somebody else asked for; it opens for BALA_BREACH_LIST_HOURS.

    Raises Forbidden for one's own, EditConflict where somebody was quicker (standards, children
    first, rule 11).
    """
    if asked.asked_by_id == by.pk:
        raise Forbidden(_("Another coordinator has to approve what you asked for."))
    now = clock.now()
    done = BreachList.objects.filter(pk=asked.pk, approved_by__isnull=True).update(
        approved_by=by,
        approved_at=now,
        expires_at=now + timedelta(hours=settings.BALA_BREACH_LIST_HOURS),
    )
    if not done:
        raise EditConflict(_("Somebody has approved this list meanwhile."))
    asked.refresh_from_db()
    return asked


@transaction.atomic
def take_breach_list(*, by: Account, asked: BreachList) -> list[Affected]:
    """Return who is affected; every child's record says that its data was exported, and by whom.

    Raises Forbidden before the approval and after the time.
    """
    asked.refresh_from_db()
    if not asked.is_open:
        raise Forbidden(_("This list is not open: it waits for an approval, or its time is over."))
    found = affected(children_affected(asked))
    note_all_seen(
        by=by,
        children=[one.child for one in found],
        why=SeenWhy.EXPORT,
        about=f"people.breachlist:{asked.public_id}",
    )
    BreachList.objects.filter(pk=asked.pk).update(taken_times=F("taken_times") + 1)
    return found

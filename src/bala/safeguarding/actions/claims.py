"""Taking an item up, so that two moderators do not work on the same one."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from bala.kernel import clock
from bala.safeguarding.access import Desk
from bala.safeguarding.models import ModerationItem
from bala.safeguarding.queries.queue import ORDER, Wanted, chosen, free_for, waiting


def claim(*, desk: Desk, item: ModerationItem) -> bool:
    """Take an item up for BALA_MODERATION_LEASE_MINUTES; False where another has it.

    One conditional update: of any number who try at once one succeeds. Whoever has it gets it longer.
    """
    now = clock.now()
    until = now + lease()
    taken = (
        ModerationItem.objects.filter(pk=item.pk, waiting_since__isnull=False)
        .filter(free_for(desk.account, now))
        .update(claimed_by=desk.account, claimed_until=until)
    )
    if taken:
        item.claimed_by, item.claimed_until = desk.account, until
    return bool(taken)


@transaction.atomic
def claim_next(
    *, desk: Desk, wanted: Wanted | None = None, after: ModerationItem | None = None
) -> ModerationItem | None:
    """Take up the first item of the queue that nobody has, or None when there is none.

    `after` is left out: it is the one just looked at. Rows that others are taking are passed over.
    """
    now = clock.now()
    queue = chosen(waiting(desk.items()), wanted or Wanted()).filter(free_for(desk.account, now))
    if after is not None:
        queue = queue.exclude(pk=after.pk)
    item = queue.select_for_update(of=("self",), skip_locked=True).order_by(*ORDER).first()
    if item is None:
        return None
    item.claimed_by, item.claimed_until = desk.account, now + lease()
    item.save(update_fields=["claimed_by", "claimed_until"])
    return item


def let_go(*, desk: Desk, item: ModerationItem) -> None:
    """Give an item back that one has taken up; nothing happens where one has not."""
    ModerationItem.objects.filter(pk=item.pk, claimed_by=desk.account).update(
        claimed_by=None, claimed_until=None
    )


def lease() -> timedelta:
    """How long an item is held for whoever opened it."""
    return timedelta(minutes=settings.BALA_MODERATION_LEASE_MINUTES)

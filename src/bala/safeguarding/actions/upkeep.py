"""What happens by itself: consents that ended, things that wait too long, marks of reporters."""

from datetime import timedelta
from typing import Final

from django.db import transaction

from bala.kernel import clock
from bala.safeguarding.actions.items import close, locked_item
from bala.safeguarding.enums import ItemState
from bala.safeguarding.models import ModerationItem, Report
from bala.safeguarding.queries.items import consented, public_items

SOURCES_KEPT: Final = timedelta(days=30)
AT_ONCE: Final = 1000


def follow_consents() -> int:
    """Close what lost a consent: readers do not see it anyway, now its files go too; return how many.

    A new consent does not bring it back: whoever wants it public again sends it in again.
    """
    lost = (
        ModerationItem.objects.filter(state__in=(ItemState.APPROVED, ItemState.PENDING))
        .exclude(pk__in=ModerationItem.objects.filter(consented()).order_by().values("pk"))
        .order_by("pk")[:AT_ONCE]
    )
    return sum(_close_if_lost(item) for item in lost)


@transaction.atomic
def _close_if_lost(item: ModerationItem) -> bool:
    locked = locked_item(item)
    open_still = locked.state in (ItemState.APPROVED, ItemState.PENDING)
    if not open_still or ModerationItem.objects.filter(consented(), pk=locked.pk).exists():
        return False
    close(locked, ItemState.WITHDRAWN)
    return True


def forget_sources() -> int:
    """Forget where old reports came from; return how many."""
    old = Report.objects.filter(made_at__lt=clock.now() - SOURCES_KEPT).exclude(source="")
    return old.exclude(state="open").update(source="")


def still_public(item: ModerationItem) -> bool:
    """Whether the public sees an item at this moment."""
    return public_items().filter(pk=item.pk).exists()

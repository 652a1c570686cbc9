"""The queue of the moderators, and how long things wait in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Avg, Count, Exists, Min, OuterRef, Q, QuerySet

from bala.kernel import clock
from bala.people.models import Account
from bala.safeguarding.enums import ItemState
from bala.safeguarding.models import Decision, ModerationItem, SecondLook

ORDER: Final = ("-urgent", "waiting_since", "pk")
WAITED: Final = (4, 24, 72)  # hours that the filter offers


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a moderator chose to see; empty: all."""

    region: str = ""  # ISO code
    language: str = ""
    kind: str = ""
    waited: int = 0  # hours at least
    only: str = ""  # "urgent", "reported", "second"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers on top of the queue."""

    waiting: int
    urgent: int
    second: int  # a face waits for another moderator
    reported: int
    overdue: int
    oldest: datetime | None
    decided_today: int
    mean_wait: timedelta | None  # of what was decided in the last seven days
    looked_again: int
    agreed: int

    @property
    def agreement(self) -> int | None:
        """How many of a hundred sampled decisions a second moderator agreed with."""
        return round(100 * self.agreed / self.looked_again) if self.looked_again else None

    @property
    def mean_hours(self) -> float | None:
        """The mean wait in hours."""
        return round(self.mean_wait.total_seconds() / 3600, 1) if self.mean_wait else None


def waiting(items: QuerySet[ModerationItem]) -> QuerySet[ModerationItem]:
    """Narrow items to those that somebody has to look at."""
    return items.filter(waiting_since__isnull=False)


def chosen(items: QuerySet[ModerationItem], wanted: Wanted) -> QuerySet[ModerationItem]:
    """Narrow the queue to what the moderator wants to see."""
    narrow: dict[str, Any] = {
        "region__iso_code": wanted.region,
        "language": wanted.language,
        "kind": wanted.kind,
    }
    found = items.filter(**{name: value for name, value in narrow.items() if value})
    if wanted.waited:
        found = found.filter(waiting_since__lte=clock.now() - timedelta(hours=wanted.waited))
    if wanted.only == "urgent":
        found = found.filter(urgent=True)
    elif wanted.only == "reported":
        found = found.filter(open_reports__gt=0)
    elif wanted.only == "second":
        found = found.filter(state=ItemState.PENDING, first_at__isnull=False)
    return found


def shown(items: QuerySet[ModerationItem]) -> QuerySet[ModerationItem]:
    """Fetch what a line of the queue shows along with it."""
    return items.select_related("region", "child", "claimed_by")


def free_for(account: Account, moment: datetime) -> Q:
    """The condition that nobody else looks at an item at the moment, and the person may decide it.

    Whoever said the first yes to a face does not say the second.
    """
    free = Q(claimed_by__isnull=True) | Q(claimed_by=account) | Q(claimed_until__lte=moment)
    return free & ~Q(state=ItemState.PENDING, first_at__isnull=False, first_moderator=account)


def figures_of(items: QuerySet[ModerationItem], overdue_after: timedelta) -> Figures:
    """Count what waits in the items of a desk and how it was decided; three queries."""
    now = clock.now()
    queue = waiting(items).order_by()
    counted = queue.aggregate(
        waiting=Count("pk"),
        urgent=Count("pk", filter=Q(urgent=True)),
        second=Count("pk", filter=Q(state=ItemState.PENDING, first_at__isnull=False)),
        reported=Count("pk", filter=Q(open_reports__gt=0)),
        overdue=Count("pk", filter=Q(waiting_since__lte=now - overdue_after)),
        oldest=Min("waiting_since"),
    )
    decisions = Decision.objects.filter(item__in=items.order_by()).order_by()
    today = clock.today()
    day = decisions.filter(made_at__gte=now - timedelta(days=7)).aggregate(
        decided_today=Count("pk", filter=Q(made_at__date=today)), mean=Avg("waited_seconds")
    )
    looks = SecondLook.objects.filter(decision__item__in=items.order_by()).aggregate(
        looked_again=Count("pk"), agreed=Count("pk", filter=Q(agrees=True))
    )
    mean = day.pop("mean")
    return Figures(
        **counted,
        decided_today=day["decided_today"],
        mean_wait=timedelta(seconds=float(mean)) if mean is not None else None,
        looked_again=looks["looked_again"],
        agreed=looks["agreed"],
    )


def decisions_to_look_at_again(
    items: QuerySet[ModerationItem], account: Account
) -> QuerySet[Decision]:
    """Return decisions of others that were drawn for the sample and that nobody has looked at."""
    looked = SecondLook.objects.filter(decision=OuterRef("pk"))
    return (
        Decision.objects.filter(~Exists(looked), sampled=True, item__in=items.order_by())
        .exclude(moderator=account)
        .select_related("item__region", "item__child", "moderator")
        .order_by("made_at", "pk")
    )


def overdue(after: timedelta) -> QuerySet[ModerationItem]:
    """Return what waits longer than it may and was not told to the coordinators yet."""
    return waiting(ModerationItem.objects.all()).filter(
        waiting_since__lte=clock.now() - after, escalated_at__isnull=True
    )

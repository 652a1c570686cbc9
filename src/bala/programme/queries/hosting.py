"""What an organisation has adopted, and what it still owes."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from bala.programme.enums import OPEN_STATUSES, PlanStatus
from bala.programme.models import Activity, Block, Campaign, PlanItem
from bala.territory.models import Organisation

REPORTABLE = (PlanStatus.APPROVED, PlanStatus.MOVED)
FOLDERS = ("all", "wanting", "waiting", "returned", "coming", "held")


@dataclass(frozen=True, slots=True)
class Adoptable:
    """An activity of the concept, and how often the organisation has adopted it."""

    activity: Activity
    adopted: int


def programme_of(
    campaign: Campaign, organisation: Organisation, today: date, folder: str = "all"
) -> QuerySet[PlanItem]:
    """Return the rows of an organisation; `folder` is one of FOLDERS."""
    rows = PlanItem.objects.filter(campaign=campaign, organisation=organisation).select_related(
        "activity__block", "region", "campaign"
    )
    return rows.filter(_folder(folder, today)).order_by("starts_on", "pk")


def folder_counts(campaign: Campaign, organisation: Organisation, today: date) -> dict[str, int]:
    """Return how many rows lie in each folder; one query."""
    return PlanItem.objects.filter(campaign=campaign, organisation=organisation).aggregate(
        **{name: Count("pk", filter=_folder(name, today)) for name in FOLDERS}
    )


def _folder(name: str, today: date) -> Q:
    folders = {
        "wanting": Q(status__in=REPORTABLE, ends_on__lte=today),
        "waiting": Q(status=PlanStatus.PROPOSED),
        "returned": Q(status=PlanStatus.DRAFT),
        "coming": Q(status__in=OPEN_STATUSES, ends_on__gt=today),
        "held": Q(status=PlanStatus.HELD),
    }
    return folders.get(name, ~Q(status=PlanStatus.CANCELLED))


def adoptable_blocks(
    campaign: Campaign, organisation: Organisation
) -> list[tuple[Block, list[Adoptable]]]:
    """Return the blocks with their activities and how often each was adopted; three queries."""
    adopted = Counter(
        PlanItem.objects.filter(campaign=campaign, organisation=organisation)
        .exclude(status=PlanStatus.CANCELLED)
        .order_by()
        .values_list("activity_id", flat=True)
    )
    blocks = (
        campaign.blocks.filter(withdrawn_at__isnull=True)
        .order_by("number")
        .prefetch_related(Prefetch("activities", _standing().order_by("number")))
    )
    return [
        (block, [Adoptable(one, adopted[one.pk]) for one in block.activities.all()])
        for block in blocks
    ]


def adoptable_activity(campaign: Campaign, public_id: str) -> Activity | None:
    """Return an activity that stands in the concept."""
    return (
        _standing().select_related("block").filter(campaign=campaign, public_id=public_id).first()
    )


def adoptable_block(campaign: Campaign, number: int) -> Block | None:
    """Return a block that stands in the concept."""
    return campaign.blocks.filter(number=number, withdrawn_at__isnull=True).first()


def _standing() -> QuerySet[Activity]:
    return Activity.objects.filter(withdrawn_at__isnull=True)

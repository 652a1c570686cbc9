"""What is due when, and which regions have not planned."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max

from bala.concept.enums import Level
from bala.notify.models import Message
from bala.people.models import Account
from bala.programme.enums import OPEN_STATUSES, PlanStatus
from bala.programme.models import Activity, Campaign, NotApplicable, PlanItem
from bala.programme.queries.responsible import responsible_of
from bala.territory.models import Region
from bala.territory.queries.regions import in_order

# A row in one of these stands in the region's plan; proposals and drafts do not yet.
PLANNED_STATUSES = (*OPEN_STATUSES, PlanStatus.HELD)
# The letters to those responsible for a region; notify.earlier is what older versions wrote.
LETTERS = (
    "programme.plans_due",
    "programme.returns_due",
    "programme.gap",
    "returns.nudge",
    "notify.earlier",
)


@dataclass(slots=True)
class RegionPlan:
    """How far a region's plan has come."""

    region: Region
    expected: int  # activities that the region is to hold
    planned: int  # of them those with a row in the plan
    drafts: int  # rows that are drafts or proposals still
    responsible: list[Account] = field(default_factory=list)
    last_letter_at: datetime | None = None

    @property
    def missing(self) -> int:
        """Activities without a row in the plan."""
        return self.expected - self.planned

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all has been planned."""
        return self.planned == 0 and self.expected > 0


def region_plans(campaign: Campaign, region_ids: Collection[int] | None = None) -> list[RegionPlan]:
    """Return how far each region's plan has come, those with most missing first.

    `region_ids` narrows to these regions; None: every region of the campaign. Seven queries. An
    activity that the republic holds once, or that a region said does not apply, is not expected.
    """
    regions = in_order(campaign.regions.all())
    if region_ids is not None:
        regions = [region for region in regions if region.pk in region_ids]
    activities = set(
        Activity.objects.filter(
            campaign=campaign, withdrawn_at__isnull=True, level=Level.REGION
        ).values_list("pk", flat=True)
    )
    excused = set(
        NotApplicable.objects.filter(activity__campaign=campaign).values_list(
            "region_id", "activity_id"
        )
    )
    rows = PlanItem.objects.filter(campaign=campaign, region__in=regions)
    planned = set(
        rows.filter(status__in=PLANNED_STATUSES)
        .order_by()
        .values_list("region_id", "activity_id")
        .distinct()
    )
    drafts = dict(
        rows.filter(status__in=[PlanStatus.DRAFT, PlanStatus.PROPOSED])
        .order_by()
        .values_list("region_id")
        .annotate(rows=Count("pk"))
    )
    responsible = responsible_of(campaign, regions)
    letters = _last_letters(campaign)
    found = []
    for region in regions:
        expected = {pk for pk in activities if (region.pk, pk) not in excused}
        found.append(
            RegionPlan(
                region=region,
                expected=len(expected),
                planned=sum((region.pk, pk) in planned for pk in expected),
                drafts=drafts.get(region.pk, 0),
                responsible=responsible[region.pk],
                last_letter_at=max(
                    (at for one in responsible[region.pk] if (at := letters.get(one.pk))),
                    default=None,
                ),
            )
        )
    return sorted(found, key=lambda plan: -plan.missing)


def _last_letters(campaign: Campaign) -> dict[int, datetime]:
    return dict(
        Message.objects.filter(about=campaign.slug, kind__in=LETTERS)
        .order_by()
        .values_list("account_id")
        .annotate(at=Max("written_at"))
    )


def days_left(due: date | None, today: date) -> int | None:
    """Return the days until a deadline; negative once it has passed."""
    return None if due is None else (due - today).days


def gap_addressees(campaign: Campaign) -> list[tuple[Region, list[Account]]]:
    """Return each region of the campaign with those responsible, in the order of the alphabet."""
    regions = in_order(campaign.regions.all())
    found = responsible_of(campaign, regions)
    return [(region, found[region.pk]) for region in regions]

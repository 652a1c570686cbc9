"""Reads of the regions' plans."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from bala.kernel import clock
from bala.kernel.keyset import Page, page_of
from bala.programme.enums import PlanStatus
from bala.programme.models import Campaign, PlanItem
from bala.territory.models import Organisation, Region
from bala.territory.queries.regions import in_order

PAGE_SIZE = 50
# How the table may be sorted: fields of the key, the last of them unique.
ORDERS: dict[str, tuple[str, ...]] = {
    "dates": ("starts_on", "pk"),
    "activity": ("activity__block__number", "activity__number", "starts_on", "pk"),
    "status": ("status", "starts_on", "pk"),
    "organisation": ("organisation_key", "starts_on", "pk"),
    "children": ("expected_children", "pk"),
}


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """How far a region's plan is."""

    region: Region
    counts: dict[str, int]
    covered: int  # activities with at least one row that is not cancelled
    activities: int

    @property
    def total(self) -> int:
        """All rows but the cancelled ones."""
        return sum(n for status, n in self.counts.items() if status != PlanStatus.CANCELLED)

    @property
    def ready(self) -> int:
        """Rows that are out of the hands of those who draft them."""
        return self.total - self.counts.get("draft", 0) - self.counts.get("proposed", 0)

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all was planned."""
        return self.total == 0

    def cells(self) -> list[tuple[str, str, int]]:
        """Each status: its code, its words, its number of rows."""
        return [(s.value, str(s.label), self.counts.get(s.value, 0)) for s in PlanStatus]


def region_plans(campaign: Campaign, region_ids: frozenset[int] | None = None) -> list[RegionPlan]:
    """Return how far each region's plan is, silent regions first; three queries.

    `region_ids` narrows to those regions; None means all of the campaign.
    """
    regions = campaign.regions.all()
    items = PlanItem.objects.filter(campaign=campaign)
    if region_ids is not None:
        regions = regions.filter(pk__in=region_ids)
        items = items.filter(region_id__in=region_ids)
    counts: dict[int, dict[str, int]] = {}
    covered: dict[int, set[int]] = {}
    found = items.values("region_id", "status", "activity_id").annotate(n=Count("pk")).order_by()
    for row in found:
        by_status = counts.setdefault(row["region_id"], {})
        by_status[row["status"]] = by_status.get(row["status"], 0) + row["n"]
        if row["status"] != PlanStatus.CANCELLED:
            covered.setdefault(row["region_id"], set()).add(row["activity_id"])
    activities = campaign.activities.filter(withdrawn_at__isnull=True, level="region").count()
    return [
        RegionPlan(one, counts.get(one.pk, {}), len(covered.get(one.pk, ())), activities)
        for one in in_order(regions)
    ]


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """What narrows a plan; empty fields do not."""

    block: int | None = None
    activity: str = ""  # public id
    status: str = ""
    district: int | None = None
    organisation: str = ""  # part of its name
    format: str = ""
    starts: date | None = None
    ends: date | None = None
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, name) not in (None, "") for name in self.__slots__)

    def narrow(self, rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
        """Return the rows that pass."""
        if self.block is not None:
            rows = rows.filter(activity__block__number=self.block)
        if self.activity:
            rows = rows.filter(activity__public_id=self.activity)
        if self.status:
            rows = rows.filter(status=self.status)
        if self.district is not None:
            rows = rows.filter(district_id=self.district)
        if self.organisation:
            rows = rows.filter(_any_of(self.organisation, "organisation__name"))
        if self.format:
            rows = rows.filter(format=self.format)
        if self.starts is not None:
            rows = rows.filter(ends_on__gte=self.starts)
        if self.ends is not None:
            rows = rows.filter(starts_on__lte=self.ends)
        if self.text:
            rows = rows.filter(
                _any_of(self.text, "title")
                | Q(place__icontains=self.text)
                | Q(responsible__icontains=self.text)
            )
        return rows


def _any_of(text: str, name: str) -> Q:
    return (
        Q(**{f"{name}_kk__icontains": text})
        | Q(**{f"{name}_ru__icontains": text})
        | Q(**{f"{name}_en__icontains": text})
    )


def plan_page(
    rows: QuerySet[PlanItem], *, sort: str, descending: bool, cursor: str, size: int = PAGE_SIZE
) -> Page[PlanItem]:
    """Return a page of a plan with all that a row shows; one query."""
    order = list(ORDERS.get(sort, ORDERS["dates"]))
    if descending:
        order = [f"-{name}" for name in order]
    shown = with_names(rows).annotate(
        organisation_key=Coalesce("organisation__sort_key", Value(""))
    )
    return page_of(shown, order=order, cursor=cursor, size=size)


def with_names(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Return the rows with what they name: activity, block, region, district, organisation."""
    return rows.select_related("activity__block", "region", "district", "organisation")


def in_plan_order(rows: QuerySet[PlanItem]) -> Iterator[PlanItem]:
    """Give the rows in the order of the concept, for an export of any size."""
    ordered = with_names(rows).order_by(*ORDERS["activity"])
    return ordered.iterator(chunk_size=2000)


def plan_is_late(campaign: Campaign) -> bool:
    """Whether the day on which plans are due has passed."""
    return campaign.plans_due_on is not None and campaign.plans_due_on < clock.today()


def rows_named(items: QuerySet[PlanItem], names: str) -> list[PlanItem]:
    """Return those of the rows whose public ids stand in a text, between commas; at most 500."""
    wanted = [name for name in names.split(",") if name][:500]
    found = items.filter(public_id__in=wanted).select_related("activity__block", "region")
    return list(found.order_by("starts_on", "pk"))


def organisations_like(region: Region, text: str) -> QuerySet[Organisation]:
    """Return up to 20 organisations of a region whose name or code contains a text."""
    found = Organisation.objects.filter(region=region, is_active=True)
    if text:
        found = found.filter(_any_of(text, "name") | Q(external_code__startswith=text))
    return found.order_by("sort_key", "pk")[:20]

"""Open data: the programme and its coverage, as rows that anybody may read and reuse.

Only what the public site shows: no names of people, nothing of who is late.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bala.kernel.spreadsheets import Cell
from bala.programme.enums import PUBLIC_STATUSES, Metric, PlanStatus
from bala.programme.models import Activity, Campaign, Outcome, PlanItem
from bala.territory.models import Region


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name, its type (XML Schema) and what stands in it."""

    name: str
    type: str
    text: Promise


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of open data; `rows` streams it."""

    name: str
    title: Promise
    columns: tuple[Column, ...]


_REGION = (
    Column("region", "string", _("ISO 3166-2 code of the region")),
    Column("region_kk", "string", _("name of the region in Kazakh")),
    Column("region_ru", "string", _("name of the region in Russian")),
    Column("region_en", "string", _("name of the region in English")),
)
_ACTIVITY = (
    Column("block", "integer", _("number of the block")),
    Column("activity", "string", _("number of the activity of the concept, as block.line")),
)
PROGRAMME = DataFile(
    "programme",
    _("Programme: what is held where and when"),
    (
        Column("id", "string", _("id of the row, never changes")),
        *_ACTIVITY,
        *_REGION[:1],
        Column("district", "string", _("district, in Kazakh")),
        Column("title_kk", "string", _("title in Kazakh")),
        Column("title_ru", "string", _("title in Russian")),
        Column("title_en", "string", _("title in English")),
        Column("organisation", "string", _("who holds it")),
        Column("starts_on", "date", _("first day")),
        Column("ends_on", "date", _("last day")),
        Column("starts_at", "time", _("begins at, in the region's time")),
        Column("place", "string", _("place")),
        Column("format", "string", _("online, on_site or hybrid")),
        Column("status", "string", _("approved, moved or held")),
        Column("expected_children", "integer", _("children expected")),
    ),
)
COVERAGE = DataFile(
    "coverage",
    _("Coverage: what is planned and held, by activity and region"),
    (
        *_ACTIVITY,
        Column("activity_kk", "string", _("the activity in Kazakh")),
        Column("activity_ru", "string", _("the activity in Russian")),
        Column("activity_en", "string", _("the activity in English")),
        *_REGION,
        Column("planned", "integer", _("rows in the programme, those held included")),
        Column("held", "integer", _("rows held")),
        Column("children", "integer", _("children who took part")),
        Column("adults", "integer", _("adults who took part")),
    ),
)
REGIONS = DataFile(
    "regions",
    _("Regions of the campaign"),
    (*_REGION, Column("kind", "string", _("region or city"))),
)
FILES = {one.name: one for one in (PROGRAMME, COVERAGE, REGIONS)}


def rows_of(campaign: Campaign, name: str) -> Iterator[tuple[Cell, ...]]:
    """Stream the rows of a file in the order of its columns; a stable order, little memory."""
    readers = {"programme": _programme, "coverage": _coverage, "regions": _regions}
    return iter(readers[name](campaign))


def _programme(campaign: Campaign) -> Iterator[tuple[Cell, ...]]:
    rows: QuerySet[PlanItem, tuple[Any, ...]] = (
        PlanItem.objects.filter(campaign=campaign, status__in=PUBLIC_STATUSES)
        .order_by("pk")
        .values_list(
            "public_id",
            "activity__block__number",
            "activity__number",
            "region__iso_code",
            "district__name_kk",
            "title_kk",
            "title_ru",
            "title_en",
            "organisation__name_kk",
            "organisation__name_ru",
            "starts_on",
            "ends_on",
            "starts_at",
            "place",
            "format",
            "status",
            "expected_children",
        )
    )
    for row in rows.iterator(chunk_size=5000):
        time = f"{row[12]:%H:%M}" if row[12] else None
        yield (
            row[0],
            row[1],
            f"{row[1]}.{row[2]}",
            *row[3:8],
            row[8] or row[9],
            *row[10:12],
            time,
            *row[13:],
        )


def _coverage(campaign: Campaign) -> Iterable[tuple[Cell, ...]]:
    planned: dict[tuple[int, int], tuple[int, int]] = {
        (activity, region): (n, held)
        for activity, region, n, held in PlanItem.objects.filter(
            campaign=campaign, status__in=PUBLIC_STATUSES
        )
        .order_by()
        .values_list("activity_id", "region_id")
        .annotate(n=Count("pk"), held=Count("pk", filter=Q(status=PlanStatus.HELD)))
    }
    reached: dict[tuple[int, int, str], Any] = {
        (activity, region, metric): total
        for activity, region, metric, total in Outcome.objects.filter(
            campaign=campaign,
            superseded_at__isnull=True,
            metric__in=(Metric.CHILDREN, Metric.ADULTS),
        )
        .order_by()
        .values_list("activity_id", "region_id", "metric")
        .annotate(total=Sum("value"))
    }
    regions = list(Region.objects.filter(campaign_regions__campaign=campaign).order_by("iso_code"))
    activities = Activity.objects.filter(campaign=campaign, withdrawn_at__isnull=True)
    for one in activities.select_related("block").order_by("block__number", "number", "pk"):
        for region in regions:
            n, held = planned.get((one.pk, region.pk), (0, 0))
            yield (
                one.block.number,
                f"{one.block.number}.{one.number}",
                one.title_kk,
                one.title_ru,
                one.title_en,
                region.iso_code,
                *region.names_on(campaign.starts_on).values(),
                n,
                held,
                int(reached.get((one.pk, region.pk, Metric.CHILDREN), 0)),
                int(reached.get((one.pk, region.pk, Metric.ADULTS), 0)),
            )


def _regions(campaign: Campaign) -> Iterable[tuple[Cell, ...]]:
    regions = Region.objects.filter(campaign_regions__campaign=campaign).order_by("iso_code")
    for one in regions:
        yield (one.iso_code, *one.names_on(campaign.starts_on).values(), one.kind)

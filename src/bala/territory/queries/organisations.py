"""Finding organisations."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from bala.territory.models import District, Organisation, Region


def organisations_matching(
    region_ids: Collection[int] | None,
    *,
    text: str = "",
    kind: str = "",
    region: Region | None = None,
    district: District | None = None,
) -> QuerySet[Organisation]:
    """Return the organisations of the given regions (None: of all), narrowed by what is given."""
    found = Organisation.objects.select_related("region", "district")
    if region_ids is not None:
        found = found.filter(region__in=region_ids)
    if region is not None:
        found = found.filter(region=region)
    if district is not None:
        found = found.filter(district=district)
    if kind:
        found = found.filter(kind=kind)
    for word in text.split():
        found = found.filter(
            Q(name_kk__icontains=word)
            | Q(name_ru__icontains=word)
            | Q(name_en__icontains=word)
            | Q(external_code__istartswith=word)
        )
    return found.order_by("sort_key", "pk")


def regions_with_districts(region_ids: Collection[int] | None) -> QuerySet[Region]:
    """Return regions with their districts, and how many organisations each district has."""
    from django.db.models import Prefetch

    regions = Region.objects.order_by("sort_key")
    if region_ids is not None:
        regions = regions.filter(pk__in=region_ids)
    districts = District.objects.annotate(houses=Count("organisations")).order_by("sort_key", "pk")
    return regions.prefetch_related(Prefetch("districts", districts))

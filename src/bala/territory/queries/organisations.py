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


def districts_matching(
    region_ids: Collection[int] | None,
    *,
    text: str = "",
    kind: str = "",
    region: Region | None = None,
    with_closed: bool = False,
) -> QuerySet[District]:
    """Return the districts of the given regions (None: of all) with `houses`, how many work there."""
    working = Count("organisations", filter=Q(organisations__is_active=True))
    found = District.objects.select_related("region").annotate(houses=working)
    if region_ids is not None:
        found = found.filter(region__in=region_ids)
    if region is not None:
        found = found.filter(region=region)
    if kind:
        found = found.filter(kind=kind)
    if not with_closed:
        found = found.filter(is_active=True)
    for word in text.split():
        found = found.filter(
            Q(name_kk__icontains=word)
            | Q(name_ru__icontains=word)
            | Q(name_en__icontains=word)
            | Q(code__istartswith=word)
        )
    return found.order_by("region__sort_key", "sort_key", "pk")

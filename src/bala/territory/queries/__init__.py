"""Reads of the room."""

from datetime import date

from django.db.models import Q, QuerySet

from bala.territory.models import Helpline, Region


def helplines_on(day: date, region: Region | None = None) -> QuerySet[Helpline]:
    """Return the helplines that answer on a day: those of the country, and of the region if given."""
    where = Q(region__isnull=True) | Q(region=region) if region else Q(region__isnull=True)
    return Helpline.objects.filter(where, valid_from__lte=day).exclude(valid_until__lt=day)


def regions_of_year(year: int) -> QuerySet[Region]:
    """Return the regions that there are in a year: 17 until 2021, 20 since 2022."""
    return Region.objects.filter(Q(exists_from__isnull=True) | Q(exists_from__lte=year))

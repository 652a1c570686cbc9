"""Whom a child can call, region by region."""

from datetime import date

from bala.territory.models import Helpline, Region


def helplines_by_region(day: date) -> list[tuple[Region | None, list[Helpline]]]:
    """Return the helplines that answer on a day: the country's first, then by region; one query."""
    lines = (
        Helpline.objects.filter(valid_from__lte=day)
        .exclude(valid_until__lt=day)
        .select_related("region")
        .order_by("region__sort_key", "position", "pk")
    )
    groups: dict[int | None, tuple[Region | None, list[Helpline]]] = {None: (None, [])}
    for line in lines:
        groups.setdefault(line.region_id, (line.region, []))[1].append(line)
    return [group for group in groups.values() if group[1]]

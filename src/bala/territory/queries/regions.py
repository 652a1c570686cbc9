"""Regions in the order of the names that they have on the day at work."""

from collections.abc import Iterable
from typing import TypeVar

from bala.territory.models import Region

One = TypeVar("One", bound=Region)


def in_order(regions: Iterable[One]) -> list[One]:
    """Return regions in Kazakh order of the names in force; at most the one query of `regions`."""
    return sorted(regions, key=lambda region: region.sorting)

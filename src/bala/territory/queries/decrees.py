"""A decree with its zones, as it stands and as somebody saw it."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from django.apps import apps

from bala.kernel.revisions import version_of
from bala.territory.enums import Zone
from bala.territory.models import ZoneDecree


def decree_as_it_is(decree: ZoneDecree, region_ids: Iterable[int]) -> SimpleNamespace:
    """Return day, number, revision and the zone of each region as `zone_ID`."""
    stored = dict(decree.zones.order_by("pk").values_list("region_id", "zone"))
    return _whole(decree, decree.revision, stored, region_ids)


def decree_as_it_was(
    decree: ZoneDecree, revision: int, region_ids: Iterable[int]
) -> SimpleNamespace | None:
    """Return the same of a revision that has ended, or None; three queries."""
    header = version_of(decree, revision)
    if header is None:
        return None
    # The last that was written at or before the revision holds: the past in order, then the present.
    written = [*_past(decree), *_present(decree)]
    zones = {region_id: zone for region_id, since, zone in written if since <= revision}
    return _whole(header, revision, zones, region_ids)


def _past(decree: ZoneDecree) -> Iterator[tuple[int, int, str]]:
    events: Any = apps.get_model("territory", "RegionZoneEvent")
    found = events.objects.filter(decree_id=decree.pk).order_by("revision", "pgh_id")
    yield from found.values_list("region_id", "revision", "zone")


def _present(decree: ZoneDecree) -> Iterator[tuple[int, int, str]]:
    yield from decree.zones.order_by("pk").values_list("region_id", "revision", "zone")


def _whole(
    header: Any, revision: int, zones: dict[int, str], region_ids: Iterable[int]
) -> SimpleNamespace:
    named = {f"zone_{pk}": Zone(zones.get(pk, Zone.GREEN)) for pk in region_ids}
    return SimpleNamespace(
        effective_on=header.effective_on, number=header.number, revision=revision, **named
    )

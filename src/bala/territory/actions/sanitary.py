"""Changing the sanitary rules. Who may is decided by the doors: roles stand on a higher floor."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bala.kernel.errors import PersonError
from bala.kernel.translated import LANGUAGES
from bala.territory.enums import Zone
from bala.territory.models import Region, RegionZone, SanitaryLimit, ZoneDecree
from bala.territory.queries.list_files import Fault, columns_of

ZONE_COLUMNS: dict[str, Sequence[str]] = {
    "effective_on": ("с", "дата", "действует с", "күні", "бастап", "from", "date"),
    "region_code": (
        "region_code_2021",
        "region",
        "code",
        "регион",
        "область",
        "код",
        "код региона",
        "өңір",
        "облыс",
        "өңір коды",
    ),
    "zone": ("зона", "аймақ"),
    "number": ("номер", "постановление", "decree", "нөмірі", "қаулы"),
}


class BadZones(PersonError):
    """A list of zones with faults; `faults` names them by row."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            gettext_lazy(
                "The list has faults, and nothing of it was taken: mend them, send it again."
            )
        )


@transaction.atomic
def save_decree(*, effective_on: date, number: str, zones: Mapping[int, Zone]) -> ZoneDecree:
    """Write the zones (by the region's id) that hold from a day on; a decree of that day is replaced."""
    decree, _made = ZoneDecree.objects.update_or_create(
        effective_on=effective_on, defaults={"number": number}
    )
    decree.zones.all().delete()
    RegionZone.objects.bulk_create(
        RegionZone(decree=decree, region_id=region_id, zone=zone)
        for region_id, zone in zones.items()
        if zone != Zone.GREEN
    )
    return decree


@transaction.atomic
def import_zones(*, rows: Sequence[Sequence[str]]) -> int:
    """Take over a list of decrees (day, region, zone), all or nothing; return how many decrees.

    A decree of a day that is known is replaced by the list's. Raises BadZones.
    """
    decrees, faults = read_zones(rows)
    if faults:
        raise BadZones(faults)
    for day, (number, zones) in decrees.items():
        save_decree(effective_on=day, number=number, zones=zones)
    return len(decrees)


def read_zones(
    rows: Sequence[Sequence[str]],
) -> tuple[dict[date, tuple[str, dict[int, Zone]]], list[Fault]]:
    """Read rows of text into decrees by their day, with the faults by row."""
    places = columns_of(rows[0], ZONE_COLUMNS)
    missing = {"effective_on", "region_code", "zone"} - places.keys()
    if missing:
        return {}, [
            Fault(1, name, _("This column is missing: name it in the first row."))
            for name in sorted(missing)
        ]
    regions = {
        code: region.pk for region in Region.objects.order_by("pk") for code in _codes(region)
    }
    words = _zone_words()
    decrees: dict[date, tuple[str, dict[int, Zone]]] = {}
    faults: list[Fault] = []
    for row_number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        cell = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        day = _day(cell["effective_on"])
        region = regions.get(cell["region_code"].casefold())
        zone = words.get(cell["zone"].casefold())
        if day is None:
            faults.append(
                Fault(row_number, "effective_on", _("Not a date: write 2021-05-27 or 27.05.2021."))
            )
        if region is None:
            faults.append(Fault(row_number, "region_code", _("No region has this code.")))
        if zone is None:
            faults.append(Fault(row_number, "zone", _("Not a zone: red, yellow or green.")))
        if day is None or region is None or zone is None:
            continue
        _number, zones = decrees.setdefault(day, (cell.get("number", ""), {}))
        if region in zones:
            faults.append(
                Fault(row_number, "region_code", _("This region stands twice on this day."))
            )
        zones[region] = zone
    if not decrees and not faults:
        faults.append(Fault(1, "", _("The list is empty.")))
    return decrees, faults


@transaction.atomic
def save_limit(*, limit: SanitaryLimit | None, values: Mapping[str, Any]) -> SanitaryLimit:
    """Add a limit, or write an existing one; `values` are its fields, checked by the form."""
    row = limit or SanitaryLimit()
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def _codes(region: Region) -> list[str]:
    names = (region.iso_code, region.code_2021, region.name_kk, region.name_ru, region.name_en)
    shorts = (region.short_name_kk, region.short_name_ru, region.short_name_en)
    return [name.casefold() for name in (*names, *shorts) if name]


def _zone_words() -> dict[str, Zone]:
    words: dict[str, Zone] = {}
    for zone in Zone:
        words[zone.value] = zone
        for language in LANGUAGES:
            with translation.override(language):
                label = str(zone.label).casefold()
            words[label] = zone
            words[label.split()[0]] = zone
    return words


def _day(text: str) -> date | None:
    from datetime import datetime

    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None

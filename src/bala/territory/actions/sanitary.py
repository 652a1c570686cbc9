"""Changing the sanitary rules. Who may is decided by the doors: roles stand on a higher floor."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bala.kernel.errors import PersonError
from bala.kernel.revisions import changes
from bala.kernel.translated import LANGUAGES
from bala.territory.actions.rows import row_with
from bala.territory.enums import Zone
from bala.territory.models import Region, RegionZone, SanitaryLimit, ZoneDecree
from bala.territory.queries.decrees import decree_as_it_is, decree_as_it_was
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


class DecreeThere(PersonError):
    """There is a decree of this day."""


@transaction.atomic
def save_decree(
    *,
    decree: ZoneDecree | None = None,
    effective_on: date,
    number: str,
    zones: Mapping[int, Zone],
    revision: int = 0,
) -> ZoneDecree:
    """Add a decree, or write an existing one; `zones` are by the region's id, others stay.

    `revision` is that of the decree which the person saw. Raises RowConflict, whose `theirs` has
    `effective_on`, `number` and a `zone_ID` for each region; DecreeThere for a day that is taken.
    """
    row = (
        ZoneDecree(effective_on=effective_on)
        if decree is None
        else ZoneDecree.objects.select_for_update().get(pk=decree.pk)
    )
    values = {"effective_on": effective_on, "number": number}
    values |= {f"zone_{region_id}": zone for region_id, zone in zones.items()}
    if decree is not None:
        values = changes(
            decree_as_it_is(row, zones),
            revision=revision,
            values=values,
            version=lambda _row, seen: decree_as_it_was(row, seen, zones),
        )
        if not values:
            return row
    return _write_decree(row, values)


def _write_decree(row: ZoneDecree, values: Mapping[str, Any]) -> ZoneDecree:
    row.revision += 1 if row.pk else 0
    row.effective_on = values.get("effective_on", row.effective_on)
    row.number = values.get("number", row.number)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise DecreeThere(
            gettext_lazy("There is a decree of this day already: open it and change it.")
        ) from error
    stored = {zone.region_id: zone for zone in row.zones.order_by("pk")}
    for name, value in values.items():
        if not name.startswith("zone_"):
            continue
        region_id = int(name.removeprefix("zone_"))
        known = stored.get(region_id)
        if known is None and value == Zone.GREEN:  # as good as not named
            continue
        zone = known or RegionZone(decree=row, region_id=region_id)
        if zone.zone != value:
            zone.zone, zone.revision = value, row.revision
            zone.save()
    return row


@transaction.atomic
def import_zones(*, rows: Sequence[Sequence[str]]) -> int:
    """Take over a list of decrees (day, region, zone), all or nothing; return how many decrees.

    A decree of a day that is known is replaced by the list's. Raises BadZones.
    """
    decrees, faults = read_zones(rows)
    if faults:
        raise BadZones(faults)
    for day, (number, zones) in decrees.items():
        known = ZoneDecree.objects.select_for_update().filter(effective_on=day).first()
        values: dict[str, Any] = {"effective_on": day, "number": number}
        if known is not None:
            named = known.zones.order_by("pk").values_list("region_id", flat=True)
            values |= {f"zone_{region_id}": Zone.GREEN for region_id in named}
        values |= {f"zone_{region_id}": zone for region_id, zone in zones.items()}
        _write_decree(known or ZoneDecree(effective_on=day), values)
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
def save_limit(
    *, limit: SanitaryLimit | None, values: Mapping[str, Any], revision: int = 0
) -> SanitaryLimit:
    """Add a limit, or write an existing one; `values` are its fields, checked by the form.

    `revision` is that of the limit which the person saw. Raises RowConflict.
    """
    row = row_with(SanitaryLimit, limit, values, revision)
    row.full_clean()
    row.save()
    return row


def _codes(region: Region) -> list[str]:
    names = (region.iso_code, region.code_2021, *region.all_names)
    return [name.casefold() for name in names if name]


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

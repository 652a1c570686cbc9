"""Loading the country from the project's own data."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from bala.kernel.sorting import kazakh_sort_key
from bala.territory.models import (
    Helpline,
    Region,
    RegionName,
    RegionZone,
    SanitaryLimit,
    ZoneDecree,
    later_names,
)

DATA = Path(__file__).parent.parent / "data"
# The file holds the limits of May and June 2021: in another year nobody is bound by them.
LIMITS_VALID_FROM = date(2021, 5, 1)
LIMITS_VALID_UNTIL = date(2021, 6, 30)


@transaction.atomic
def load_reference_data() -> None:
    """Write regions, sanitary zones and limits, and helplines from the project's own data.

    Can be repeated: regions and their later names are brought up to date by their ISO code; zones,
    limits and helplines are written only where there are none yet, because operators edit them.
    """
    regions = _load_regions()
    _load_later_names()
    if not ZoneDecree.objects.exists():
        _load_zones(regions)
    if not SanitaryLimit.objects.exists():
        _load_limits()
    if not Helpline.objects.exists():
        Helpline.objects.bulk_create(
            Helpline(**{**row, "valid_until": row["valid_until"] or None})
            for row in _rows("helplines.csv")
        )


def _load_regions() -> dict[str, Region]:
    by_code: dict[str, Region] = {}
    for row in _rows("regions.csv"):
        parent = row.pop("parent_until_2022")
        numbers = {
            name: int(row.pop(name)) if row[name] else row.pop(name) or None
            for name in list(row)
            if name.startswith("tile_") or name == "exists_from"
        }
        region, _made = Region.objects.update_or_create(
            iso_code=row["iso_code"],
            defaults={
                **row,
                **numbers,
                "sort_key": kazakh_sort_key(row["name_kk"]),
                "parent_until_2022": by_code.get(parent),
            },
        )
        by_code[region.code_2021 or region.iso_code] = region
    return by_code


def _load_later_names() -> None:
    for row in _rows("region-names.csv"):
        region = Region.objects.get(iso_code=row.pop("iso_code"))
        RegionName.objects.update_or_create(
            region=region,
            valid_from=date.fromisoformat(row.pop("valid_from")),
            defaults={**row, "sort_key": kazakh_sort_key(row["name_kk"])},
        )
    later_names.cache_clear()
    later_names()


def _load_zones(regions: dict[str, Region]) -> None:
    for row in _rows("sanitary-zones-2021.csv"):
        decree, _made = ZoneDecree.objects.get_or_create(
            effective_on=date.fromisoformat(row["effective_on"])
        )
        RegionZone.objects.create(
            decree=decree, region=regions[row["region_code_2021"]], zone=row["zone"]
        )


def _load_limits() -> None:
    for row in _rows("sanitary-limits-2021.csv"):
        SanitaryLimit.objects.create(
            zone="" if row["zone"] == "any" else row["zone"],
            venue_kind=row["venue_kind"],
            max_occupancy_percent=int(row["max_occupancy_percent"] or 0) or None,
            max_people=int(row["max_people"] or 0) or None,
            min_m2_per_person=Decimal(row["min_m2_per_person"])
            if row["min_m2_per_person"]
            else None,
            valid_from=LIMITS_VALID_FROM,
            valid_until=LIMITS_VALID_UNTIL,
            note=row["note"],
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)

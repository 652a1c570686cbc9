"""Districts and organisations of the demonstration: 17 regions with three or four districts each."""

import csv
from collections.abc import Iterator
from pathlib import Path

from bala.kernel.sorting import kazakh_sort_key
from bala.territory.models import District, Organisation, Region

DATA = Path(__file__).parent.parent / "data"


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Read a table of the demonstration's data."""
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load_districts() -> list[District]:
    """Write the districts; those that are there stay as they are."""
    regions = {region.iso_code: region for region in Region.objects.all()}
    districts = []
    for number, row in enumerate(rows_of("districts.csv"), start=1):
        region = regions[row["iso_code"]]
        districts.append(
            District(
                region=region,
                code=f"{region.kato_prefix}{number:04d}",
                kind=row["kind"],
                name_kk=row["name_kk"],
                name_ru=row["name_ru"],
                name_en=row["name_en"],
                sort_key=kazakh_sort_key(row["name_kk"]),
            )
        )
    District.objects.bulk_create(districts, ignore_conflicts=True)
    return list(District.objects.select_related("region").order_by("region_id", "pk"))


def load_organisations(districts: list[District]) -> list[Organisation]:
    """Write organisations of every kind for each region and district."""
    by_region: dict[int, list[District]] = {}
    for district in districts:
        by_region.setdefault(district.region_id, []).append(district)
    made: list[Organisation] = []
    for own in by_region.values():
        for row in rows_of("organisations.csv"):
            for position, district in enumerate(own if row["per"] == "district" else own[:1]):
                made.append(_organisation(row, district, position, len(made)))
    Organisation.objects.bulk_create(made)
    return made


def _organisation(
    row: dict[str, str], district: District, position: int, serial: int
) -> Organisation:
    number = 3 + (serial * 7 + position * 11) % 87
    names = {code: row[f"name_{code}"].format(n=number) for code in ("kk", "ru", "en")}
    names = {code: f"{names[code]}, {getattr(district, f'name_{code}')}" for code in names}
    return Organisation(
        region_id=district.region_id,
        district=district,
        kind=row["kind"],
        external_code=f"{district.code}-{serial:05d}",
        name_kk=names["kk"],
        name_ru=names["ru"],
        name_en=names["en"],
        sort_key=kazakh_sort_key(names["kk"]),
    )

"""Makers of territory for tests."""

from typing import Any

from bala.kernel.sorting import kazakh_sort_key
from bala.territory.enums import OrganisationKind
from bala.territory.models import District, Organisation, Region


def region(iso_code: str = "KZ-75") -> Region:
    """Return one of the 20 regions that every test finds."""
    return Region.objects.get(iso_code=iso_code)


def make_district(of: Region | None = None, **fields: Any) -> District:
    """Make a district."""
    of = of or region()
    name = fields.pop("name_kk", "Медеу ауданы")
    fields.setdefault("code", f"{of.kato_prefix}{District.objects.count():04d}")
    return District.objects.create(
        region=of,
        name_kk=name,
        name_ru=fields.pop("name_ru", "Медеуский район"),
        sort_key=kazakh_sort_key(name),
        **fields,
    )


def make_organisation(of: Region | None = None, **fields: Any) -> Organisation:
    """Make an organisation; a school unless said otherwise."""
    name = fields.pop("name_ru", f"Школа № {Organisation.objects.count() + 1}")
    fields.setdefault("kind", OrganisationKind.SCHOOL)
    return Organisation.objects.create(
        region=of or region(), name_ru=name, sort_key=kazakh_sort_key(name), **fields
    )

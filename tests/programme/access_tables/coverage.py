"""Who gets what at the addresses of the room."""

from typing import Any

from tests.access import Row, everyone, only
from tests.world import Persona, World

# Coverage with its gaps is for those who answer for regions; an organiser's page has the own only.
AT_WORK = (
    Persona.COORDINATOR,
    Persona.ORGANISER,
    Persona.OTHER_ORGANISER,
    Persona.EDITOR,
)


def _campaign(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def _table(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug, "form": "xlsx"}


def _cell(world: World) -> dict[str, Any]:
    return {
        "slug": world.campaign.slug,
        "public_id": world.activity.public_id,
        "iso_code": world.region.iso_code,
    }


def _activity(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug, "public_id": world.activity.public_id}


ACCESS: dict[str, Row] = {
    "programme:coverage": Row(only(*AT_WORK), _campaign),
    "programme:coverage_export": Row(only(*AT_WORK), _table),
    "programme:coverage_activity": Row(only(*AT_WORK), _activity),
    "programme:coverage_cell": Row(
        only(Persona.COORDINATOR, Persona.ORGANISER, Persona.EDITOR), _cell
    ),
    "programme:coverage_write": Row(only(Persona.COORDINATOR), _activity),
    "programme:public_coverage": Row(everyone(), _campaign),
}

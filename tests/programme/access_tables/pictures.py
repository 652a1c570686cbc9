"""Who gets what at the addresses of pictures."""

from typing import Any

from tests.access import Row, everyone, only
from tests.programme.pictures import approved_picture, make_picture_of
from tests.world import Persona, World

FAMILY = (Persona.GUARDIAN, Persona.CHILD)
SIGNED_IN = tuple(one for one in Persona if one != Persona.VISITOR)
HOSTS = (Persona.COORDINATOR, Persona.ORGANISER, Persona.HOST)


def _sent(world: World) -> dict[str, Any]:
    picture = make_picture_of(world.activity, world.people[Persona.GUARDIAN], world.child)
    return {"public_id": picture.public_id}


def _shown(world: World) -> dict[str, Any]:
    picture = make_picture_of(world.activity, world.people[Persona.GUARDIAN], world.child)
    approved_picture(picture)
    return {"slug": world.campaign.slug, "public_id": picture.public_id}


ACCESS: dict[str, Row] = {
    "programme:pictures_sent": Row(only(*SIGNED_IN)),
    "programme:picture_add": Row(only(*SIGNED_IN)),
    "programme:picture_edit": Row(only(*FAMILY, refused=404), _sent),
    "programme:row_pictures": Row(
        only(*HOSTS), lambda world: {"public_id": world.plan_item.public_id}
    ),
    "programme:pictures": Row(everyone(), lambda world: {"slug": world.campaign.slug}),
    "programme:picture": Row(everyone(), _shown),
}

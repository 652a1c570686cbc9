"""Who gets what at the addresses of the room."""

from typing import Any

from bala.people.models import RoleGrant
from tests.access import Row, everyone, only
from tests.world import Persona, World


def slug(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def a_grant(world: World) -> dict[str, Any]:
    """The right of the host in Almaty."""
    grant = RoleGrant.objects.get(account=world.people[Persona.HOST])
    return {**slug(world), "public_id": grant.public_id}


GIVERS = (Persona.COORDINATOR, Persona.ORGANISER, Persona.OTHER_ORGANISER)

ACCESS: dict[str, Row] = {
    "people:me": Row({**everyone(), Persona.VISITOR: 302}),
    "people:language": Row(everyone(302), method="post"),
    "people:rights": Row(only(*GIVERS), slug),
    "people:give": Row(only(*GIVERS), slug),
    "people:take": Row(
        {**only(Persona.COORDINATOR, Persona.ORGANISER), Persona.OTHER_ORGANISER: 404}, a_grant
    ),
    "people:invited_only": Row(everyone()),
}

"""Who gets what at the addresses of the room."""

from typing import Any

from bala.notify.queries.kinds import kind_of
from bala.notify.queries.words import switch_off_url
from tests.access import Row, everyone
from tests.world import Persona, World


def an_off_link(world: World) -> dict[str, Any]:
    """The link in a letter to the guardian: whoever holds it may switch that kind off."""
    url = switch_off_url(world.people[Persona.GUARDIAN], kind_of("programme.gap"))
    return {"token": url.rstrip("/").rsplit("/", 1)[1]}


MINE = {**everyone(), Persona.VISITOR: 302, Persona.CHILD: 403}  # children get no letters

ACCESS: dict[str, Row] = {
    "notify:letters": Row(MINE),
    "notify:family_letters": Row(MINE),
    "notify:off": Row(everyone(), an_off_link),
}

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
NOWHERE = {**everyone(404), Persona.VISITOR: 302, Persona.CHILD: 403}

ACCESS: dict[str, Row] = {
    "notify:letters": Row(MINE),
    "notify:family_letters": Row(MINE),
    # Telegram and text messages are not set up here; tests/notify/test_linking.py sets them up.
    "notify:telegram": Row(NOWHERE),
    "notify:phone": Row(NOWHERE),
    "notify:forget": Row(NOWHERE, lambda _world: {"way": "telegram"}, method="post"),
    "telegram_hook": Row(everyone(403), method="post"),  # Telegram shows a secret instead
    "notify:off": Row(everyone(), an_off_link),
}

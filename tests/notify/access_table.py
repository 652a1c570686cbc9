"""Who gets what at the addresses of the room."""

from typing import Any

from bala.notify.queries.kinds import kind_of
from bala.notify.queries.words import switch_off_url
from tests.access import Row, everyone, only
from tests.notify.factories import make_message
from tests.world import Persona, World


def an_off_link(world: World) -> dict[str, Any]:
    """The link in a letter to the guardian: whoever holds it may switch that kind off."""
    url = switch_off_url(world.people[Persona.GUARDIAN], kind_of("programme.gap"))
    return {"token": url.rstrip("/").rsplit("/", 1)[1]}


def of_campaign(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def a_letter_to_the_host(world: World) -> dict[str, Any]:
    """The host's region is Almaty: its organiser sees the letter, the other region's does not."""
    message = make_message(world.people[Persona.HOST], about=world.campaign.slug)
    return {**of_campaign(world), "public_id": message.public_id}


MINE = {**everyone(), Persona.VISITOR: 302, Persona.CHILD: 403}  # children get no letters
WATCHERS = only(Persona.COORDINATOR, Persona.ORGANISER, Persona.OTHER_ORGANISER)
WATCHERS_POST = only(Persona.COORDINATOR, Persona.ORGANISER, Persona.OTHER_ORGANISER, status=302)
NOWHERE = {**everyone(404), Persona.VISITOR: 302, Persona.CHILD: 403}

ACCESS: dict[str, Row] = {
    "notify:letters": Row(MINE),
    "notify:family_letters": Row(MINE),
    "notify:outbox": Row(WATCHERS, of_campaign),
    "notify:all_again": Row(WATCHERS_POST, of_campaign, method="post"),
    "notify:letter": Row({**WATCHERS, Persona.OTHER_ORGANISER: 404}, a_letter_to_the_host),
    "notify:again": Row(
        {**WATCHERS_POST, Persona.OTHER_ORGANISER: 404}, a_letter_to_the_host, method="post"
    ),
    # Telegram and text messages are not set up here; tests/notify/test_linking.py sets them up.
    "notify:telegram": Row(NOWHERE),
    "notify:phone": Row(NOWHERE),
    "notify:forget": Row(NOWHERE, lambda _world: {"way": "telegram"}, method="post"),
    "telegram_hook": Row(everyone(403), method="post"),  # Telegram shows a secret instead
    "notify:off": Row(everyone(), an_off_link),
}

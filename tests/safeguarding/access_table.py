"""Who gets what at the addresses of the room."""

from typing import Any

from bala.safeguarding.models import Decision, ModerationItem
from tests.access import Row, everyone, only
from tests.people.factories import make_consents
from tests.safeguarding.factories import PURPOSES, approved, make_desk, make_item
from tests.world import Persona, World


def pending(world: World) -> ModerationItem:
    """A text of the world's child that waits to be looked at."""
    make_consents(world.child, *PURPOSES)
    return make_item(
        author=world.people[Persona.GUARDIAN],
        child=world.child,
        campaign_slug=world.campaign.slug,
    )


def waits(world: World) -> dict[str, Any]:
    return {"public_id": pending(world).public_id}


def is_public(world: World) -> dict[str, Any]:
    return {"public_id": approved(pending(world)).public_id}


def sampled(world: World) -> dict[str, Any]:
    """A decision that waits for a second look."""
    item = pending(world)
    Decision.objects.create(
        item=item, revision=1, moderator=make_desk().account, verdict="approve", sampled=True
    )
    return {"public_id": item.decisions.get().public_id}


DESK = (Persona.COORDINATOR, Persona.MODERATOR)
FAMILY = (Persona.GUARDIAN, Persona.CHILD)

ACCESS: dict[str, Row] = {
    "safeguarding:queue": Row(only(*DESK)),
    "safeguarding:next": Row(only(*DESK, status=302), method="post"),
    "safeguarding:item": Row(only(*DESK), waits),
    "safeguarding:give_back": Row(only(*DESK, status=302), waits, method="post"),
    "safeguarding:down": Row(only(*DESK, status=302), is_public, method="post"),
    "safeguarding:second_looks": Row(only(*DESK)),
    "safeguarding:second_look": Row(only(*DESK), sampled),
    "safeguarding:words": Row(only(Persona.COORDINATOR)),
    "safeguarding:switch_word": Row(only(Persona.COORDINATOR, status=302), method="post"),
    "safeguarding:report": Row(everyone(), is_public),
    "safeguarding:answer": Row(everyone()),
    "safeguarding:mine": Row(only(*FAMILY, refused=404), waits),
    "safeguarding:withdraw": Row(only(*FAMILY, status=302, refused=404), waits, method="post"),
}

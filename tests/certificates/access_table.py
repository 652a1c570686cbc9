"""Who gets what at the addresses of the room."""

from typing import Any

from bala.certificates.actions import Recipient
from tests.access import SIGN_IN, Row, everyone, only
from tests.certificates.factories import make_certificate, make_design
from tests.people.factories import make_consents
from tests.world import Persona, World

FAMILY = (Persona.GUARDIAN, Persona.CHILD)


def of_the_child(world: World) -> dict[str, Any]:
    """A diploma of the world's child."""
    make_consents(world.child)
    design = make_design(campaign_slug=world.campaign.slug)
    one = make_certificate(design, recipient=Recipient.of_child(world.child))
    return {"public_id": one.public_id}


def code(world: World) -> dict[str, Any]:
    return {"code": of_the_child(world)["public_id"]}


ACCESS: dict[str, Row] = {
    "certificates:check": Row(everyone()),
    "certificates:verify": Row(everyone(), code),
    "certificates:family": Row({**everyone(), Persona.VISITOR: SIGN_IN}),
    "certificates:family_pdf": Row(only(*FAMILY, refused=404), of_the_child),
    "certificates:family_picture": Row(only(*FAMILY, refused=404), of_the_child),
}

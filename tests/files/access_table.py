"""Who gets what at the addresses of the room."""

from typing import Any

from bala.files.actions import release
from bala.files.models import StoredFile
from tests.access import Row, everyone
from tests.files.factories import make_picture
from tests.people.factories import make_consents
from tests.world import Persona, World


def public_picture(world: World) -> dict[str, Any]:
    """A released picture of the world's child, whose guardian consents."""
    make_consents(world.child)
    file = a_picture(world)
    release(files=[file])
    return {"public_id": file.public_id, "name": "w320"}


def a_picture(world: World) -> StoredFile:
    """A picture that the guardian sent, ready and not public."""
    return make_picture(world.people[Persona.GUARDIAN], child=world.child)


ACCESS: dict[str, Row] = {
    "media:file": Row(everyone(), public_picture),
}

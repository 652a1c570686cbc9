"""Who gets what at the addresses of the room."""

from typing import Any

from bala.files.actions import release
from bala.files.actions.uploading import begin_upload
from bala.files.enums import FileKind
from bala.files.models import StoredFile
from tests.access import SIGN_IN, Row, Statuses, everyone, only
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


def an_upload(world: World) -> dict[str, Any]:
    """A picture that the guardian is uploading."""
    upload = begin_upload(owner=world.people[Persona.GUARDIAN], kind=FileKind.PICTURE, length=1000)
    return {"public_id": upload.file.public_id}


# Both are asked in no version of the protocol: 412 says that the address speaks it. Who may do
# what with an upload is tested in test_uploading.
NO_VERSION: Statuses = everyone(412)


def own_picture(world: World) -> dict[str, Any]:
    """A picture that the guardian sent, ready and not public."""
    return {"public_id": a_picture(world).public_id}


ACCESS: dict[str, Row] = {
    "media:uploads": Row(NO_VERSION, method="post"),
    "media:upload": Row(NO_VERSION, an_upload),
    "files:mine": Row({**everyone(), Persona.VISITOR: SIGN_IN}),
    "files:row": Row(only(Persona.GUARDIAN, refused=404), own_picture),
    "files:remove": Row(only(Persona.GUARDIAN, refused=404), own_picture),
    "files:state": Row(only(Persona.GUARDIAN, refused=404), own_picture),
    "media:file": Row(everyone(), public_picture),
}

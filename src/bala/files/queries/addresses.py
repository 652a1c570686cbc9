"""The addresses of what is delivered."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from bala.files.enums import FileKind, FileState
from bala.files.models import Rendition, StoredFile
from bala.kernel import clock

_signer = Signer(salt="bala.files.address")
PARAMETER = "t"


def address(file: StoredFile, rendition: Rendition | str) -> str:
    """Return the address under which the public gets a rendition, or "" while it is not released.

    Consent is looked at when the address is asked for (`queries.deliverable` tells beforehand).
    """
    if file.released_at is None or file.state != FileState.READY or file.kind == FileKind.DOCUMENT:
        return ""
    return _plain(file, rendition)


def signed_address(file: StoredFile, rendition: Rendition | str) -> str:
    """Return an address that works for BALA_SIGNED_MINUTES, released or not.

    It opens the file for whoever holds it: give it only to who may see the file (its owner, the
    child's guardians, staff at their work), after asking `access` of the room that uses the file.
    """
    until = clock.now() + timedelta(minutes=settings.BALA_SIGNED_MINUTES)
    token = _signer.sign(f"{file.public_id}:{int(until.timestamp())}")
    return f"{_plain(file, rendition)}?{PARAMETER}={token.partition(':')[2]}"


def thumbnail(file: StoredFile) -> str:
    """Return a signed address of the smallest picture of a file, or "" where there is none yet."""
    if file.state != FileState.READY or file.kind == FileKind.DOCUMENT:
        return ""
    return signed_address(file, "w320" if file.kind == FileKind.PICTURE else "poster")


def is_signed_for(public_id: str, token: str) -> bool:
    """Whether the token of an address was given out for this file and has not expired."""
    try:
        text = _signer.unsign(f"{public_id}:{token}")
    except BadSignature:
        return False
    moment = datetime.fromtimestamp(int(text.rpartition(":")[2]), UTC)
    return clock.now() < moment


def _plain(file: StoredFile, rendition: Rendition | str) -> str:
    name = rendition if isinstance(rendition, str) else rendition.name
    return reverse("media:file", kwargs={"public_id": file.public_id, "name": name})

"""Making renditions of an original: at least once tried, once done."""

import hashlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from bala.files.actions import staging
from bala.files.actions.workshop import send_to_workshop
from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import Rendition, StoredFile
from bala.files.queries.storage import PREFIX, local_path, media
from bala.files.workshop.errors import Refused
from bala.files.workshop.sniffing import HEAD, recognise
from bala.files.workshop.work import Made, Result
from bala.kernel.queue import defer

EXTENSIONS = {
    "image/webp": "webp",
    "image/jpeg": "jpg",
    "video/mp4": "mp4",
    "application/vnd.apple.mpegurl": "m3u8",
    "application/pdf": "pdf",
}


def defer_preparation(file: StoredFile) -> None:
    """Put the preparation into the queue.

    Films are heavy: of each lock one runs at a time, so that films never fill all workers and
    letters still go out.
    """
    lock = f"files-{file.pk}"
    if file.kind == FileKind.FILM:
        lock = f"films-{file.pk % max(settings.BALA_FILMS_AT_ONCE, 1)}"
    defer("files.prepare", lock=lock, queueing_lock=f"prepare-{file.pk}", file_id=file.pk)


def prepare(*, file_id: int) -> None:
    """Make the renditions of a file that waits for it; do nothing for any other.

    Killed at any moment it can be begun again: nothing is delivered before the one transaction in
    which all renditions get their rows, and what lies in the storage without a row is cleaned away.
    """
    file = StoredFile.objects.get(pk=file_id)
    if file.state != FileState.PROCESSING:
        return
    source = staging.path_of(file.original)
    if not source.is_file():
        _refuse(file, Refusal.LOST)
        return
    sha256 = _digest(source)
    work = Path(tempfile.mkdtemp(prefix="work-", dir=staging.folder()))
    try:
        with source.open("rb") as opened:
            recognised = recognise(opened.read(HEAD))
        if recognised is None or recognised.kind != file.kind:
            raise Refused("type" if recognised is None else "kind")
        result = send_to_workshop(file, source, work)
        _keep(file, result, work, sha256)
    except Refused as error:
        _refuse(file, Refusal(error.reason))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _keep(file: StoredFile, result: Result, work: Path, sha256: str) -> None:
    """Store what was made, then give it its rows; the original goes last."""
    renditions = [_store(file, made, work) for made in result.made]
    with transaction.atomic():
        still = StoredFile.objects.select_for_update().get(pk=file.pk)
        kept = still.state == FileState.PROCESSING
        if kept:
            Rendition.objects.bulk_create(renditions)
            still.state = FileState.READY
            still.sha256, still.colour = sha256, result.colour
            still.width, still.height = result.width, result.height
            still.duration, still.progress = result.duration, 100
            still.original = ""
            still.save()
    if not kept:  # deleted meanwhile
        for rendition in renditions:
            media().delete(rendition.path)
    staging.remove(file.original)


def _store(file: StoredFile, made: Made, work: Path) -> Rendition:
    source = work / made.file
    token = secrets.token_hex(16)
    name = f"{PREFIX}/{token[:2]}/{token}.{EXTENSIONS[made.content_type]}"
    with source.open("rb") as opened:
        path = media().save(name, File(opened))
    here = local_path(path)
    if here is not None:  # the original is deleted in trust that this is on the disk
        with here.open("rb") as written:
            os.fsync(written.fileno())
        staging.sync_folder(here.parent)
    return Rendition(
        file=file,
        name=made.name,
        path=path,
        content_type=made.content_type,
        width=made.width,
        height=made.height,
        bytes=source.stat().st_size,
        sha256=_digest(source),
    )


def _refuse(file: StoredFile, reason: Refusal) -> None:
    with transaction.atomic():
        changed = StoredFile.objects.filter(pk=file.pk, state=FileState.PROCESSING).update(
            state=FileState.REFUSED, refusal=reason, progress=0
        )
        if changed:
            defer("files.remove", file_id=file.pk)
    staging.remove(file.original)


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()

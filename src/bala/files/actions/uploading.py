"""Files that come in pieces, over networks that break: the writing side of the tus protocol.

What was confirmed is on the disk: bytes are written and synced first, then counted in the row, in
one transaction. A process that is killed in between leaves bytes that nobody counted, and the next
request cuts them off. Two requests cannot mix: each takes a turn, and only the latest turn's bytes
are written, under the lock of the row.
"""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from bala.files.actions import staging
from bala.files.actions.keeping import delete
from bala.files.actions.preparing import defer_preparation
from bala.files.actions.receiving import ALL_KINDS, FileRefused, check_announced
from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import StoredFile, Upload
from bala.files.workshop.sniffing import HEAD, recognise
from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.people.models import Account

PIECE = 64 * 1024
FLUSH_BYTES = 4 * 1024 * 1024
FLUSH_SECONDS = 2.0  # a slow network's bytes are confirmed this often too
# After so long without a byte another request may take over: the first one's connection is dead,
# and a phone that has changed networks must not wait until the old connection is noticed to be.
SILENCE = timedelta(seconds=10)
ALGORITHMS = ("sha1", "sha256")


class UploadBusy(PersonError):
    """Another request writes to the upload."""

    status = 423


class WrongOffset(PersonError):
    """The piece does not begin where the upload ends."""

    status = 409


class TooMuch(PersonError):
    """The piece goes beyond the announced length."""

    status = 413


class ChecksumMismatch(PersonError):
    """The piece is not what its checksum says; nothing of it is kept."""

    status = 460


class UploadExpired(PersonError):
    """The upload waited too long and is gone."""

    status = 410


class FileInUse(PersonError):
    """Another room uses the file already."""

    status = 409


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one piece must come to."""

    algorithm: str  # one of ALGORITHMS
    digest: bytes


@transaction.atomic
def begin_upload(
    *, owner: Account, kind: FileKind, length: int, name: str = "", metadata: str = ""
) -> Upload:
    """Announce a file of `length` bytes; return the upload, whose place is on the disk already.

    Raises FileRefused and QuotaExceeded: before the first byte travels.
    """
    check_announced(owner=owner, kind=kind, kinds=ALL_KINDS, size=length)
    original = staging.new_name()
    staging.create(original)
    file = StoredFile.objects.create(
        kind=kind, state=FileState.RECEIVING, owner=owner, bytes=length, original=original
    )
    return Upload.objects.create(
        file=file,
        length=length,
        name=name[:200],
        metadata=metadata,
        expires_at=clock.now() + timedelta(days=settings.BALA_UPLOAD_DAYS),
    )


def confirmed_offset(upload: Upload) -> int:
    """Return how many bytes are safely here; raise UploadExpired."""
    if upload.offset == upload.length:
        return upload.offset
    _check_alive(upload)
    return min(upload.offset, _size(upload))


def append(
    *,
    upload: Upload,
    offset: int,
    length: int,
    read: Callable[[int], bytes],
    checksum: Checksum | None = None,
) -> int:
    """Add a piece of `length` bytes that begins at `offset`; return the new confirmed offset.

    `read(n)` gives up to n bytes, b"" at the end. When the client goes away in the middle, what came
    so far is kept, unless a checksum stands for the whole piece. With the last byte the file goes
    on to be prepared. Raises UploadBusy, WrongOffset, TooMuch, ChecksumMismatch, UploadExpired, and
    FileRefused when the first bytes are those of a kind that is not accepted.
    """
    _check_alive(upload)
    turn = _take_turn(upload)
    try:
        if offset != upload.offset:
            raise WrongOffset(_("The upload goes on at another place. Ask where, and go on there."))
        if offset + length > upload.length:
            raise TooMuch(_("The piece is longer than what is left of the file."))
        writer = _Writer(upload, turn)
        with writer:
            writer.take(length, read, checksum)
        return upload.offset
    finally:
        Upload.objects.filter(pk=upload.pk, turn=turn).update(active_until=None)


def cancel_upload(*, upload: Upload) -> None:
    """End an upload and drop what came of it (the protocol's termination).

    Raises FileInUse once another room uses the file: then it is deleted on the page of one's files.
    """
    if StoredFile.objects.filter(pk=upload.file_id, claimed_at__isnull=False).exists():
        raise FileInUse(_("The file is in use. Delete it on the page of your files."))
    delete(file=upload.file)


def _check_alive(upload: Upload) -> None:
    ended = upload.file.state in (FileState.DELETED, FileState.REFUSED)
    if ended or (upload.offset < upload.length and upload.expires_at <= clock.now()):
        raise UploadExpired(_("This upload is no longer here. Send the file again."))


def _take_turn(upload: Upload) -> int:
    """Become the only one who writes; raise UploadBusy while another one does.

    Time is the database's: it is one for all machines, and the demonstration does not move it.
    """
    silent = Q(active_until__isnull=True) | Q(active_until__lt=Now())
    taken = Upload.objects.filter(silent, pk=upload.pk).update(
        turn=F("turn") + 1, active_until=Now() + SILENCE
    )
    if not taken:
        raise UploadBusy(_("This file is being uploaded from elsewhere at this moment."))
    upload.refresh_from_db(fields=["turn", "offset"])
    here = _size(upload)
    if here < upload.offset:  # the folder was restored from a backup: say honestly what is there
        Upload.objects.filter(pk=upload.pk, turn=upload.turn).update(offset=here)
        upload.offset = here
    return upload.turn


def _size(upload: Upload) -> int:
    try:
        return staging.path_of(upload.file.original).stat().st_size
    except (FileNotFoundError, ValueError):
        return 0


class _Writer:
    """Writes one request's bytes to the end of an upload, in turns' order."""

    def __init__(self, upload: Upload, turn: int) -> None:
        self.upload = upload
        self.turn = turn
        self.end = upload.offset  # of what is written, confirmed or not
        self.descriptor = -1

    def __enter__(self) -> None:
        path = staging.path_of(self.upload.file.original)
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def __exit__(self, *_error: object) -> None:
        os.close(self.descriptor)

    def take(self, length: int, read: Callable[[int], bytes], checksum: Checksum | None) -> None:
        """Read the piece and write it; confirm as it comes, or at its end if it has a checksum."""
        self._cut()
        digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        held = bytearray()
        left, flushed = length, time.monotonic()
        while left > 0:
            piece = read(min(PIECE, left))
            if not piece:
                break
            left -= len(piece)
            held += piece
            if digest is not None:
                digest.update(piece)
            if self.end == 0 and len(held) >= min(HEAD, self.upload.length):
                self._check_kind(bytes(held[:HEAD]))
            if len(held) >= FLUSH_BYTES or time.monotonic() - flushed >= FLUSH_SECONDS:
                self._write(held, confirm=digest is None)
                held.clear()
                flushed = time.monotonic()
        if digest is None or checksum is None or (left == 0 and digest.digest() == checksum.digest):
            if held or self.upload.offset < self.end:  # else the last flush has confirmed it all
                self._write(held, confirm=True)
        else:
            self._cut()
            if left == 0:
                raise ChecksumMismatch(
                    _("A piece of the file was damaged on the way. It is sent again.")
                )

    @transaction.atomic
    def _write(self, data: bytearray, *, confirm: bool) -> None:
        """Write behind what is there; to confirm is to sync, then to count."""
        self._own_the_row()
        view = memoryview(data)
        while view:
            written = os.pwrite(self.descriptor, view, self.end)
            self.end += written
            view = view[written:]
        row = Upload.objects.filter(pk=self.upload.pk)
        if not confirm:
            row.update(active_until=Now() + SILENCE)
            return
        os.fdatasync(self.descriptor)
        expires = clock.now() + timedelta(days=settings.BALA_UPLOAD_DAYS)
        row.update(offset=self.end, active_until=Now() + SILENCE, expires_at=expires)
        self.upload.offset, self.upload.expires_at = self.end, expires
        if self.end == self.upload.length:
            self._finish()

    @transaction.atomic
    def _cut(self) -> None:
        """Cut off bytes that were never counted."""
        self._own_the_row()
        os.ftruncate(self.descriptor, self.upload.offset)
        self.end = self.upload.offset

    def _own_the_row(self) -> None:
        """Hold the row, and make sure that nobody has taken over or ended the upload meanwhile."""
        mine = Upload.objects.select_for_update().filter(pk=self.upload.pk, turn=self.turn)
        state = FileState.RECEIVING
        if mine.filter(file__state=state).order_by().first() is None:
            raise UploadBusy(_("This file is being uploaded from elsewhere at this moment."))

    def _finish(self) -> None:
        file = self.upload.file
        file.state = FileState.PROCESSING
        file.save(update_fields=["state"])
        defer_preparation(file)

    def _check_kind(self, head: bytes) -> None:
        """End at once what is not what it was announced as, rather than after two gigabytes."""
        recognised = recognise(head)
        reason = Refusal.TYPE if recognised is None else Refusal.KIND
        if recognised is None or recognised.kind != self.upload.file.kind:
            delete(file=self.upload.file)
            raise FileRefused(reason)

"""Files that come in one piece, by a plain form."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bala.files.actions import staging
from bala.files.actions.preparing import defer_preparation
from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import StoredFile
from bala.files.queries import limit_of, quota_left
from bala.files.queries.limits import MB
from bala.files.workshop.sniffing import HEAD, recognise
from bala.kernel.errors import PersonError
from bala.people.models import Account, Child
from bala.people.queries.rights import rights_of

ALL_KINDS = tuple(FileKind)


class FileRefused(PersonError):
    """The file is not accepted; `reason` says why."""

    status = 415

    def __init__(self, reason: Refusal, message: str | Promise = "") -> None:
        self.reason = reason
        super().__init__(message or reason.label)


class QuotaExceeded(PersonError):
    """The account has no room for the file."""

    status = 413


@transaction.atomic
def receive(
    *,
    owner: Account,
    upload: "File[bytes]",
    child: Child | None = None,
    kinds: Collection[FileKind] = ALL_KINDS,
) -> StoredFile:
    """Keep a file of a plain form and let it be prepared; return it in the state `processing`.

    What it is is told by its first bytes. Raises FileRefused and QuotaExceeded. It is cleaned away
    unless an action of the room that asked for it calls `claim`.
    """
    size = upload.size
    upload.seek(0)
    recognised = recognise(upload.read(HEAD))
    upload.seek(0)
    if not size:
        raise FileRefused(Refusal.EMPTY)
    if recognised is None:
        raise FileRefused(Refusal.TYPE)
    kind = FileKind(recognised.kind)
    check_announced(owner=owner, kind=kind, kinds=kinds, size=size)
    pieces: Iterable[bytes] = upload.chunks()
    file = StoredFile.objects.create(
        kind=kind,
        state=FileState.PROCESSING,
        owner=owner,
        child=child,
        bytes=size,
        original=staging.write(pieces),
    )
    defer_preparation(file)
    return file


def check_announced(
    *, owner: Account, kind: FileKind, kinds: Collection[FileKind], size: int
) -> None:
    """Refuse a kind that is not expected, a size that is too large, or an account that is full.

    Documents are taken from people with a role alone: from families no papers are collected.

    The account's row is held until the transaction ends: two files at once cannot both take the
    last room. Raises FileRefused and QuotaExceeded.
    """
    if kind not in kinds:
        raise FileRefused(Refusal.KIND)
    if kind == FileKind.DOCUMENT and not rights_of(owner):
        raise FileRefused(Refusal.STAFF)
    if size <= 0:
        raise FileRefused(Refusal.EMPTY)
    if size > limit_of(kind):
        raise FileRefused(
            Refusal.SIZE,
            _("The file is too large: %(limit)d MB at most.") % {"limit": limit_of(kind) // MB},
        )
    Account.objects.select_for_update(no_key=True).get(pk=owner.pk)
    left = quota_left(owner)
    if size > left:
        raise QuotaExceeded(
            _(
                "Your account has %(left)d MB left of %(quota)d MB. "
                "Delete files that you no longer need, then send this one again."
            )
            % {"left": left // MB, "quota": settings.BALA_QUOTA_MB}
        )

"""What becomes of a file once it is there."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.files.actions import staging
from bala.files.enums import FileKind, FileState
from bala.files.models import Rendition, StoredFile, Upload
from bala.files.queries.storage import media
from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.keeping import take_back_all
from bala.kernel.queue import defer
from bala.people.models import Account, Child


class NotReleasable(PersonError):
    """Not every file is ready, or one is a document."""


@transaction.atomic
def claim(
    *,
    owner: Account,
    files: Collection[StoredFile],
    child: Child | None = None,
    others: Collection[Child] = (),
) -> list[StoredFile]:
    """Say that something uses the files now, so that they are not cleaned away; return them.

    `child` is whom they show or who made them, `others` who can be seen too. The caller has asked
    its own access about the children.
    Raises PersonError when one is not the owner's, was refused, is gone or in use for another child.
    """
    found = list(
        StoredFile.objects.select_for_update()
        .filter(pk__in=[file.pk for file in files], owner=owner)
        .order_by("pk")
    )
    usable = {FileState.READY, FileState.PROCESSING}
    if len(found) != len({file.pk for file in files}) or any(
        file.state not in usable
        or (file.claimed_at is not None and child is not None and file.child_id != child.pk)
        for file in found
    ):
        raise PersonError(_("A file can no longer be used. Send it again."))
    for file in found:
        file.claimed_at = file.claimed_at or clock.now()
        file.child = child or file.child
        file.save(update_fields=["claimed_at", "child"])
        if others:
            file.others.set(others)
    return found


def release(*, files: Collection[StoredFile]) -> None:
    """Let the public have the files, while the consents of the children they show stand.

    Raises NotReleasable unless all are pictures or films that are ready. Released twice is once.
    """
    ids = {file.pk for file in files}
    fit = StoredFile.objects.select_for_update().filter(
        pk__in=ids, state=FileState.READY, kind__in=[FileKind.PICTURE, FileKind.FILM]
    )
    with transaction.atomic():
        if len(list(fit.order_by("pk").values_list("pk", flat=True))) != len(ids):
            raise NotReleasable(_("Only pictures and films that are ready can be published."))
        fit.filter(released_at__isnull=True).update(released_at=clock.now())


def withhold(*, files: Collection[StoredFile]) -> None:
    """Take the files from the public, at once; signed addresses still open them."""
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).update(released_at=None)


@transaction.atomic
def delete(*, file: StoredFile) -> None:
    """Delete a file: it is gone for everybody at once, its bytes as soon as a job runs.

    The row stays without content, for what still points to it. Repeated, it does nothing more.
    """
    changed = (
        StoredFile.objects.filter(pk=file.pk)
        .exclude(state=FileState.DELETED)
        .update(state=FileState.DELETED, released_at=None, deleted_at=clock.now(), refusal="")
    )
    if changed:
        if file.released_at is not None:
            take_back_all()
        defer("files.remove", file_id=file.pk)
    file.refresh_from_db()


def remove_content(*, file_id: int) -> None:
    """Remove the bytes of a deleted or refused file from disk and storage; can be repeated.

    Rows go last: while one stands, its bytes can still be found and removed.
    """
    file = StoredFile.objects.get(pk=file_id)
    if file.state not in (FileState.DELETED, FileState.REFUSED):
        return
    staging.remove(file.original)
    for rendition in Rendition.objects.filter(file=file).order_by("pk"):
        media().delete(rendition.path)
        rendition.delete()
    StoredFile.objects.filter(pk=file.pk).update(original="", sha256="", colour="")
    if file.state == FileState.DELETED:
        Upload.objects.filter(file=file).delete()

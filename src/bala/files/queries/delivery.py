"""What the public may get, and what belongs to whom."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from bala.files.enums import FileKind, FileState
from bala.files.models import Rendition, StoredFile, Upload
from bala.kernel import clock
from bala.people.enums import ConsentPurpose
from bala.people.models import Account
from bala.people.queries.consents import consented

# What a guardian must have agreed to before a child's picture or film is public.
PURPOSES = (ConsentPurpose.PHOTO, ConsentPurpose.PUBLICATION)


def is_public(file: str = "") -> Q:
    """Return the condition that a file is public now; `file` names the column that leads to it.

    Released, ready, no document, and with the consents of all children it shows in force: it ends
    in the moment in which one of them is withdrawn. `Entry.objects.filter(is_public("picture"))`.
    """
    at = f"{file}__" if file else ""
    consents = Q(**{f"{at}child__isnull": True}) | consented(f"{at}child", *PURPOSES)
    others = StoredFile.others.through.objects.filter(storedfile_id=OuterRef(f"{at}pk"))
    return (
        Q(**{f"{at}state": FileState.READY, f"{at}released_at__isnull": False})
        & ~Q(**{f"{at}kind": FileKind.DOCUMENT})
        & consents
        & ~Q(Exists(others.exclude(consented("child", *PURPOSES))))
    )


def deliverable() -> QuerySet[StoredFile]:
    """Return the files that the public may see now."""
    return StoredFile.objects.filter(is_public())


def public_rendition(public_id: str, name: str) -> Rendition | None:
    """Return a rendition of a public file, or None; one query."""
    return (
        Rendition.objects.select_related("file")
        .filter(is_public("file"), file__public_id=public_id, name=name)
        .first()
    )


def with_renditions(files: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
    """Let the files come with their renditions, as the tags of templates need them."""
    return files.prefetch_related(Prefetch("renditions", Rendition.objects.order_by("name")))


def own_files(owner: Account) -> QuerySet[StoredFile]:
    """Return what the person has sent and not deleted, newest first."""
    return (
        with_renditions(StoredFile.objects.filter(owner=owner).exclude(state=FileState.DELETED))
        .select_related("upload")
        .order_by("-created_at", "-pk")
    )


def unfinished_uploads(owner: Account, kinds: Collection[FileKind]) -> list[Upload]:
    """Return what the person began to send and can still go on with, newest first; five at most."""
    begun = Upload.objects.select_related("file").filter(
        file__owner=owner,
        file__state=FileState.RECEIVING,
        file__kind__in=kinds,
        offset__gt=0,
        expires_at__gt=clock.now(),
    )
    return list(begun.order_by("-pk")[:5])

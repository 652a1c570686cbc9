"""The files that a person sees as its own: what it sent, and what shows or was made by its children."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bala.files.enums import FileKind, FileState
from bala.files.models import StoredFile
from bala.files.queries.addresses import signed_address
from bala.files.queries.delivery import deliverable, with_renditions
from bala.files.queries.limits import why_refused
from bala.files.queries.uses import Use, uses_of
from bala.people.models import Account
from bala.people.queries.families import children_of


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A line of the page of one's own files."""

    file: StoredFile
    is_public: bool
    may_delete: bool
    uses: list[Use]

    @property
    def percent(self) -> int | None:
        """How far it is, while it is on its way."""
        if self.file.state == FileState.RECEIVING:
            upload = self.file.upload
            return 100 * upload.offset // upload.length
        return self.file.progress if self.file.state == FileState.PROCESSING else None

    @property
    def why_refused(self) -> str:
        """Why it was not accepted, or ""."""
        return why_refused(self.file)

    @property
    def waits_for_consent(self) -> bool:
        """Whether it is released, but a consent for the child it shows is missing."""
        return self.file.released_at is not None and not self.is_public

    @property
    def open_url(self) -> str:
        """Where its owner opens it large, or "" while it is not ready."""
        if self.file.state != FileState.READY:
            return ""
        names = {rendition.name for rendition in self.file.renditions.all()}
        wanted = {
            FileKind.PICTURE: ("w1920", "w960", "w320"),
            FileKind.FILM: ("mp4_1080", "mp4_480"),
            FileKind.DOCUMENT: ("document",),
        }[FileKind(self.file.kind)]
        name = next((each for each in wanted if each in names), "")
        return signed_address(self.file, name) if name else ""


def seen_files(account: Account) -> QuerySet[StoredFile]:
    """Return what the person sent and what concerns its children; nothing that is deleted."""
    children = children_of(account).order_by()
    mine = Q(owner=account) | Q(owner__child__in=children)
    mine |= Q(child__in=children) | Q(others__in=children)
    found = StoredFile.objects.filter(mine).exclude(state=FileState.DELETED).distinct()
    return with_renditions(found).select_related("upload", "child", "owner")


def may_delete(account: Account, file: StoredFile, children: set[int]) -> bool:
    """Whether it is the person's to delete: its own, or its child's own."""
    if file.owner_id == account.pk:
        return True
    child = getattr(file.owner, "child", None)
    return child is not None and child.pk in children


def described(account: Account, files: Sequence[StoredFile]) -> list[OwnFile]:
    """Return the lines of the page; a fixed number of queries however many there are."""
    public = set(
        deliverable().filter(pk__in=[file.pk for file in files]).values_list("pk", flat=True)
    )
    uses = uses_of(files)
    children = set(children_of(account).values_list("pk", flat=True))
    return [
        OwnFile(
            file,
            is_public=file.pk in public,
            may_delete=may_delete(account, file, children),
            uses=uses.get(file.pk, []),
        )
        for file in files
    ]

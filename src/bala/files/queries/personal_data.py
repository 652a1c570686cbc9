"""What the room keeps on a child or an account."""

from collections.abc import Iterator

from bala.files.enums import FileState
from bala.files.models import StoredFile
from bala.people.models import Account
from bala.people.queries.personal_data import Row, Subject


def files_of(subject: Subject) -> Iterator[Row]:
    """Return the files that show or were made by the child; for an account, what else it sent."""
    if isinstance(subject, Account):
        found = StoredFile.objects.filter(owner=subject, child__isnull=True)
    else:
        found = StoredFile.objects.filter(child=subject)
    for file in found.exclude(state=FileState.DELETED).order_by("created_at", "pk"):
        yield {
            "number": file.public_id,
            "kind": str(file.get_kind_display()),
            "state": str(file.get_state_display()),
            "bytes": file.bytes,
            "sent_at": file.created_at,
            "public_since": file.released_at,
        }

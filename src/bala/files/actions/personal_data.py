"""Files of a family that wants to be forgotten."""

from bala.files.actions.keeping import delete
from bala.files.enums import FileState
from bala.files.models import StoredFile, Upload
from bala.people.models import Account
from bala.people.queries.personal_data import Subject


def erase(subject: Subject) -> None:
    """Delete the files of a child, or those that an account sent for no child who stays."""
    if isinstance(subject, Account):
        nobodys = StoredFile.objects.filter(owner=subject, child__isnull=True)
        gone = StoredFile.objects.filter(owner=subject, child__erased_at__isnull=False)
        found = nobodys | gone
    else:
        found = StoredFile.objects.filter(child=subject)
    for file in found.exclude(state=FileState.DELETED).order_by("pk"):
        delete(file=file)
    Upload.objects.filter(file__in=found).update(name="", metadata="")

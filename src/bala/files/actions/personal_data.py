"""Files of a family that wants to be forgotten."""

from django.db.models import Q

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
        shown = StoredFile.objects.filter(Q(child=subject) | Q(others=subject))
        found = StoredFile.objects.filter(pk__in=shown.order_by().values("pk"))
    for file in found.exclude(state=FileState.DELETED).order_by("pk"):
        delete(file=file)
    Upload.objects.filter(file__in=found).update(name="", metadata="")

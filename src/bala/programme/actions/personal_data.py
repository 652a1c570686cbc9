"""Pictures of a family that wants to be forgotten."""

from bala.files.actions import delete
from bala.people.models import Account
from bala.people.queries.personal_data import Subject
from bala.programme.models import Picture
from bala.programme.queries.personal_data import pictures_on


def erase(subject: Subject) -> None:
    """Delete the files and captions of a child's pictures; that there was one stays.

    An account's pictures for a child who stays with another guardian stay, without its name.
    """
    found = list(pictures_on(subject).select_related("file"))
    for picture in found:
        delete(file=picture.file)
    Picture.objects.filter(pk__in=[one.pk for one in found]).update(caption="", shown_at=None)
    if isinstance(subject, Account):
        Picture.objects.filter(made_by=subject).update(made_by=None)

"""Who may see or change a file: the only door from a request to one."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bala.files.enums import FileState
from bala.files.models import Rendition, StoredFile, Upload
from bala.files.queries import is_signed_for, own_files, public_rendition
from bala.files.queries.own import may_delete, seen_files
from bala.kernel.errors import NotHere
from bala.people.models import Account
from bala.people.queries.families import children_of

Person = Account | AnonymousUser


def delivered(public_id: str, name: str, token: str) -> tuple[Rendition, bool]:
    """Return a rendition that may be delivered, and whether to everybody.

    It is for everybody if its file is public; else the token of a signed address opens it. Raises
    NotHere for all else alike, so that nobody learns what waits.
    """
    found = public_rendition(public_id, name)
    if found is not None:
        return found, True
    if token and is_signed_for(public_id, token):
        signed = (
            Rendition.objects.select_related("file")
            .filter(file__public_id=public_id, file__state=FileState.READY, name=name)
            .first()
        )
        if signed is not None:
            return signed, False
    raise NotHere(_("There is no such file, or it is not public."))


def own_file(account: Person, public_id: str) -> StoredFile:
    """Return a file that the person sent and has not deleted, or raise NotHere."""
    if isinstance(account, Account):
        file = own_files(account).filter(public_id=public_id).first()
        if file is not None:
            return file
    raise NotHere(_("There is no such file of yours."))


def files_seen(account: Person) -> tuple[Account, QuerySet[StoredFile]]:
    """Return the person, and the files on the page of its own: its children's too."""
    if not isinstance(account, Account):
        raise NotHere(_("There is no such file of yours."))
    return account, seen_files(account)


def seen_file(account: Person, public_id: str) -> tuple[Account, StoredFile]:
    """Return the person and one of the files on its page, or raise NotHere."""
    person, files = files_seen(account)
    file = files.filter(public_id=public_id).first()
    if file is None:
        raise NotHere(_("There is no such file of yours."))
    return person, file


def deletable_file(account: Person, public_id: str) -> tuple[Account, StoredFile]:
    """Return the person and a file that is its to delete, or raise NotHere."""
    person, file = seen_file(account, public_id)
    children = set(children_of(person).values_list("pk", flat=True))
    if not may_delete(person, file, children):
        raise NotHere(_("There is no such file of yours."))
    return person, file


def own_upload(account: Person, public_id: str) -> Upload:
    """Return an upload of the person, finished ones too, or raise NotHere."""
    if isinstance(account, Account):
        upload = (
            Upload.objects.select_related("file", "file__owner")
            .filter(file__owner=account, file__public_id=public_id)
            .first()
        )
        if upload is not None:
            return upload
    raise NotHere(_("There is no such file of yours."))

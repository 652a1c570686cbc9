"""How much may be sent."""

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import StoredFile
from bala.people.models import Account

MB = 1024 * 1024


def limit_of(kind: FileKind) -> int:
    """Return the bytes that one file of this kind may have (BALA_MAX_…_MB)."""
    megabytes: dict[FileKind, int] = {
        FileKind.PICTURE: settings.BALA_MAX_PICTURE_MB,
        FileKind.FILM: settings.BALA_MAX_FILM_MB,
        FileKind.DOCUMENT: settings.BALA_MAX_DOCUMENT_MB,
    }
    return megabytes[kind] * MB


def plain_limit() -> int:
    """Return the bytes that one file may have in a form without JavaScript."""
    return int(settings.BALA_PLAIN_UPLOAD_MB * MB)


def used_bytes(owner: Account) -> int:
    """Return the bytes that count for the account's quota: of originals, unless refused or deleted.

    What is still on its way counts with its whole announced length.
    """
    kept = StoredFile.objects.filter(owner=owner).exclude(
        state__in=[FileState.REFUSED, FileState.DELETED]
    )
    return int(kept.aggregate(total=Sum("bytes"))["total"] or 0)


def quota_left(owner: Account) -> int:
    """Return the bytes that the account may still send (BALA_QUOTA_MB); never below nothing."""
    return max(int(settings.BALA_QUOTA_MB * MB) - used_bytes(owner), 0)


def why_refused(file: StoredFile) -> str:
    """Return why a file was not accepted, in plain words with the limit that it broke; or ""."""
    if file.refusal == Refusal.LONG:
        most = {"limit": settings.BALA_MAX_FILM_MINUTES}
        return _("The film is too long: %(limit)d minutes at most.") % most
    return str(Refusal(file.refusal).label) if file.refusal else ""

"""Choices of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileKind(TextChoices):
    """What somebody uploads."""

    PICTURE = "picture", _("picture")
    FILM = "film", _("film")
    DOCUMENT = "document", _("document")


class FileState(TextChoices):
    """How far a file is on its way. From refused and deleted nothing leads back."""

    RECEIVING = "receiving", _("being uploaded")
    PROCESSING = "processing", _("being prepared")
    READY = "ready", _("ready")
    REFUSED = "refused", _("not accepted")
    DELETED = "deleted", _("deleted")


class Refusal(TextChoices):
    """Why a file was not accepted, in words for whoever sent it."""

    EMPTY = "empty", _("The file is empty.")
    TYPE = (
        "type",
        _(
            "This kind of file is not accepted. Pictures may be JPEG, PNG, WebP or HEIC, films MP4, "
            "MOV, WebM, 3GP or MKV, documents PDF."
        ),
    )
    KIND = "kind", _("Another kind of file is expected here.")
    SIZE = "size", _("The file is too large.")
    PIXELS = "pixels", _("The picture has too many pixels. Make it smaller and send it again.")
    ANIMATED = "animated", _("A moving picture is not accepted. Send a still picture or a film.")
    BROKEN = "broken", _("The file is damaged or incomplete. Send it again, or send another one.")
    HEAVY = "heavy", _("The file is too heavy to be prepared. Send a smaller or shorter one.")
    SILENT = "no_pictures", _("This film has sound alone and nothing to see.")
    LONG = "long", _("The film is too long.")
    LOCKED = "locked", _("The document is locked with a password. Send it without one.")
    STAFF = (
        "staff",
        _("Documents are taken from organisers only. Papers of identity are never asked for."),
    )
    LOST = "lost", _("The file was lost on the way. Send it again.")

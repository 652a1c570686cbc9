from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "bala.files"
    label = "files"

    def ready(self) -> None:
        """Say what the room keeps on people."""
        from bala.files.actions.personal_data import erase
        from bala.files.queries.personal_data import files_of
        from bala.people.queries.personal_data import Source, register

        register(
            Source(
                "files.files",
                _("Pictures, films and documents"),
                {
                    "number": _("Number"),
                    "kind": _("Kind"),
                    "state": _("State"),
                    "bytes": _("Bytes"),
                    "sent_at": _("Sent"),
                    "public_since": _("Public since"),
                },
                files_of,
                erase,
            )
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "bala.certificates"
    label = "certificates"

    def ready(self) -> None:
        """Say what the room keeps on people."""
        from bala.certificates.actions.personal_data import erase
        from bala.certificates.queries.personal_data import certificates_of
        from bala.people.queries.personal_data import Source, register

        register(
            Source(
                "certificates.certificates",
                _("Diplomas and certificates"),
                {
                    "number": _("Number"),
                    "code": _("Code of verification"),
                    "kind": _("Kind"),
                    "name": _("Name as printed"),
                    "detail": _("Line below the name"),
                    "what_for": _("What for"),
                    "issued_on": _("Issued on"),
                    "revoked_at": _("Revoked"),
                    "reason": _("Reason"),
                },
                certificates_of,
                erase,
            )
        )

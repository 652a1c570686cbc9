from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "bala.safeguarding"
    label = "safeguarding"

    def ready(self) -> None:
        """Say what the room keeps on people."""
        from bala.people.queries.personal_data import Source, register
        from bala.safeguarding.actions.personal_data import erase
        from bala.safeguarding.queries.personal_data import contributions_of

        register(
            Source(
                "safeguarding.contributions",
                _("What was sent in"),
                {
                    "number": _("Number"),
                    "kind": _("Kind"),
                    "title": _("Title"),
                    "text": _("Text"),
                    "state": _("State"),
                    "sent_at": _("Sent"),
                    "decided_at": _("Decided"),
                },
                contributions_of,
                erase,
            )
        )

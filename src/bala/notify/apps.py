from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "bala.notify"
    label = "notify"

    def ready(self) -> None:
        """Say what the room keeps on people."""
        from bala.notify.actions.personal_data import erase
        from bala.notify.queries.personal_data import addresses_of, choices_of, letters_of
        from bala.people.queries.personal_data import Source, register

        register(
            Source(
                "notify.letters",
                _("Letters"),
                {
                    "kind": _("Kind"),
                    "subject": _("Subject"),
                    "text": _("Text"),
                    "written_at": _("Written"),
                    "sent_at": _("Sent on"),
                    "way": _("Way"),
                },
                letters_of,
                erase,
            )
        )
        register(
            Source(
                "notify.addresses",
                _("Where letters go"),
                {"way": _("Way"), "address": _("Address"), "confirmed_at": _("Confirmed")},
                addresses_of,
            )
        )
        register(
            Source(
                "notify.choices",
                _("How letters come"),
                {"kind": _("Kind"), "way": _("Way"), "chosen_at": _("Chosen")},
                choices_of,
            )
        )

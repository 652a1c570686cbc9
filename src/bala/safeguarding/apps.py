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
        self._keep_terms()

    def _keep_terms(self) -> None:
        """Say how long the room keeps things."""
        from bala.kernel.retention import Term, register
        from bala.safeguarding.actions import retention

        register(
            Term(
                "safeguarding.closed",
                _("What was refused, withdrawn or taken down"),
                "BALA_KEEP_REFUSED_DAYS",
                retention.closed_due,
                retention.end_closed,
            )
        )
        register(
            Term(
                "safeguarding.reports",
                _("Words of reports by the public"),
                "BALA_KEEP_REPORTS_DAYS",
                retention.reports_due,
                retention.end_reports,
            )
        )

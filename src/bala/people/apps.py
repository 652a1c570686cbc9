from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    name = "bala.people"
    label = "people"

    def ready(self) -> None:
        """Say what this room keeps on people; its own rows are erased by `actions.erasure`."""
        from bala.people.queries import own_data
        from bala.people.queries.activities import register_activity
        from bala.people.queries.personal_data import Source, register

        register(
            Source(
                "people.persons",
                _("Data of the person"),
                {
                    "name": _("How the person is called"),
                    "surname": _("Surname"),
                    "shown_as": _("Name shown to others"),
                    "born_on": _("Date of birth"),
                    "email": _("E-mail"),
                    "region": _("Region"),
                    "district": _("District or city"),
                    "school": _("School or kindergarten"),
                    "language": _("Language"),
                    "needs": _("What helps the child to take part"),
                    "sign_in_name": _("Name to sign in with"),
                    "since": _("Here since"),
                    "signed_in_at": _("Signed in last"),
                },
                own_data.persons,
            )
        )
        register(
            Source(
                "people.guardianships",
                _("Who represents whom"),
                {
                    "child": _("Child"),
                    "who": _("Representative"),
                    "kind": _("By which right"),
                    "began_at": _("Represents since"),
                    "ended_at": _("Represents until"),
                },
                own_data.guardianships,
            )
        )
        register(
            Source(
                "people.consents",
                _("Consents"),
                {
                    "number": _("Number"),
                    "purpose": _("Consent"),
                    "version": _("Version of the words"),
                    "language": _("Language"),
                    "method": _("How it was given"),
                    "basis": _("By which document"),
                    "given_by": _("Given by"),
                    "given_at": _("Given"),
                    "withdrawn_at": _("Withdrawn"),
                    "how": _("How it was withdrawn"),
                },
                own_data.consents,
            )
        )
        register(
            Source(
                "people.looks",
                _("Who saw the data"),
                {"who": _("Who"), "why": _("Why"), "seen_at": _("When")},
                own_data.looks,
            )
        )
        register(
            Source(
                "people.activities",
                _("What the child did"),
                {
                    "what": _("What"),
                    "title": _("Of what"),
                    "by_child": _("By the child's own sign-in"),
                    "happened_at": _("When"),
                },
                own_data.activities,
            )
        )
        register_activity("people.signed_in", _("signed in by its own name or card"))
        register(
            Source(
                "people.rights",
                _("Rights in the campaign"),
                {
                    "role": _("Role"),
                    "where": _("Where"),
                    "reason": _("Reason"),
                    "given_at": _("Given"),
                    "taken_at": _("Taken away"),
                },
                own_data.rights,
            )
        )
        self._keep_terms()

    def _keep_terms(self) -> None:
        """Say how long the room keeps things."""
        from bala.kernel.retention import Term, register
        from bala.people.actions import retention

        register(
            Term(
                "people.looks",
                _("Who saw a child's data"),
                "BALA_KEEP_LOOKS_DAYS",
                retention.looks_due,
                retention.end_looks,
            )
        )

from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.programme"
    label = "programme"

    def ready(self) -> None:
        """Tell the rooms below what of this one is theirs to work with."""
        self._for_certificates()
        self._for_moderators()
        self._keep_terms()

    def _for_certificates(self) -> None:
        """Say how certificates find campaigns and rows of plans."""
        from bala.certificates.enums import Occasions, register_campaigns, register_occasions
        from bala.programme.queries.for_certificates import (
            PLAN_ITEM,
            campaign_words,
            plan_item_words,
        )

        register_campaigns(campaign_words)
        register_occasions(Occasions(PLAN_ITEM, plan_item_words))

    def _for_moderators(self) -> None:
        """Make known what moderators look at and what the room keeps on people."""
        from django.utils.translation import gettext_lazy as _

        from bala.files.queries import register_uses
        from bala.people.queries.personal_data import Source
        from bala.people.queries.personal_data import register as register_source
        from bala.programme.actions.personal_data import erase
        from bala.programme.actions.pictures import edit_url, follow
        from bala.programme.queries.personal_data import pictures_of
        from bala.programme.queries.used_files import uses
        from bala.safeguarding.enums import Kind, register

        register(Kind("programme.picture", _("picture of an event"), follow, edit_url))
        register_uses("programme.pictures", uses)
        register_source(
            Source(
                "programme.pictures",
                _("Pictures of events"),
                {
                    "number": _("Number"),
                    "caption": _("Caption"),
                    "activity": _("Activity"),
                    "state": _("State"),
                    "sent_at": _("Sent"),
                },
                pictures_of,
                erase,
            )
        )

    def _keep_terms(self) -> None:
        """Say how long things are kept after a campaign."""
        from django.utils.translation import gettext_lazy as _

        from bala.kernel.retention import Term, register
        from bala.programme.actions import retention

        register(
            Term(
                "programme.pictures",
                _("Pictures of a campaign that is over"),
                "BALA_KEEP_AFTER_CAMPAIGN_DAYS",
                retention.pictures_due,
                retention.end_pictures,
            )
        )
        register(
            Term(
                "programme.families",
                _("Families whom no campaign concerns any more"),
                "BALA_KEEP_AFTER_CAMPAIGN_DAYS",
                retention.families_due,
                retention.end_families,
            )
        )

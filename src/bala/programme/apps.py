from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.programme"
    label = "programme"

    def ready(self) -> None:
        """Say how certificates find campaigns and rows of plans."""
        from bala.certificates.enums import Occasions, register_campaigns, register_occasions
        from bala.programme.queries.for_certificates import (
            PLAN_ITEM,
            campaign_words,
            plan_item_words,
        )

        register_campaigns(campaign_words)
        register_occasions(Occasions(PLAN_ITEM, plan_item_words))

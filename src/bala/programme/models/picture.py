"""Pictures of what was held: sent by families and hosts, looked at before anybody sees them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bala.files.models import StoredFile
from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.enums import Language
from bala.people.models import Account
from bala.programme.models.campaign import Activity, Campaign
from bala.programme.models.plan import PlanItem
from bala.safeguarding.models import ModerationItem
from bala.territory.models import Organisation, Region


class Picture(models.Model):
    """A picture of an activity or of one event of it, on its way through the moderators' hands.

    Whom it shows stands in its moderation item, with the consents that it needs. The public sees it
    under `safeguarding.queries.public("moderation")` and under no other condition.
    """

    personal: ClassVar = ("caption",)
    public_id = PublicIdField()
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="pictures")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="pictures")
    region = models.ForeignKey(Region, models.PROTECT, related_name="pictures")
    plan_item = models.ForeignKey(
        PlanItem, models.PROTECT, null=True, blank=True, related_name="pictures"
    )
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="picture")
    caption = models.CharField(_("caption"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    shows_children = models.BooleanField(_("children can be seen"))
    made_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="pictures"
    )
    # Of the host that sent it; null: a family did.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="pictures"
    )
    moderation = models.OneToOneField(ModerationItem, models.PROTECT, related_name="picture")
    made_at = models.DateTimeField(default=clock.now)
    # When it was approved: the order of galleries, written with the decision. Not the condition.
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["campaign", "-shown_at", "-id"],
                name="pictures_shown",
                condition=Q(shown_at__isnull=False),
            ),
            models.Index(
                fields=["activity", "-shown_at", "-id"],
                name="pictures_of_activity",
                condition=Q(shown_at__isnull=False),
            ),
            models.Index(
                fields=["region", "-shown_at", "-id"],
                name="pictures_of_region",
                condition=Q(shown_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.caption

"""Lists of people's data that leave the house: asked for by one, approved by another."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.models.accounts import Account
from bala.territory.models import Region


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class BreachList(models.Model):
    """Who is affected when data was seen by somebody who should not have: whom to tell of what.

    A coordinator asks, another one approves, and for some hours either can take the list. What is
    in it is read when it is taken; the row says who did what and when.
    """

    public_id = PublicIdField()
    campaign_slug = models.SlugField(max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(_("from"), null=True, blank=True)  # families that came from then on
    reason = models.CharField(_("what happened"), max_length=1000)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    taken_times = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="breach_list_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="breach_list_approved_for_a_time",
                condition=Q(
                    approved_by__isnull=True, approved_at__isnull=True, expires_at__isnull=True
                )
                | Q(approved_by__isnull=False, approved_at__isnull=False, expires_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_open(self) -> bool:
        """Whether the list can be taken now."""
        return self.expires_at is not None and self.expires_at > clock.now()

"""What a guardian asks for about the family's data: to take it out, to have it erased."""

from django.db import models
from django.db.models import Q

from bala.kernel import clock
from bala.kernel.encryption import EncryptedTextField
from bala.kernel.public_ids import PublicIdField
from bala.people.enums import Language, TakeOutState
from bala.people.models.accounts import Account


class TakeOut(models.Model):
    """All that was kept on a family at one moment, made by a job, deleted after some days."""

    public_id = PublicIdField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="take_outs")
    language = models.CharField(max_length=2, choices=Language)
    state = models.CharField(max_length=10, choices=TakeOutState, default=TakeOutState.WAITING)
    asked_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(null=True, blank=True)
    data = EncryptedTextField(blank=True)  # JSON
    pdf = EncryptedTextField(blank=True)  # base64

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state="waiting"),
                name="take_out_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class ErasureRequest(models.Model):
    """Somebody wants all that is kept on the family to be erased. Done after some days, unless not."""

    public_id = PublicIdField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="erasure_requests")
    asked_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
                name="erasure_asked_once",
            ),
            models.CheckConstraint(
                name="erasure_done_or_cancelled",
                condition=Q(cancelled_at__isnull=True) | Q(done_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
                name="erasures_open",
            )
        ]

    def __str__(self) -> str:
        return self.public_id

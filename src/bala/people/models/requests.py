"""What a guardian asks for about the family's data: to take it out, to have it erased."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bala.kernel import clock
from bala.kernel.encryption import EncryptedTextField
from bala.kernel.public_ids import PublicIdField
from bala.people.enums import ImportState, Language, TakeOutState
from bala.people.models.accounts import Account
from bala.territory.models import Organisation


class TakeOut(models.Model):
    """All that was kept on a family at one moment, made by a job, deleted after some days."""

    personal: ClassVar = ("data", "pdf")
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


class ChildImport(models.Model):
    """A list of children that an institution sent in: looked at, then taken in whole or not at all."""

    personal: ClassVar = ("rows",)
    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    rows = EncryptedTextField(blank=True)  # JSON; gone once it is taken in or called off
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEW)
    count = models.PositiveIntegerField(default=0)  # children that it added

    def __str__(self) -> str:
        return self.public_id


class ClassGroup(models.Model):
    """A class or group as numbers: how many come along with their teacher, and not who."""

    personal: ClassVar = ("name",)
    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="class_groups")
    name = models.CharField(max_length=60)  # «5 «А»», never of a child
    boys = models.PositiveSmallIntegerField(default=0)
    girls = models.PositiveSmallIntegerField(default=0)
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField()
    kept_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    revision = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(closed_at__isnull=True),
                name="class_group_name_once",
            ),
            models.CheckConstraint(
                name="class_group_has_children",
                condition=Q(boys__lte=200, girls__lte=200) & (Q(boys__gt=0) | Q(girls__gt=0)),
            ),
            models.CheckConstraint(
                name="class_group_ages_in_order",
                condition=Q(age_from__lte=models.F("age_to"), age_to__lte=20),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """How many children there are."""
        return self.boys + self.girls

"""What the public reports."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.enums import Language
from bala.people.models import Account
from bala.safeguarding.enums import ReportState
from bala.safeguarding.models.items import ModerationItem


class Report(models.Model):
    """Somebody says that a piece of public content should not be there. No account is needed."""

    personal: ClassVar = ("words",)
    public_id = PublicIdField()  # the number by which the reporter reads the answer
    item = models.ForeignKey(ModerationItem, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=30)  # code of the list of reasons
    words = models.TextField(max_length=1000, blank=True)
    language = models.CharField(max_length=2, choices=Language)
    # Where it came from, hashed with a salt of the day: two from one house count once.
    source = models.CharField(max_length=64)
    took_down = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    made_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            # The same house and item: one report at a time.
            models.UniqueConstraint(
                fields=["item", "source"],
                condition=Q(state="open"),
                name="report_open_once_from_a_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.reason}"

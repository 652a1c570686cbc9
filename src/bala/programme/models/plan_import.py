"""Plans that came as files: what was sent stays as it was, until its days are over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.models import Account
from bala.programme.enums import ImportStatus
from bala.programme.models.campaign import Campaign
from bala.territory.models import Region


class PlanImport(models.Model):
    """A table that somebody sent in as a part of a region's plan."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="plan_imports")
    region = models.ForeignKey(Region, models.PROTECT, related_name="plan_imports")
    filename = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()  # the file as it was sent
    # What was read: {"columns": […], "rows": [{"row": 5, "cells": {field: text}, …}]}.
    table = models.JSONField(default=dict)
    # What the rows would become: a list of one object for each row, see queries.plan_imports.
    preview = models.JSONField(default=list)
    # What the person chose for a row: {"5": public id of an activity, or "skip"}.
    choices = models.JSONField(default=dict)
    status = models.CharField(
        _("status"), max_length=10, choices=ImportStatus, default=ImportStatus.READING
    )
    progress = models.PositiveSmallIntegerField(default=0)  # percent of what the job is at
    problem = models.CharField(max_length=60, blank=True)  # name of the error that stopped it
    counts = models.JSONField(default=dict)  # how many rows are in which state
    made_items = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    uploaded_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="plans_confirmed"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # file and rows were deleted

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import of a plan")
        verbose_name_plural = _("imports of plans")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="import_progress_is_a_percentage"
            )
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_at_work(self) -> bool:
        """Whether a job has it in hand."""
        return self.status in (ImportStatus.READING, ImportStatus.CONFIRMING)

    @property
    def can_confirm(self) -> bool:
        """Whether no row has a fault and at least one would be added."""
        return (
            self.status == ImportStatus.PREVIEW
            and not self.counts.get("faulty")
            and bool(self.counts.get("ready"))
        )

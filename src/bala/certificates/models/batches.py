"""Lists by which many certificates are issued, and their files."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bala.certificates.enums import BatchState, PrintFormat, PrintState
from bala.certificates.models.designs import Design
from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.kernel.translated import TranslatedText
from bala.people.models import Account
from bala.territory.models import Organisation, Region


class Batch(models.Model):
    """A list of recipients of one design for one occasion; a job issues it row by row, each once."""

    personal: ClassVar = ("source", "rows")
    public_id = PublicIdField()
    design = models.ForeignKey(Design, models.PROTECT, related_name="batches")
    campaign_slug = models.SlugField(max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    occasion_key = models.CharField(max_length=100, blank=True)
    occasion_kk = models.CharField(_("what for, in Kazakh"), max_length=500, blank=True)
    occasion_ru = models.CharField(_("what for, in Russian"), max_length=500, blank=True)
    occasion_en = models.CharField(_("what for, in English"), max_length=500, blank=True)
    issued_on = models.DateField(_("issued on"))
    adults = models.BooleanField(default=False)  # publicly named adults; else nobody is named
    source = models.CharField(max_length=255, blank=True)  # name of the file, "" for typed names
    # [{"row": 2, "name": …, "detail": …, "place": …, "nomination": …, "code": …, "faults": […]}]
    rows = models.JSONField(default=list)
    next_row = models.PositiveIntegerField(default=0)  # of the rows, what the job does next
    total = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)  # had it already, got no second one
    refused = models.PositiveIntegerField(default=0)  # a consent ended between preview and issue
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState, default=BatchState.PREVIEW
    )
    problem = models.CharField(max_length=40, blank=True)  # name of the error that stopped it
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)

    occasion = TranslatedText()

    class Meta:
        verbose_name = _("list of recipients")
        verbose_name_plural = _("lists of recipients")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["campaign_slug", "-made_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_row__lte=F("total")), name="batch_goes_no_further_than_its_end"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issuing", "done"]) | Q(faulty=0),
                name="batch_with_faults_is_not_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.design_id} {self.made_at:%Y-%m-%d}"

    @property
    def progress(self) -> int:
        """Per cent of the rows that are done."""
        return round(100 * self.next_row / self.total) if self.total else 100


class PrintRun(models.Model):
    """The sheets of a list in one file, kept for some days for those who issued them."""

    public_id = PublicIdField()
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="prints")
    format = models.CharField(max_length=3, choices=PrintFormat)
    state = models.CharField(max_length=7, choices=PrintState, default=PrintState.MAKING)
    progress = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=80, blank=True)  # in the storage; random
    bytes = models.BigIntegerField(default=0)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "format"],
                condition=Q(state__in=["making", "ready"]),
                name="print_of_a_batch_once",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="print_progress_per_cent"),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(path=""), name="print_ready_with_a_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.format}"

"""What the regions answer, and the reports made of it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.enums import Language
from bala.people.models import Account
from bala.programme.models import Block, Campaign
from bala.returns.enums import REPORTED, ReportFormat, ReturnStatus, RunStatus, Step
from bala.territory.models import Region


class RegionalReturn(models.Model):
    """What a region answers about the campaign: its own words beside the figures of the records."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="returns")
    region = models.ForeignKey(Region, models.PROTECT, related_name="returns")
    status = models.CharField(
        _("status"), max_length=10, choices=ReturnStatus, default=ReturnStatus.DRAFT
    )
    difficulties = models.TextField(_("difficulties"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    comment = models.TextField(_("comment of the coordinator"), blank=True)  # of the last decision
    revision = models.PositiveIntegerField(default=1)  # for two people editing the return
    # The number of the last submitted version; 0: never submitted.
    version = models.PositiveSmallIntegerField(default=0)
    submitted_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="returns_submitted"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="returns_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("return of a region")
        verbose_name_plural = _("returns of the regions")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "region"], name="return_once_in_region"),
            models.CheckConstraint(
                condition=~Q(status__in=REPORTED) | Q(submitted_at__isnull=False, version__gte=1),
                name="return_reported_has_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.region_id} {self.status}"


class ReturnText(models.Model):
    """What the region says about a block."""

    regional_return = models.ForeignKey(RegionalReturn, models.CASCADE, related_name="texts")
    block = models.ForeignKey(Block, models.PROTECT, related_name="return_texts")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["block__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regional_return", "block"], name="return_text_once_for_block"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ReturnMedia(models.Model):
    """A media item that the region adds to those of the rows of its plan."""

    regional_return = models.ForeignKey(RegionalReturn, models.CASCADE, related_name="media")
    outlet = models.CharField(_("media outlet"), max_length=200, blank=True)
    title = models.CharField(_("headline"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=500)
    published_on = models.DateField(_("published on"), null=True, blank=True)

    class Meta:
        ordering = ["published_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regional_return", "url"], name="return_media_link_once"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.url


class ReturnVersion(models.Model):
    """A return as it was submitted, whole; never changed."""

    public_id = PublicIdField()
    regional_return = models.ForeignKey(RegionalReturn, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # {"texts": {block public id: text}, "media": […], "difficulties", "proposals"}
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    figures = models.JSONField(default=dict)  # queries.figures.Figures.as_json
    frozen_at = models.DateTimeField()  # the figures are those of this moment
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["regional_return", "number"], name="return_version_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)


class ReturnStep(models.Model):
    """What was done with a return, by whom and why."""

    regional_return = models.ForeignKey(RegionalReturn, models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=10, choices=Step)
    version = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.version}"


class ReportRun(models.Model):
    """A report that was asked for: its frozen content, and the file made of it."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="report_runs")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="report_runs"
    )  # null: the whole campaign
    language = models.CharField(_("language"), max_length=2, choices=Language)
    format = models.CharField(_("format"), max_length=4, choices=ReportFormat)
    status = models.CharField(max_length=7, choices=RunStatus, default=RunStatus.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    problem = models.TextField(blank=True)  # why it failed, in the language of who asked
    figures = models.JSONField(default=dict)  # queries.figures.Figures.as_json
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    frozen_at = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=200, blank=True)  # below MEDIA_ROOT
    sha256 = models.CharField(max_length=64, blank=True)  # of the file
    figures_sha256 = models.CharField(max_length=64, blank=True)  # of the frozen figures
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["campaign", "-made_at", "-id"], name="reports_of_campaign")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done") | (~Q(sha256="") & ~Q(file="")),
                name="report_done_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="report_progress_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.language} {self.format}"

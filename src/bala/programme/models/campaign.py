"""The campaign as its concept sets it out.

Where people edit, a trigger keeps each row as it was before a change: what two people at the same row
have seen (kernel.revisions).
"""

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import ActivityKind, Format, Level
from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.kernel.translated import TranslatedText
from bala.people.models import Account
from bala.programme.enums import CampaignStatus, ConceptStatus
from bala.territory.models import Region


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Campaign(models.Model):
    """A campaign of one year, in the regions of that year."""

    public_id = PublicIdField()
    slug = models.SlugField(
        max_length=80, unique=True
    )  # never changes: addresses and rights use it
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    purpose_kk = models.TextField(_("purpose in Kazakh"), blank=True)
    purpose_ru = models.TextField(_("purpose in Russian"), blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    places_kk = models.TextField(_("place in Kazakh"), blank=True)
    places_ru = models.TextField(_("place in Russian"), blank=True)
    places_en = models.TextField(_("place in English"), blank=True)
    participants_kk = models.TextField(_("participants in Kazakh"), blank=True)
    participants_ru = models.TextField(_("participants in Russian"), blank=True)
    participants_en = models.TextField(_("participants in English"), blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    plans_due_on = models.DateField(_("plans are due on"), null=True, blank=True)
    returns_due_on = models.DateField(_("returns are due on"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=CampaignStatus, default=CampaignStatus.DRAFT)
    regions = models.ManyToManyField(Region, through="CampaignRegion", related_name="campaigns")
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    title = TranslatedText()
    purpose = TranslatedText()
    places = TranslatedText()
    participants = TranslatedText()

    class Meta:
        ordering = ["-starts_on", "pk"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(title_kk="", title_ru="", title_en=""), name="campaign_has_a_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def year(self) -> int:
        """The year that decides which regions there are."""
        return self.starts_on.year


class CampaignRegion(models.Model):
    """A region that takes part in a campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="campaign_regions")
    region = models.ForeignKey(Region, models.PROTECT, related_name="campaign_regions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "region"], name="region_once_in_campaign")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.region_id}"


class ConceptDocument(models.Model):
    """A version of the official document: its text, and the draft that is reviewed beside it."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(
        Campaign, models.CASCADE, null=True, blank=True, related_name="concepts"
    )  # null until a first version is published
    version = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=12, choices=ConceptStatus, default=ConceptStatus.DRAFT)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2, default="ru")
    source_lines = models.JSONField(default=list)
    draft = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    revision = models.PositiveIntegerField(default=1)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    uploaded_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "version"],
                condition=Q(campaign__isnull=False),
                name="concept_version_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.version})"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Block(models.Model):
    """A thematic block; its number chooses colour and pictogram (1 to 8, then round again)."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="blocks")
    number = models.PositiveSmallIntegerField()
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    goal_kk = models.TextField(_("goal in Kazakh"), blank=True)
    goal_ru = models.TextField(_("goal in Russian"), blank=True)
    goal_en = models.TextField(_("goal in English"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # dropped by a later version
    revision = models.PositiveIntegerField(default=1, db_default=1)

    title = TranslatedText()
    goal = TranslatedText()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="block_number_once",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def colour(self) -> int:
        """Number 1 to 8 of the block's colour and pictogram."""
        return (self.number - 1) % 8 + 1


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Activity(models.Model):
    """A line of the concept."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="activities")
    block = models.ForeignKey(Block, models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)  # the line as it stands in the document
    text_language = models.CharField(max_length=2, default="ru")
    name = models.CharField(_("official name"), max_length=300, blank=True)
    title_kk = models.CharField(_("title in Kazakh"), max_length=500, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=500, blank=True)
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.REGION)
    formats = ArrayField(models.CharField(max_length=10, choices=Format), default=list, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    min_age = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # dropped by a later version
    revision = models.PositiveIntegerField(default=1, db_default=1)
    stages_revision = models.PositiveIntegerField(
        default=1, db_default=1
    )  # of its steps as a whole

    title = TranslatedText()

    class Meta:
        ordering = ["block__number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="activity_number_once",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True)
                | Q(max_age__isnull=True)
                | Q(max_age__gte=F("min_age")),
                name="activity_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """Return the kind's name; Django's own way builds a table of all kinds at each call."""
        return str(ActivityKind(self.kind).label) if self.kind in ActivityKind else self.kind


class ActivityStage(models.Model):
    """A step of an activity that goes on in steps: a contest's school stage, regional stage, final."""

    public_id = PublicIdField()
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField()
    name_kk = models.CharField(_("name in Kazakh"), max_length=300, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.REGION)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    name = TranslatedText()

    class Meta:
        ordering = ["activity_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="stage_number_once"),
            models.CheckConstraint(
                condition=~Q(name_kk="", name_ru="", name_en=""), name="stage_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="stage_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_day(self) -> date | None:
        """The first day that is known; with `last_day` a period even where only one is given."""
        return self.starts_on or self.ends_on

    @property
    def last_day(self) -> date | None:
        """The last day that is known."""
        return self.ends_on or self.starts_on


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class NotApplicable(models.Model):
    """An activity that a region does not hold, for a reason (a landlocked region has no beach)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="not_applicable")
    region = models.ForeignKey(Region, models.CASCADE, related_name="not_applicable")
    reason = models.CharField(_("reason"), max_length=300)
    said_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "region"], name="not_applicable_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.region_id}"

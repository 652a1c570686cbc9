"""Rows of the regions' plans, and what came of them."""

from datetime import date
from typing import Final

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import Format
from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.kernel.search import SearchText
from bala.kernel.translated import TranslatedText
from bala.people.models import Account
from bala.programme.enums import Metric, OutcomeSource, PlanStatus
from bala.programme.models.campaign import Activity, Campaign
from bala.programme.models.tally import OUTCOME_TRIGGERS, PLAN_TRIGGERS
from bala.territory.enums import VenueKind
from bala.territory.models import District, Organisation, Region

#: What of a row is searched by words; queries name the same columns, or the index sleeps.
PLAN_WORDS: Final = ("title_kk", "title_ru", "title_en", "place")


# A change keeps the row as it was before it, so that all versions are there without writing each new
# row twice: with every event comes the revision that it ended.
@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class PlanItem(models.Model):
    """One row of a region's plan: this activity, by this organisation, then and there."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="plan_items")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="plan_items")
    region = models.ForeignKey(Region, models.PROTECT, related_name="plan_items")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="plan_items"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="plan_items"
    )
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    responsible = models.CharField(_("responsible"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    # Single days of a row that lists several; empty: every day from starts_on to ends_on.
    days = ArrayField(models.DateField(), default=list, blank=True)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)  # time of the region's zone
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    dates_text = models.CharField(_("dates as written"), max_length=200, blank=True)
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.ON_SITE)
    place = models.CharField(_("place"), max_length=300, blank=True)
    venue_kind = models.CharField(_("kind of venue"), max_length=20, choices=VenueKind, blank=True)
    venue_capacity = models.PositiveIntegerField(_("seats of the venue"), null=True, blank=True)
    venue_area_m2 = models.DecimalField(
        _("area of the venue, m²"), max_digits=9, decimal_places=1, null=True, blank=True
    )
    # A ramp, sign language, a quiet room: what lets children with special needs come.
    adaptations = models.CharField(_("adaptations of the venue"), max_length=300, blank=True)
    expected_children = models.PositiveIntegerField(_("children expected"), default=0)
    expected_adults = models.PositiveIntegerField(_("adults expected"), default=0)
    funding = models.CharField(_("source of funding"), max_length=200, blank=True)
    funding_tenge = models.DecimalField(
        _("funding, tenge"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    completion_form = models.CharField(_("form of completion"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT
    )
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    # What was held; null until a result is entered.
    held_on = models.DateField(_("held on"), null=True, blank=True)
    actual_children = models.PositiveIntegerField(_("children who came"), null=True, blank=True)
    actual_adults = models.PositiveIntegerField(_("adults who came"), null=True, blank=True)
    result_note = models.TextField(_("note"), blank=True)
    result_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="results_entered"
    )
    revision = models.PositiveIntegerField(default=1)  # for two people editing the row
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="plan_items_created"
    )
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    title = TranslatedText()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("row of the plan")
        verbose_name_plural = _("rows of the plan")
        triggers = PLAN_TRIGGERS
        indexes = [
            models.Index(fields=["campaign", "region", "starts_on", "id"], name="plan_of_region"),
            models.Index(fields=["activity", "region", "starts_on", "id"], name="plan_of_cell"),
            models.Index(fields=["organisation", "starts_on", "id"], name="plan_of_organisation"),
            # What is on on a day: without it the public pages read the whole table.
            models.Index(fields=["campaign", "ends_on", "starts_on"], name="plan_by_last_day"),
            models.Index(fields=["campaign", "starts_on", "id"], name="plan_of_day"),
            # Which cards come first: without it a page sorts all rows of the day to show six.
            models.Index(fields=["campaign", "starts_on", "starts_at", "id"], name="plan_in_turn"),
            GinIndex(SearchText(*PLAN_WORDS), name="plan_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plan_item_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(status_reason=""),
                name="plan_item_cancelled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="held")
                | Q(
                    held_on__isnull=False,
                    actual_children__isnull=False,
                    actual_adults__isnull=False,
                ),
                name="plan_item_held_with_numbers",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.activity_id)

    def get_format_display(self) -> str:  # type: ignore[no-redef]
        """Return the format's name; Django's own way builds a table of all formats at each call."""
        return str(Format(self.format).label) if self.format in Format else self.format

    @property
    def all_days(self) -> list[date]:
        """The single days of the row, or its first day."""
        return list(self.days) or [self.starts_on]


class Outcome(models.Model):
    """One figure of what happened, and the object that it came from. Never changed: superseded."""

    public_id = PublicIdField()
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="outcomes")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="outcomes")
    region = models.ForeignKey(Region, models.PROTECT, related_name="outcomes")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    plan_item = models.ForeignKey(PlanItem, models.PROTECT, related_name="outcomes")
    metric = models.CharField(max_length=10, choices=Metric)
    value = models.DecimalField(max_digits=16, decimal_places=2)
    happened_on = models.DateField()
    source_kind = models.CharField(max_length=20, choices=OutcomeSource)
    source_id = models.CharField(max_length=16)  # public id of the object
    recorded_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["happened_on", "pk"]
        triggers = OUTCOME_TRIGGERS
        indexes = [
            models.Index(
                fields=["campaign", "region", "activity", "metric"],
                name="outcomes_in_force",
                condition=Q(superseded_at__isnull=True),
                include=["value"],
            ),
            models.Index(fields=["plan_item"], name="outcomes_of_plan_item"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "metric"],
                condition=Q(superseded_at__isnull=True),
                name="outcome_in_force_once",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="outcome_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.value}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MediaMention(models.Model):
    """Where the media told of a row of the plan."""

    plan_item = models.ForeignKey(PlanItem, models.CASCADE, related_name="media_mentions")
    outlet = models.CharField(_("media outlet"), max_length=200, blank=True)
    title = models.CharField(_("headline"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=500)
    published_on = models.DateField(_("published on"), null=True, blank=True)

    class Meta:
        ordering = ["published_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan_item", "url"], name="media_link_once")]

    def __str__(self) -> str:
        return self.title or self.url


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PhotoCaption(models.Model):
    """What a photo of the event shows, as the host wrote it with the result; its file comes after."""

    plan_item = models.ForeignKey(PlanItem, models.CASCADE, related_name="photo_captions")
    text = models.CharField(_("caption"), max_length=300)
    picture = models.OneToOneField(
        "programme.Picture", models.SET_NULL, null=True, blank=True, related_name="photo_caption"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

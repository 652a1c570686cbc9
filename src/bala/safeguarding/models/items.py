"""Content that waits to be looked at, and what was decided on it."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bala.files.models import StoredFile
from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.enums import ConsentPurpose, Language
from bala.people.models import Account, Child
from bala.safeguarding.enums import ItemState, Verdict, kind_label
from bala.territory.models import Region


class ModerationItem(models.Model):
    """One piece of content of any kind, on its way to the public. Rows of other rooms point here."""

    personal: ClassVar = ("title", "text")
    public_id = PublicIdField()
    kind = models.CharField(_("kind"), max_length=60)  # "programme.picture"
    address = models.CharField(max_length=300)  # path of the thing, without the language
    author = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="moderation_items"
    )
    child = models.ForeignKey(
        Child, models.PROTECT, null=True, blank=True, related_name="moderation_items"
    )
    # Brothers and sisters who can be seen too: what is needed for the child is needed for each.
    others = models.ManyToManyField(Child, blank=True, related_name="+")
    campaign_slug = models.SlugField(max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)  # all that was typed
    # What must be consented to for the child before it may be public, whenever it is read.
    purposes = ArrayField(
        models.CharField(max_length=15, choices=ConsentPurpose), default=list, blank=True
    )
    files = models.ManyToManyField(StoredFile, blank=True, related_name="moderation_items")
    about = models.CharField(max_length=80, blank=True)  # the exact use that was consented to
    # An adult's word that those who can be seen consented on paper; for children: the consent itself.
    consent_on_paper = models.BooleanField(default=False)
    findings = models.JSONField(default=list, blank=True)  # of the screening: kind, start, end
    state = models.CharField(
        _("state"), max_length=10, choices=ItemState, default=ItemState.PENDING
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    distress = models.BooleanField(_("words of distress"), default=False)
    shows_face = models.BooleanField(_("a face can be seen"), null=True, blank=True)
    submitted_at = models.DateTimeField(default=clock.now)
    # Since when somebody has to look at it; null: nobody has to.
    waiting_since = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    first_moderator = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_at = models.DateTimeField(null=True, blank=True)
    second_moderator = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Looked at again after a report and found good; more reports must come from several people.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    open_reports = models.PositiveIntegerField(default=0)
    escalated_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    # Counts all that a moderator must have seen: edits, first looks, reports.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("item of the moderation queue")
        verbose_name_plural = _("items of the moderation queue")
        indexes = [
            models.Index(
                fields=["-urgent", "waiting_since", "id"],
                name="moderation_queue",
                condition=Q(waiting_since__isnull=False),
            ),
            models.Index(fields=["author", "-submitted_at"], name="moderation_of_author"),
            models.Index(fields=["campaign_slug", "state"], name="moderation_of_campaign"),
        ]
        constraints = [
            models.CheckConstraint(
                name="moderation_pending_waits",
                condition=~Q(state="pending") | Q(waiting_since__isnull=False),
            ),
            models.CheckConstraint(
                name="moderation_two_look_at_a_face",
                condition=~Q(state="approved", shows_face=True)
                | Q(first_moderator__isnull=False, second_moderator__isnull=False)
                & ~Q(first_moderator=models.F("second_moderator")),
            ),
            models.CheckConstraint(
                name="moderation_approved_was_decided",
                condition=~Q(state="approved") | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.public_id

    @property
    def url(self) -> str:
        """The path of the thing in the language of the page."""
        return f"/{(get_language() or 'kk')[:2]}{self.address}"

    @property
    def kind_label(self) -> str:
        """How people call the kind."""
        return str(kind_label(self.kind))

    @property
    def children(self) -> list[Child]:
        """All children whom it is of: the one who made it or is shown, and the others."""
        return [self.child, *self.others.order_by("pk")] if self.child is not None else []

    @property
    def wants_second_look(self) -> bool:
        """Whether one moderator has said yes to a face and another must."""
        return self.state == ItemState.PENDING and self.first_at is not None


class Decision(models.Model):
    """What a moderator decided, on which version, and why. Never changed."""

    personal: ClassVar = ("words",)
    public_id = PublicIdField()
    item = models.ForeignKey(ModerationItem, models.CASCADE, related_name="decisions")
    revision = models.PositiveIntegerField()
    moderator = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    is_final = models.BooleanField(default=True)  # no: a face waits for a second moderator
    shows_face = models.BooleanField(null=True)
    reason = models.CharField(max_length=30, blank=True)  # code of the list of reasons
    words = models.CharField(max_length=500, blank=True)
    waited_seconds = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    sampled = models.BooleanField(default=False)  # chosen for a second look by another

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["made_at"], name="decisions_by_time"),
            models.Index(
                fields=["made_at", "id"], name="decisions_sampled", condition=Q(sampled=True)
            ),
        ]
        triggers = [pgtrigger.Protect(name="decision_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.item_id} {self.verdict}"


class SecondLook(models.Model):
    """Another moderator's opinion of a decision that was drawn for the sample."""

    personal: ClassVar = ("words",)

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="second_look")
    moderator = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    agrees = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.decision_id} {self.agrees}"

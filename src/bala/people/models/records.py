"""What is written down about children: who saw their data, what they did."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.kernel.translated import Shown, pick
from bala.people.enums import SeenWhy
from bala.people.models.accounts import Account
from bala.people.models.families import Child


class ChildSeen(models.Model):
    """Somebody outside of the family saw a child's personal data. The guardian may read it."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="seen")
    seen_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=15, choices=SeenWhy)
    about = models.CharField(max_length=80, blank=True)  # "contests.entry:ID", for those who check

    class Meta:
        ordering = ["-seen_at", "-pk"]
        indexes = [models.Index(fields=["child", "seen_at"])]
        # Rows go when their time is over; none is ever rewritten.
        triggers = [pgtrigger.Protect(name="seen_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.child_id} {self.why}"


class ActivityRecord(models.Model):
    """The child did something, or something was done for it. The guardian may read it."""

    personal: ClassVar = ("title",)
    child = models.ForeignKey(Child, models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=60)  # "events.signed_up"; its words are registered
    title = models.JSONField(default=dict, blank=True)  # of what: {"kk", "ru", "en"}
    path = models.CharField(max_length=300, blank=True)  # of its page, without the language
    by_child = models.BooleanField(default=False)  # by the child's own sign-in
    happened_at = models.DateTimeField(default=clock.now)
    key = models.CharField(max_length=200, blank=True)  # said twice, it is written once

    class Meta:
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["child", "-happened_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "key"], condition=~Q(key=""), name="activity_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind}"

    @property
    def shown_title(self) -> Shown:
        """Of what, in the language of the page."""
        return pick(self.title, (get_language() or "kk")[:2])

    @property
    def url(self) -> str:
        """The page of it, in the language of the page; "" where it has none."""
        return f"/{(get_language() or 'kk')[:2]}{self.path}" if self.path else ""


class SignInCard(models.Model):
    """A printed card with a code by which a child signs in. The code itself is kept nowhere."""

    public_id = PublicIdField()
    child = models.ForeignKey(Child, models.CASCADE, related_name="cards")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)  # last

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(revoked_at__isnull=True), name="card_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return self.public_id

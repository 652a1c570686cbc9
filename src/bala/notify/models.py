"""Letters to people, and how each person wants to receive them."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.encryption import EncryptedTextField
from bala.kernel.public_ids import PublicIdField
from bala.notify.enums import CARRIERS, MessageState, Way
from bala.people.models import Account, Child


class Message(models.Model):
    """A letter, written once: the key says about what. Its words are made when it is sent."""

    personal: ClassVar = ("context", "error")
    public_id = PublicIdField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=80)  # "ROOM.NAME" of the template ROOM/letters/NAME.txt
    key = models.CharField(max_length=200)
    # What the words are made of, as JSON; encrypted, since letters to families name children.
    context = EncryptedTextField(blank=True)
    about = models.CharField(max_length=80, blank=True)  # slug of the campaign; "": of none
    # The child that a letter concerns when it goes to a guardian in the child's place.
    child = models.ForeignKey(
        Child, models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="messages_written"
    )
    written_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    way = models.CharField(max_length=10, choices=Way, blank=True)  # the last one tried
    attempts = models.PositiveSmallIntegerField(default=0)  # that failed
    error = models.CharField(max_length=300, blank=True)  # of the last attempt that failed
    sent_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="collected"
    )

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="message_once"),
            models.CheckConstraint(
                name="message_sent_has_moment",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["about", "-written_at"]),
            models.Index(fields=["-written_at", "-id"], name="message_newest"),
            models.Index(
                fields=["state", "written_at"],
                condition=~Q(state="sent"),
                name="message_not_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def given(self) -> dict[str, Any]:
        """What the words are made of."""
        found: dict[str, Any] = json.loads(self.context or "{}")
        return found


class Preference(models.Model):
    """How a person wants to receive letters of one kind; without a row, by e-mail."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="letter_preferences")
    kind = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=Way)
    chosen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind}"


class Address(models.Model):
    """A Telegram chat or a telephone that a person has shown to be the own one."""

    personal: ClassVar = ("value",)

    account = models.ForeignKey(Account, models.CASCADE, related_name="letter_addresses")
    way = models.CharField(max_length=10, choices=[(way.value, way.label) for way in CARRIERS])
    value = EncryptedTextField(blank=True)  # number of the chat, telephone
    mark = models.CharField(max_length=64, blank=True)  # hash of the value, by which it is found
    code = models.CharField(max_length=64, blank=True)  # hash of what proves it, until it is proved
    code_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # wrong codes typed
    confirmed_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)  # it refused a letter for good

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "way"], name="address_once"),
            models.CheckConstraint(
                name="address_confirmed_has_value",
                condition=Q(confirmed_at__isnull=True) | ~Q(value=""),
            ),
        ]
        indexes = [
            models.Index(fields=["code"], condition=~Q(code=""), name="address_code"),
            models.Index(fields=["mark"], condition=~Q(mark=""), name="address_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.way}"

    @property
    def is_linked(self) -> bool:
        """Whether letters can go there."""
        return self.confirmed_at is not None and self.broken_at is None

"""Choices of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How a kind of letter reaches a person, or that it does not."""

    EMAIL = "email", _("by e-mail")
    TELEGRAM = "telegram", _("by Telegram")
    SMS = "sms", _("by text message")
    DIGEST = "digest", _("once a day, all in one letter")
    OFF = "off", _("not at all")


#: The ways that carry a letter; the other two hold it back.
CARRIERS = (Way.EMAIL, Way.TELEGRAM, Way.SMS)


class MessageState(TextChoices):
    """Where a letter stands."""

    WAITING = "waiting", _("waits to be sent")
    COLLECTED = "collected", _("waits for the daily letter")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")

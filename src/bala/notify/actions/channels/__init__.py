"""The ways on which a letter leaves the house."""

from bala.notify.actions.channels.base import Channel, Letter, PermanentFailure, TemporaryFailure
from bala.notify.actions.channels.mail import Mail
from bala.notify.actions.channels.sms import Sms
from bala.notify.actions.channels.telegram import Telegram
from bala.notify.enums import Way

_CHANNELS: dict[Way, Channel] = {Way.EMAIL: Mail(), Way.TELEGRAM: Telegram(), Way.SMS: Sms()}


def channel_for(way: Way) -> Channel:
    """Return the channel of a way; KeyError for the ways that hold a letter back."""
    return _CHANNELS[way]


__all__ = ["Channel", "Letter", "PermanentFailure", "TemporaryFailure", "channel_for"]

"""Where letters reach a person besides the mailbox: a chat with the bot, a telephone."""

import hashlib
import hmac
from dataclasses import dataclass

import phonenumbers
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from bala.kernel import clock
from bala.kernel.dates import format_date
from bala.notify.enums import MessageState, Way
from bala.notify.models import Address, Message
from bala.notify.queries.kinds import PHONE_CODE
from bala.notify.queries.recipients import has_sms, has_telegram
from bala.people.models import Account

_MOBILE = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
)


def address_of(account: Account, way: Way) -> Address | None:
    """Return the chat or telephone of a person, confirmed or not yet."""
    return Address.objects.filter(account=account, way=way).first()


def awaits_code(address: Address | None) -> bool:
    """Whether a code was given out for the address that can still be used."""
    return bool(
        address is not None
        and not address.is_linked
        and address.code
        and address.code_until is not None
        and address.code_until > clock.now()
    )


def hash_of(text: str) -> str:
    """Return what is kept of a code or an address where nobody may read it back."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"bala.notify.address:" + text.encode(), hashlib.sha256).hexdigest()


def mark_of(way: Way, value: str) -> str:
    """Return the mark by which a chat or telephone is found, though its value is encrypted."""
    return hash_of(f"{way.value}:{value}")


def read_phone(text: str) -> str | None:
    """Return a mobile telephone of the countries of BALA_SMS_COUNTRIES as "+77011234567".

    It may be written as people write it ("8 (701) 123-45-67"); None for what is no such telephone.
    """
    countries = settings.BALA_SMS_COUNTRIES
    try:
        number = phonenumbers.parse(text, countries[0] if countries else None)
    except phonenumbers.NumberParseException:
        return None
    if (
        not phonenumbers.is_valid_number(number)
        or phonenumbers.number_type(number) not in _MOBILE
        or phonenumbers.region_code_for_number(number) not in countries
    ):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(value: str) -> str:
    """Write a kept telephone for people: "+7 701 123 4567"."""
    number = phonenumbers.parse(value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def telegram_url(code: str) -> str:
    """Return the address that opens the bot's chat with a code to be sent by one press."""
    return f"{settings.BALA_TELEGRAM_LINK.rstrip('/')}/{settings.BALA_TELEGRAM_BOT}?start={code}"


def code_could_not_be_sent(account: Account) -> bool:
    """Whether the last code for the person's telephone was refused by the gateway for good."""
    last = Message.objects.filter(account=account, kind=PHONE_CODE).order_by("-pk").first()
    return last is not None and last.state == MessageState.FAILED


@dataclass(frozen=True, slots=True)
class LinkedLine:
    """A way on the page of letters, with what is linked to it."""

    way: Way
    name: StrOrPromise
    icon: str
    url: str
    address: Address | None

    @property
    def shown(self) -> str:
        """What is linked, in words."""
        if self.address is None or self.address.confirmed_at is None:
            return ""
        if self.way is Way.SMS:
            return shown_phone(self.address.value)
        day = self.address.confirmed_at.astimezone(clock.NATIONAL_ZONE).date()
        return gettext("linked on %(day)s") % {"day": format_date(day)}


def linked_of(account: Account) -> list[LinkedLine]:
    """Return the ways that the operator has set up, each with what the person linked to it."""
    offered = []
    if has_telegram():
        offered.append((Way.TELEGRAM, gettext("Telegram"), "chat", reverse("notify:telegram")))
    if has_sms():
        offered.append((Way.SMS, gettext("Text messages"), "phone", reverse("notify:phone")))
    known = {one.way: one for one in Address.objects.filter(account=account)} if offered else {}
    return [LinkedLine(way, name, icon, url, known.get(way)) for way, name, icon, url in offered]

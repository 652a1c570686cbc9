"""Linking a chat or a telephone: it counts once its owner has shown to hold it.

A chat is proved by a code that only the person's own page shows; a telephone by a code that goes
there. Children get no letters, so nothing can be linked to a child's account.
"""

import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock, limits
from bala.kernel.errors import PersonError
from bala.kernel.public_ids import new_public_id
from bala.notify.actions.writing import queue_sending
from bala.notify.enums import Way
from bala.notify.models import Address, Message, Preference
from bala.notify.queries.addresses import hash_of, mark_of
from bala.notify.queries.kinds import PHONE_CODE
from bala.notify.queries.recipients import child_behind
from bala.people.models import Account

CODE_LASTS = timedelta(minutes=15)
TRIES = 5  # wrong codes typed for one telephone
PEOPLE_ON_ONE = 5  # accounts that may share a chat or telephone: a family with one phone
DAY = timedelta(days=1)


class CannotBeLinked(PersonError):
    """The chat or telephone is linked already, or serves too many people."""


class WrongCode(PersonError):
    """The code is not the one that was sent, or it is of no use any more."""


def start_telegram(*, account: Account) -> str:
    """Return a code that links whichever chat sends it to the bot within a quarter of an hour.

    Only its hash is kept; an earlier code of the person loses its use. Raises TooOften, and
    CannotBeLinked while a chat is linked.
    """
    limits.hit(f"notify.telegram:{account.pk}", limit=20, per=DAY)
    code = secrets.token_urlsafe(16)
    _await_code(account, Way.TELEGRAM, code=hash_of(code), value="", mark="")
    return code


@transaction.atomic
def take_start(*, code: str, chat: str) -> Account | None:
    """Link a chat that sent a code; return whose it is now, None when the code is of no use.

    The same chat sending it again (Telegram repeats what it is not sure of) changes nothing.
    """
    address = (
        Address.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(way=Way.TELEGRAM, code=hash_of(code), code_until__gt=clock.now())
        .first()
    )
    if address is None or not address.account.is_active:
        return None
    if address.confirmed_at is not None:
        return address.account if address.value == chat else None
    mark = mark_of(Way.TELEGRAM, chat)
    if child_behind(address.account) is not None or _is_crowded(mark):
        return None
    address.value, address.mark = chat, mark
    address.confirmed_at, address.broken_at = clock.now(), None
    address.save(update_fields=["value", "mark", "confirmed_at", "broken_at"])
    return address.account


@transaction.atomic
def leave_chat(*, chat: str) -> int:
    """Unlink a chat from everybody, at its own wish; return from how many."""
    found = Address.objects.filter(mark=mark_of(Way.TELEGRAM, chat)).select_related("account")
    for address in list(found.order_by("pk")):
        unlink(account=address.account, way=Way.TELEGRAM)
    return len(found)


def start_phone(*, account: Account, number: str, visitor: str) -> None:
    """Send a code to a telephone ("+77011234567"); raises TooOften and CannotBeLinked.

    `visitor` names where the request came from. A number gets three codes a day at most, whoever
    asks: a stranger's telephone must not be made to ring.
    """
    mark = mark_of(Way.SMS, number)
    limits.hit(f"notify.phone:{visitor}", limit=10, per=DAY)
    limits.hit(f"notify.phone:{account.pk}", limit=5, per=DAY)
    limits.hit(f"notify.phone:{mark}", limit=3, per=DAY)
    code = f"{secrets.randbelow(10**6):06}"
    with transaction.atomic():
        if _is_crowded(mark):
            raise CannotBeLinked(_("This telephone serves too many people already."))
        hashed = hash_of(f"{account.pk}:{code}")
        _await_code(account, Way.SMS, code=hashed, value=number, mark=mark)
        message = Message(
            account=account, kind=PHONE_CODE, key=f"{PHONE_CODE}:{new_public_id()}", way=Way.SMS
        )
        message.context = f'{{"code": "{code}"}}'
        message.save()
        queue_sending(message)


def confirm_phone(*, account: Account, code: str) -> None:
    """Count the telephone as the person's own; raises WrongCode, after five of them for good."""
    left = _try_code(account, code)
    if left == 0:
        raise WrongCode(_("This code is of no use any more. Ask for a new one."))
    if left is not None:
        raise WrongCode(_("This is not the code that we sent."))


@transaction.atomic
def unlink(*, account: Account, way: Way) -> None:
    """Forget the chat or telephone; what came there comes by e-mail again."""
    Address.objects.filter(account=account, way=way).delete()
    Preference.objects.filter(account=account, way=way).update(way=Way.EMAIL, chosen_at=clock.now())


@transaction.atomic
def _await_code(account: Account, way: Way, **proof: Any) -> None:
    address = Address.objects.select_for_update().filter(account=account, way=way).first()
    if address is not None and address.is_linked:
        raise CannotBeLinked(_("It is linked already. Unlink it first."))
    Address.objects.update_or_create(
        account=account,
        way=way,
        defaults={
            **proof,
            "code_until": clock.now() + CODE_LASTS,
            "tries": 0,
            "confirmed_at": None,
            "broken_at": None,
        },
    )


@transaction.atomic
def _try_code(account: Account, code: str) -> int | None:
    """Return None when the code is right, else how many tries are left; a wrong one is counted."""
    address = Address.objects.select_for_update().filter(account=account, way=Way.SMS).first()
    if (
        address is None
        or not address.code
        or address.code_until is None
        or address.code_until <= clock.now()
        or address.tries >= TRIES
    ):
        return 0
    address.tries += 1
    if hmac.compare_digest(address.code, hash_of(f"{account.pk}:{code}")):
        address.confirmed_at, address.code = clock.now(), ""
        address.save(update_fields=["confirmed_at", "code", "tries"])
        return None
    address.save(update_fields=["tries"])
    return TRIES - address.tries


def _is_crowded(mark: str) -> bool:
    return Address.objects.filter(mark=mark, confirmed_at__isnull=False).count() >= PEOPLE_ON_ONE

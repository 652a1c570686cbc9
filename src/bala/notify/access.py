"""Who may see or do what with letters."""

import hmac

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.notify.enums import Way
from bala.notify.queries.kinds import Kind, NoSuchKind, kind_of
from bala.notify.queries.recipients import child_behind, has_sms, has_telegram
from bala.notify.queries.words import read_switch_off
from bala.people.models import Account


def reader(account: Account | AnonymousUser) -> Account:
    """Return the person whose letters these are, or raise Forbidden: children get none."""
    if not isinstance(account, Account):
        raise Forbidden(_("Sign in to see this."))
    if child_behind(account) is not None:
        raise Forbidden(_("We send no letters to children: they go to your parents or guardians."))
    return account


def linkable(account: Account | AnonymousUser, way: Way) -> Account:
    """Return a person who may link a chat or telephone; raises Forbidden, NotHere without a gateway."""
    found = reader(account)
    if not (has_telegram() if way is Way.TELEGRAM else has_sms()):
        raise NotHere(_("Letters do not go that way here."))
    return found


def telegram_only(secret: str) -> None:
    """Raise Forbidden unless it is Telegram that calls: it shows the secret of the settings."""
    known = settings.BALA_TELEGRAM_SECRET
    if not known or not hmac.compare_digest(known.encode(), secret.encode()):
        raise Forbidden(_("Only Telegram comes here."))


def switched_off_by(token: str) -> tuple[Account, Kind]:
    """Return whose letters of which kind the link of a letter switches off, or raise NotHere."""
    named = read_switch_off(token)
    if named is not None:
        account = Account.objects.filter(public_id=named[0]).first()
        try:
            kind = kind_of(named[1])
        except NoSuchKind:
            kind = None
        if account is not None and kind is not None:
            return account, kind
    raise NotHere(_("This link is not one of ours, or it was cut short on its way."))

"""Who may see or do what with letters."""

import hmac
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.notify.enums import Way
from bala.notify.models import Message
from bala.notify.queries.kinds import Kind, NoSuchKind, kind_of
from bala.notify.queries.outbox import private_kinds
from bala.notify.queries.recipients import child_behind, has_sms, has_telegram
from bala.notify.queries.words import read_switch_off
from bala.people.enums import Role
from bala.people.models import Account, RoleGrant
from bala.people.queries import Scope, rights_of


def reader(account: Account | AnonymousUser) -> Account:
    """Return the person whose letters these are, or raise Forbidden: children get none."""
    if not isinstance(account, Account):
        raise Forbidden(_("Sign in to see this."))
    if child_behind(account) is not None:
        raise Forbidden(_("We send no letters to children: they go to your parents or guardians."))
    return account


@dataclass(frozen=True, slots=True)
class Outbox:
    """The letters of a campaign that somebody may look through."""

    account: Account
    slug: str
    is_coordinator: bool
    scopes: tuple[Scope, ...]  # of an organiser

    def letters(self) -> QuerySet[Message]:
        """Return them. A coordinator's are all of the campaign's, and of those that belong to none
        the families' and those to people with a right in it; an organiser's are those to people with
        a right in the own region or district, and what the organiser wrote."""
        here = RoleGrant.objects.filter(
            account=OuterRef("account"),
            taken_at__isnull=True,
            campaign_slug__in=["", self.slug],
        )
        if self.is_coordinator:
            of_none = Q(kind__in=private_kinds()) | Exists(here)
            return Message.objects.filter(Q(about=self.slug) | Q(about="") & of_none)
        mine = Q(pk__in=[])
        for scope in self.scopes:
            for way in ("", "organisation__"):
                narrowed = Q(**{f"{way}region_id": scope.region_id})
                if scope.district_id is not None:
                    narrowed &= Q(**{f"{way}district_id": scope.district_id})
                mine |= narrowed
        return Message.objects.filter(
            Exists(here.filter(mine)) | Q(written_by=self.account), about=self.slug
        ).exclude(kind__in=private_kinds())


def outbox_of(account: Account | AnonymousUser, slug: str) -> Outbox:
    """Return the letters of a campaign that the person may look through, or raise Forbidden."""
    rights = rights_of(account)
    if isinstance(account, Account):
        coordinates = account.is_superuser or rights.has(Role.COORDINATOR, slug)
        scopes = rights.within(Role.ORGANISER, slug)
        if coordinates or scopes:
            return Outbox(account, slug, coordinates, scopes)
    raise Forbidden(_("Letters are shown to the coordinator and to regional organisers."))


def letter_in(
    account: Account | AnonymousUser, slug: str, public_id: str
) -> tuple[Outbox, Message]:
    """Return a letter of a campaign with the outbox it lies in, or raise Forbidden or NotHere."""
    box = outbox_of(account, slug)
    letters = box.letters().select_related("account", "written_by")
    message = letters.filter(public_id=public_id).first()
    if message is None:
        raise NotHere(_("There is no such letter."))
    return box, message


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

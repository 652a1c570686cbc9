"""Who may look at what before it is public, and who may read what became of it.

A moderator reaches the regions and campaigns of the right, a coordinator all of the campaign. Nobody
decides on what oneself or the own family sent in.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import Role
from bala.people.models import Account
from bala.people.queries import Scope, rights_of
from bala.people.queries.families import children_of
from bala.safeguarding.models import Decision, ModerationItem, Report, ScreeningWord
from bala.safeguarding.queries.items import own_items, public
from bala.safeguarding.queries.queue import decisions_to_look_at_again

Person = Account | AnonymousUser
_SHOWN = (
    "region",
    "child__region",
    "author",
    "claimed_by",
    "first_moderator",
    "second_moderator",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The workplace of a moderator: whose it is and what comes to it."""

    account: Account
    scopes: tuple[Scope, ...]
    is_coordinator: bool

    def items(self) -> QuerySet[ModerationItem]:
        """All items that the person may look at, decided ones included."""
        mine = Q(pk__in=[])
        for scope in self.scopes:
            narrowed = Q()
            if scope.campaign_slug:
                narrowed &= Q(campaign_slug=scope.campaign_slug)
            if scope.region_id is not None:
                narrowed &= Q(region_id=scope.region_id)
            mine |= narrowed or Q(pk__isnull=False)
        own = children_of(self.account).order_by().values("pk")
        return (
            ModerationItem.objects.filter(mine)
            .exclude(author__isnull=False, author=self.account)
            .exclude(child__isnull=False, child__in=own)
            .exclude(others__in=own)
        )


def desk_of(account: Person) -> Desk:
    """Return the workplace of a moderator or a coordinator, or raise Forbidden."""
    if isinstance(account, Account):
        scopes = rights_of(account).scopes
        coordinates = scopes.get(Role.COORDINATOR, ())
        if coordinates or Role.MODERATOR in scopes:
            found = (*coordinates, *scopes.get(Role.MODERATOR, ()))
            return Desk(account, found, bool(coordinates))
    raise Forbidden(_("What waits to be looked at is for moderators."))


def coordinating_desk(account: Person) -> Desk:
    """Return the workplace of a coordinator, or raise Forbidden."""
    desk = desk_of(account)
    if not desk.is_coordinator:
        raise Forbidden(_("Only a coordinator may do this."))
    return desk


def item_on_desk(account: Person, public_id: str) -> tuple[Desk, ModerationItem]:
    """Return the desk and an item on it, or raise Forbidden or NotHere."""
    desk = desk_of(account)
    item = desk.items().select_related(*_SHOWN).filter(public_id=public_id).first()
    if item is None:
        raise NotHere(_("There is no such item on your desk."))
    return desk, item


def decision_on_desk(account: Person, public_id: str) -> tuple[Desk, Decision]:
    """Return a decision that waits for a second look by this person, or raise."""
    desk = desk_of(account)
    decision = (
        decisions_to_look_at_again(desk.items(), desk.account).filter(public_id=public_id).first()
    )
    if decision is None:
        raise NotHere(_("This decision does not wait for your second look."))
    return desk, decision


def own_item(account: Person, public_id: str) -> ModerationItem:
    """Return what the person or the own child sent in, or raise NotHere."""
    if isinstance(account, Account):
        item = (
            own_items(account).select_related("child", "region").filter(public_id=public_id).first()
        )
        if item is not None:
            return item
    raise NotHere(_("You have sent in nothing of this number."))


def reportable_item(public_id: str) -> ModerationItem:
    """Return an item that the public sees, or raise NotHere: what is not public is not reported."""
    item = ModerationItem.objects.filter(public(), public_id=public_id).first()
    if item is None:
        raise NotHere(_("This is not public, or no longer."))
    return item


def known_report(number: str) -> Report:
    """Return a report by the number that its sender got, or raise NotHere."""
    plain = "".join(c for c in number.lower() if c.isalnum())
    report = Report.objects.select_related("item").filter(public_id=plain).first()
    if report is None:
        raise NotHere(_("There is no report of this number."))
    return report


def editable_word(account: Person, public_id: str) -> ScreeningWord:
    """Return a word that a coordinator added, or raise."""
    coordinating_desk(account)
    word = ScreeningWord.objects.filter(public_id=public_id).first()
    if word is None:
        raise NotHere(_("There is no such word in the list."))
    return word

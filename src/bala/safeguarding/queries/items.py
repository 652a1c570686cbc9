"""What the public may see, and what an author may see of the own things."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bala.people.enums import ConsentPurpose
from bala.people.models import Account
from bala.people.queries.consents import in_force
from bala.people.queries.families import children_of
from bala.safeguarding.enums import ItemState
from bala.safeguarding.models import ModerationItem


def public(item: str = "") -> Q:
    """Return the one condition for "may the public see this", to be used in filters.

    `item` is the way from the outer row to its ModerationItem ("moderation", "work__moderation"; ""
    for the items themselves). True for what is approved, while every consent that it needs is in
    force: a withdrawal hides it in the moment in which it is written, with no job in between.
    """
    way = f"{item}__" if item else ""
    condition = Q(**{f"{way}state": ItemState.APPROVED})
    return condition & consented(item)


def consented(item: str = "") -> Q:
    """Return the condition that every consent an item needs is in force, and its child not erased."""
    way = f"{item}__" if item else ""
    condition = Q(**{f"{way}child__isnull": True}) | Q(**{f"{way}child__erased_at__isnull": True})
    for purpose in ConsentPurpose:
        given = in_force().filter(
            Q(about="") | Q(about=OuterRef(f"{way}about")),
            child_id=OuterRef(f"{way}child_id"),
            purpose=purpose,
        )
        condition &= (
            Q(**{f"{way}child__isnull": True})
            | ~Q(**{f"{way}purposes__contains": [purpose]})
            | Q(Exists(given))
        )
    return condition & ~Q(Exists(_others_without_consent(f"{way}pk")))


def _others_without_consent(item: str) -> QuerySet[Any]:
    """Return the further children of the outer row's item for whom a consent is lacking."""
    lacking = Q(child__erased_at__isnull=False)
    for purpose in ConsentPurpose:
        given = in_force().filter(
            Q(about="") | Q(about=OuterRef("moderationitem__about")),
            child_id=OuterRef("child_id"),
            purpose=purpose,
        )
        lacking |= Q(moderationitem__purposes__contains=[purpose]) & ~Q(Exists(given))
    through = ModerationItem.others.through.objects
    return through.filter(lacking, moderationitem_id=OuterRef(item))


def public_items() -> QuerySet[ModerationItem]:
    """Return the items that the public may see."""
    return ModerationItem.objects.filter(public())


def own_items(account: Account) -> QuerySet[ModerationItem]:
    """Return what the person sent in, and what came from the children whom the person represents."""
    return ModerationItem.objects.filter(
        Q(author=account)
        | Q(child__in=children_of(account).order_by().values("pk"))
        | Q(child__account=account)
    )


def by_public_ids(public_ids: Sequence[str]) -> dict[str, ModerationItem]:
    """Return items by their public ids; one query."""
    found = ModerationItem.objects.filter(public_id__in=public_ids)
    return {item.public_id: item for item in found}

"""Makers of things that wait to be looked at."""

from typing import Any

from bala.people.enums import ConsentPurpose, Role
from bala.people.models import Account, Child
from bala.safeguarding import access, actions
from bala.safeguarding.models import ModerationItem
from tests.people.factories import make_account, make_child, make_consents, make_person

PURPOSES = (ConsentPurpose.TAKE_PART, ConsentPurpose.PHOTO, ConsentPurpose.PUBLICATION)


def make_family(**fields: Any) -> tuple[Account, Child]:
    """Make a guardian and a child for whom everything is consented to."""
    guardian = make_account()
    child = make_child(guardian, **fields)
    make_consents(child)
    return guardian, child


def make_item(**fields: Any) -> ModerationItem:
    """Send in a text of a child of Almaty, with what it needs consented to."""
    if "author" not in fields:
        fields["author"], fields["child"] = make_family()
    fields.setdefault("kind", "tests.text")
    fields.setdefault("address", "/kk/tests/text/")
    fields.setdefault("campaign_slug", "bakytty-bala-1")
    fields.setdefault("language", "kk")
    fields.setdefault("title", "Менің отбасым")
    fields.setdefault("text", "Біз демалыста тауға бардық.")
    fields.setdefault("purposes", PURPOSES if fields.get("child") else ())
    return actions.submit(**fields)


def make_desk(**scope: Any) -> access.Desk:
    """Make a moderator and the desk that belongs to the right."""
    return access.desk_of(make_person(Role.MODERATOR, **scope))


def approved(item: ModerationItem, desk: access.Desk | None = None) -> ModerationItem:
    """Let a moderator approve an item."""
    return actions.decide(
        desk=desk or make_desk(),
        item=item,
        revision=item.revision,
        approve=True,
        shows_face=False if item.files.exists() else None,
    )

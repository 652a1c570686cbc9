"""Who saw a child's personal data is on record (standards A11)."""

import pytest
from django.db import ProgrammingError, transaction

from bala.people.actions import note_all_seen, note_seen
from bala.people.enums import Role, SeenWhy
from bala.people.models import ChildSeen
from bala.people.queries.records import seen_of
from tests.people.factories import make_account, make_child, make_person

pytestmark = pytest.mark.django_db


def test_a11_staff_who_see_a_child_are_noted_with_the_reason() -> None:
    child, moderator = make_child(make_account()), make_person(Role.MODERATOR)
    assert note_seen(by=moderator, child=child, why=SeenWhy.MODERATION, about="files.picture:x")
    (row,) = seen_of(child)
    assert (row.seen_by, row.why, row.about) == (moderator, "moderation", "files.picture:x")


def test_the_family_itself_is_not_noted() -> None:
    guardian, own = make_account(), make_account()
    child = make_child(guardian, account=own)
    assert not note_seen(by=guardian, child=child, why=SeenWhy.EVENT)
    assert not note_seen(by=own, child=child, why=SeenWhy.EVENT)
    assert not ChildSeen.objects.exists()


def test_a_list_of_children_is_noted_child_by_child() -> None:
    host = make_person(Role.MODERATOR)
    children = [make_child(make_account()) for _number in range(3)]
    assert note_all_seen(by=host, children=[*children, children[0]], why=SeenWhy.EVENT) == 3
    assert note_all_seen(by=host, children=[], why=SeenWhy.EVENT) == 0


def test_the_record_is_never_rewritten() -> None:
    child = make_child(make_account())
    note_seen(by=make_person(Role.MODERATOR), child=child, why=SeenWhy.EVENT)
    with pytest.raises(ProgrammingError), transaction.atomic():
        ChildSeen.objects.update(why=SeenWhy.AID)

"""Many moderators and reporters at the same moment: real processes on the real database."""

import pytest

from bala.kernel.errors import PersonError
from bala.safeguarding import access, actions
from bala.safeguarding.enums import ItemState
from bala.safeguarding.models import Decision, ModerationItem, Report
from bala.safeguarding.queries import public_items
from tests.programme.races import race
from tests.safeguarding.factories import approved, make_desk, make_item

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_who_take_the_next_get_different_items() -> None:
    items = [make_item() for _n in range(8)]
    desks = [make_desk() for _n in range(12)]

    def take(number: int) -> str:
        item = actions.claim_next(desk=desks[number])
        return item.public_id if item else ""

    taken = race(take, times=12)
    assert sorted(filter(None, taken)) == sorted(item.public_id for item in items)


def test_of_many_who_decide_at_once_one_does() -> None:
    item = make_item()
    desks = [make_desk() for _n in range(8)]

    def decide(number: int) -> str:
        now = actions.decide(
            desk=desks[number],
            item=item,
            revision=item.revision,
            approve=number % 2 == 0,
            reason="off_topic",
        )
        return str(now.state)

    said = race(decide, times=8)
    assert said.count("EditConflict") == 7
    assert Decision.objects.count() == 1


def test_a_report_and_a_decision_at_the_same_moment_never_leave_a_reported_thing_unseen() -> None:
    item = approved(make_item())
    actions.report(item=item, reason="privacy", words="", language="kk", source="a")
    desk = make_desk()
    down = ModerationItem.objects.get(pk=item.pk)
    assert down.state == ItemState.TAKEN_DOWN

    def act(number: int) -> str:
        if number:
            actions.report(
                item=item, reason="privacy", words="", language="kk", source=f"s{number}"
            )
            return "reported"
        now = actions.decide(desk=desk, item=down, revision=down.revision, approve=True)
        return str(now.state)

    said = race(act, times=4)
    item.refresh_from_db()
    if "approved" in said:  # the moderator was first: one report more takes nothing down again
        assert item.state in (ItemState.APPROVED, ItemState.TAKEN_DOWN)
        assert Report.objects.filter(state="open").count() == item.open_reports
    assert (item.waiting_since is not None) == (item.open_reports > 0)
    assert public_items().filter(pk=item.pk).exists() == (item.state == ItemState.APPROVED)


def test_many_reports_from_one_house_are_one() -> None:
    item = approved(make_item())

    def act(_number: int) -> str:
        try:
            filed = actions.report(
                item=item, reason="hurts", words="", language="kk", source="one house"
            )
        except PersonError as error:
            return type(error).__name__
        return "new" if filed.is_new else "known"

    assert sorted(race(act, times=8)) == ["known"] * 7 + ["new"]
    assert access.reportable_item(item.public_id).open_reports == 1

"""A return goes from draft to accepted, and every step is kept."""

import pytest

from bala.kernel.errors import EditConflict
from bala.people.enums import Role
from bala.programme.models import Campaign
from bala.returns.actions.returns import (
    CommentMissing,
    ReturnLocked,
    WrongStep,
    decide_return,
    save_return,
    submit_return,
)
from bala.returns.enums import ReturnStatus, Step
from bala.returns.models import RegionalReturn
from bala.returns.queries.figures import figures_of
from bala.returns.queries.returns import changes_since, shown_return
from tests.people.factories import make_person
from tests.programme.factories import make_activity
from tests.returns.factories import make_result
from tests.territory.factories import region

pytestmark = pytest.mark.django_db


def save(campaign: Campaign, revision: int = 0, **texts: str) -> RegionalReturn:
    block = campaign.blocks.get()
    return save_return(
        campaign=campaign,
        region=region(),
        revision=revision,
        texts={block.pk: texts.get("text", "Проведены эстафеты")},
        difficulties="",
        proposals="",
        media=[],
    )


def test_an_accepted_return_is_locked_until_it_is_reopened_with_a_reason() -> None:
    campaign = make_activity().campaign
    who = make_person(Role.COORDINATOR)
    one = save(campaign)
    submit_return(account=who, one=one, revision=one.revision)
    one = decide_return(account=who, one=one, revision=one.revision + 1, step=Step.ACCEPTED)
    with pytest.raises(ReturnLocked):
        save(campaign, one.revision)
    with pytest.raises(CommentMissing):
        decide_return(account=who, one=one, revision=one.revision, step=Step.REOPENED)
    one = decide_return(
        account=who, one=one, revision=one.revision, step=Step.REOPENED, comment="Уточните"
    )
    assert (one.status, one.comment) == (ReturnStatus.SENT_BACK, "Уточните")
    assert [s.verb for s in one.steps.order_by("pk")] == ["submitted", "accepted", "reopened"]


def test_only_a_submitted_return_is_decided_on() -> None:
    who = make_person(Role.COORDINATOR)
    one = save(make_activity().campaign)
    with pytest.raises(WrongStep):
        decide_return(account=who, one=one, revision=one.revision, step=Step.ACCEPTED)


def test_the_second_of_two_who_save_sees_the_conflict() -> None:
    campaign = make_activity().campaign
    first = save(campaign)
    save(campaign, first.revision)
    with pytest.raises(EditConflict):
        save(campaign, first.revision)


def test_both_versions_and_their_difference_are_kept() -> None:
    activity = make_activity()
    campaign = activity.campaign
    who = make_person(Role.COORDINATOR)
    make_result(activity, children=40)
    one = save(campaign)
    submit_return(account=who, one=one, revision=one.revision)
    one = decide_return(
        account=who, one=one, revision=one.revision + 1, step=Step.SENT_BACK, comment="Ещё"
    )
    make_result(activity, children=10)
    one = save(campaign, one.revision, text="Проведены семейные эстафеты")
    submit_return(account=who, one=one, revision=one.revision)
    one.refresh_from_db()
    shown = shown_return(one)
    assert [v.number for v in shown.versions] == [1, 2]
    assert ("added", "семейные") in shown.text_changes[0].pieces
    assert {(c.key, c.before, c.after) for c in shown.figure_changes} >= {
        ("KZ-75.children", "40", "50")
    }
    assert shown.since == []


def test_a_result_after_acceptance_shows_as_a_change() -> None:
    activity = make_activity()
    who = make_person(Role.COORDINATOR)
    one = save(activity.campaign)
    submit_return(account=who, one=one, revision=one.revision)
    one.refresh_from_db()
    make_result(activity, children=7)
    found = changes_since(one, figures_of(activity.campaign))
    assert ("KZ-75.children", "7") in {(c.key, str(c.after)) for c in found}

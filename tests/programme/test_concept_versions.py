"""A second version of a concept: what differs, and that plans stay where they were."""

from typing import Any

import pytest
from django.db import connection

from bala.programme.actions.concept import AlreadyPublished, attach_concept, publish_concept
from bala.programme.actions.concept_lines import correct_activity, delete_activity
from bala.programme.actions.versions import DifferencesChanged, publish_version
from bala.programme.enums import ConceptStatus
from bala.programme.models import Activity, Campaign
from bala.programme.queries.drafts import review_of
from bala.programme.queries.versions import Differences, differences, likeness
from tests.programme.concepts import (
    SECOND_TEXT,
    TEXT,
    make_document,
    make_published,
    national_coordinator,
)
from tests.programme.factories import make_plan_item
from tests.programme.test_concept import values

pytestmark = pytest.mark.django_db


def compare(campaign: Campaign, document: object) -> Differences:
    return differences(campaign, review_of(document))  # type: ignore[arg-type]


def test_the_same_document_differs_in_nothing() -> None:
    campaign = make_published()
    found = compare(campaign, make_document(campaign=campaign))
    assert (found.added, found.changed, found.removed, found.campaign, found.blocks) == (
        [],
        [],
        [],
        [],
        [],
    )
    assert len(found.same) == 5


def test_lines_are_found_again_by_their_words() -> None:
    campaign = make_published()
    relay, concert, _meeting = campaign.activities.filter(block__number=1).order_by("number")
    contest = campaign.activities.get(block__number=2, number=1)
    found = compare(campaign, make_document(campaign=campaign, text=SECOND_TEXT))
    assert [one.line and one.line.text for one in found.added] == [
        "благотворительные акции для детей;"
    ]
    assert [one.activity for one in found.removed] == [contest]
    moved = {one.activity: [c.field for c in one.changes] for one in found.changed}
    assert moved[relay] == ["number"]
    assert "text" in moved[concert]


def test_plans_stay_attached_and_lines_that_are_gone_are_withdrawn() -> None:
    campaign = make_published()
    relay = campaign.activities.get(block__number=1, number=1)
    contest = campaign.activities.get(block__number=2, number=1)
    kept, orphan = make_plan_item(relay), make_plan_item(contest)
    document = make_document(campaign=campaign, text=SECOND_TEXT)
    found = compare(campaign, document)
    assert [(one.activity, one.plan_items) for one in found.removed] == [(contest, 1)]
    publish_version(account=None, document=document, fingerprint=found.fingerprint)
    relay.refresh_from_db()
    contest.refresh_from_db()
    assert (relay.number, relay.withdrawn_at) == (2, None)
    assert contest.withdrawn_at is not None
    kept.refresh_from_db()
    orphan.refresh_from_db()
    assert (kept.activity_id, orphan.activity_id) == (relay.pk, contest.pk)
    live = campaign.activities.filter(withdrawn_at=None)
    assert live.count() == 5
    statuses = campaign.concepts.order_by("version").values_list("version", "status")
    assert list(statuses) == [(1, ConceptStatus.SUPERSEDED), (2, ConceptStatus.PUBLISHED)]


def test_a_line_that_comes_back_in_a_third_version_does_not_collide() -> None:
    campaign = make_published()
    for text in (SECOND_TEXT, None):
        more: Any = {"text": text} if text else {}
        document = make_document(campaign=campaign, **more)
        mark = compare(campaign, document).fingerprint
        publish_version(account=None, document=document, fingerprint=mark)
    live = campaign.activities.filter(withdrawn_at=None).order_by("block__number", "number")
    assert [(one.block.number, one.number) for one in live.select_related("block")] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 1),
        (2, 2),
    ]


def test_unchanged_lines_keep_what_people_decided() -> None:
    campaign = make_published()
    relay = campaign.activities.get(block__number=1, number=1)
    Activity.objects.filter(pk=relay.pk).update(
        title_ru="Эстафеты", title_kk="Эстафеталар", kind="story"
    )
    review = review_of(make_document(campaign=campaign, text=SECOND_TEXT))
    line = next(one for _b, _n, one in review.lines() if one.text == relay.text)
    assert (line.titles["ru"], line.titles["kk"], line.kind) == ("Эстафеты", "Эстафеталар", "story")


def test_what_was_not_shown_is_not_confirmed() -> None:
    campaign = make_published()
    document = make_document(campaign=campaign, text=SECOND_TEXT)
    mark = compare(campaign, document).fingerprint
    line = review_of(document).blocks[0].lines[0]
    correct_activity(
        document=document, key=line.key, revision=1, values=values(line, kind="benefit")
    )
    # The line is new, so only its own kind changed: the list of differences names the same lines.
    delete_activity(document=document, key=line.key, revision=2)
    with pytest.raises(DifferencesChanged):
        publish_version(account=None, document=document, fingerprint=mark)
    assert campaign.activities.filter(withdrawn_at=None).count() == 5
    assert not Campaign.objects.filter(revision__gt=1).exists()


def test_a_version_is_not_published_as_a_new_campaign() -> None:
    campaign = make_published()
    document = make_document(campaign=campaign, text=SECOND_TEXT)
    with pytest.raises(AlreadyPublished):
        publish_concept(account=None, document=document)
    assert Campaign.objects.count() == 1


def test_a_draft_becomes_a_version_of_a_campaign_afterwards() -> None:
    account = national_coordinator()
    campaign = make_published(account)
    document = make_document(account)
    attach_concept(account=account, document=document, campaign=campaign)
    document.refresh_from_db()
    assert (document.campaign, document.version) == (campaign, 2)


def test_likeness_tells_rewording_from_another_line() -> None:
    line = "проведение онлайн вебинаров по соблюдению правил поведения на воде, водных объектах"
    reworded = "проведение онлайн-вебинаров по соблюдению правил поведения на воде и водоёмах"
    assert likeness(line, line.upper() + "!") == 1
    assert likeness(line, reworded) > 0.75
    assert likeness(line, "семейные спортивные эстафеты") < 0.3


def test_a_line_is_known_by_its_official_name_however_it_is_reworded() -> None:
    campaign = make_published()
    contest = campaign.activities.get(name="Моя мечта")
    text = TEXT.replace(
        "республиканский конкурс видеоблогеров 10-17 лет «Моя мечта» (финал 1 июня 2021 года)",
        "«Моя мечта»: состязание юных авторов роликов со всей страны",
    )
    found = compare(campaign, make_document(campaign=campaign, text=text))
    assert [one.activity for one in found.changed] == [contest]
    assert (found.added, found.removed) == ([], [])


def test_comparing_costs_the_same_for_every_size(django_assert_num_queries: object) -> None:
    campaign = make_published()
    for text in (SECOND_TEXT, SECOND_TEXT.replace("эстафеты;", "эстафеты;\nзабеги;\nигры детей;")):
        document = make_document(campaign=campaign, text=text)
        with django_assert_num_queries(4, connection=connection):  # type: ignore[operator]
            compare(campaign, document)

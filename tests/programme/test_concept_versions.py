"""A second version of a concept: what differs, and that plans stay where they were."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bala.kernel.errors import NotHere
from bala.programme.actions.concept import (
    AlreadyPublished,
    attach_concept,
    discard_concept,
    publish_concept,
)
from bala.programme.actions.concept_lines import correct_activity, delete_activity
from bala.programme.actions.concept_pairs import PairedAlready, pair_line
from bala.programme.actions.versions import DifferencesChanged, publish_version
from bala.programme.enums import ConceptStatus
from bala.programme.models import Activity, Campaign, ConceptDocument
from bala.programme.queries.drafts import NEW, ReviewLine, review_of
from bala.programme.queries.version_matching import likeness
from bala.programme.queries.versions import Differences, differences
from tests.programme.concepts import (
    SECOND_TEXT,
    TEXT,
    make_document,
    make_published,
    national_coordinator,
)
from tests.programme.factories import make_activity, make_plan_item
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


def publish(campaign: Campaign, text: str = TEXT) -> Differences:
    """Publish a text as the campaign's next version."""
    document = make_document(campaign=campaign, text=text)
    mark = compare(campaign, document).fingerprint
    return publish_version(account=None, document=document, fingerprint=mark)


def test_a_line_that_comes_back_is_the_activity_that_it_was_with_its_plans() -> None:
    campaign = make_published()
    contest = campaign.activities.get(name="Моя мечта")
    planned = make_plan_item(contest)
    assert [one.activity for one in publish(campaign, SECOND_TEXT).removed] == [contest]
    found = publish(campaign, TEXT)
    assert [(one.activity, one.plan_items) for one in found.returned] == [(contest, 1)]
    assert contest.name not in [one.line and one.line.name for one in found.added]
    again = campaign.activities.get(name="Моя мечта")
    assert (again.pk, again.public_id) == (contest.pk, contest.public_id)
    assert (again.withdrawn_at, again.block.number, again.number) == (None, 2, 1)
    assert list(again.plan_items.all()) == [planned]


def test_a_block_that_comes_back_keeps_its_address() -> None:
    campaign = make_published()
    block = campaign.blocks.get(number=2)
    lines = set(block.activities.values_list("public_id", flat=True))
    publish(campaign, TEXT[: TEXT.index("Блок 2.")])
    block.refresh_from_db()
    assert block.withdrawn_at is not None
    publish(campaign, TEXT)
    again = campaign.blocks.get(number=2, withdrawn_at=None)
    assert again.public_id == block.public_id
    live = again.activities.filter(withdrawn_at=None)
    assert set(live.values_list("public_id", flat=True)) == lines


def test_what_stands_goes_before_what_was_withdrawn() -> None:
    """The withdrawn line is merely alike: the one that stands is meant."""
    campaign = make_published()
    meeting = campaign.activities.get(text__startswith="встречи с приёмными")
    first = TEXT.replace("встречи с приёмными семьями", "вечера сказок у костра")
    publish(campaign, first)
    publish(campaign, first.replace("костра.", "костра;\nвстречи с приёмными семьями города."))
    reworded = campaign.activities.get(text__startswith="встречи", withdrawn_at=None)
    assert reworded == meeting
    found = compare(
        campaign,
        make_document(
            campaign=campaign,
            text=first.replace("костра.", "костра;\nвстречи с приёмными семьями в школах города."),
        ),
    )
    assert [one.activity for one in found.changed] == [meeting]


def test_a_retold_line_that_comes_back_is_new_unless_a_person_pairs_it() -> None:
    campaign = make_published()
    contest = campaign.activities.get(name="Моя мечта")
    publish(campaign, SECOND_TEXT)
    told = SECOND_TEXT.replace(
        "онлайн посещение", "состязание юных авторов роликов;\nонлайн посещение"
    )
    document = make_document(campaign=campaign, text=told)
    line = line_with(document, "состязание юных авторов роликов;")
    assert [one.line and one.line.key for one in compare(campaign, document).added] == [line.key]
    pair_line(document=document, key=line.key, revision=1, continues=contest.public_id)
    document.refresh_from_db()
    found = compare(campaign, document)
    assert [one.activity for one in found.returned] == [contest]
    publish_version(account=None, document=document, fingerprint=found.fingerprint)
    contest.refresh_from_db()
    assert (contest.text, contest.withdrawn_at) == ("состязание юных авторов роликов;", None)


def line_with(document: ConceptDocument, text: str) -> ReviewLine:
    document.refresh_from_db()
    return next(line for _b, _n, line in review_of(document).lines() if line.text == text)


def test_a_wrong_pair_is_taken_apart_with_the_texts_that_came_by_it() -> None:
    campaign = make_published()
    concert = campaign.activities.get(text__startswith="концертные")
    Activity.objects.filter(pk=concert.pk).update(title_kk="Концерттер")
    document = make_document(campaign=campaign, text=SECOND_TEXT)
    line = next(
        one for _b, _n, one in review_of(document).lines() if one.text.startswith("концертные")
    )
    assert line.titles["kk"] == "Концерттер"
    pair_line(document=document, key=line.key, revision=1, continues=NEW)
    after = line_with(document, line.text)
    assert (after.titles["kk"], after.titles["ru"]) == ("", line.titles["ru"])
    found = compare(campaign, document)
    assert after.key in [one.line and one.line.key for one in found.added]
    assert concert in [one.activity for one in found.removed]
    pair_line(document=document, key=line.key, revision=after.revision, continues="")
    assert line_with(document, line.text).titles["kk"] == "Концерттер"
    assert concert in [one.activity for one in compare(campaign, document).changed]


def test_pairs_made_by_hand_survive_corrections_and_reading_the_file_again() -> None:
    campaign = make_published()
    contest = campaign.activities.get(name="Моя мечта")
    text = "благотворительные акции для детей;"
    first = make_document(campaign=campaign, text=SECOND_TEXT)
    line = line_with(first, text)
    pair_line(document=first, key=line.key, revision=1, continues=contest.public_id)
    line = line_with(first, text)
    changed = values(line, kind="charity")
    correct_activity(document=first, key=line.key, revision=line.revision, values=changed)
    assert line_with(first, text).continues == contest.public_id
    discard_concept(document=first)
    again = make_document(campaign=campaign, text=SECOND_TEXT)
    assert line_with(again, text).continues == contest.public_id
    assert contest in [one.activity for one in compare(campaign, again).changed]


def test_what_was_called_new_and_published_is_not_called_new_again() -> None:
    campaign = make_published()
    document = make_document(campaign=campaign, text=SECOND_TEXT)
    line = next(
        one for _b, _n, one in review_of(document).lines() if one.text.startswith("концертные")
    )
    pair_line(document=document, key=line.key, revision=1, continues=NEW)
    document.refresh_from_db()
    mark = compare(campaign, document).fingerprint
    publish_version(account=None, document=document, fingerprint=mark)
    third = compare(campaign, make_document(campaign=campaign, text=SECOND_TEXT))
    assert (third.added, third.removed, third.returned, third.changed) == ([], [], [], [])


def test_two_lines_are_not_the_same_activity() -> None:
    campaign = make_published()
    relay = campaign.activities.get(block__number=1, number=1)
    document = make_document(campaign=campaign, text=SECOND_TEXT)
    first, second, *_rest = [line for _b, _n, line in review_of(document).lines()]
    pair_line(document=document, key=first.key, revision=1, continues=relay.public_id)
    moved = line_with(document, second.text)
    with pytest.raises(PairedAlready, match=r"1\.1"):
        pair_line(
            document=document,
            key=second.key,
            revision=moved.revision,
            continues=relay.public_id,
        )
    with pytest.raises(NotHere):
        pair_line(
            document=document,
            key=second.key,
            revision=moved.revision,
            continues=make_activity().public_id,
        )
    # The line that was the relay by its words gave it up.
    found = compare(campaign, document)
    assert second.key in [one.line and one.line.key for one in found.added]


def test_the_editor_pairs_on_a_page_and_sees_what_somebody_else_chose(client: Client) -> None:
    account = national_coordinator()
    campaign = make_published(account)
    contest = campaign.activities.get(name="Моя мечта")
    planned = make_plan_item(contest, title_ru="Отбор роликов")
    document = make_document(account, campaign=campaign, text=SECOND_TEXT)
    line = line_with(document, "благотворительные акции для детей;")
    client.force_login(account)
    publish_url = reverse("programme:concept_publish", args=[document.public_id])
    rows_url = reverse("programme:coverage_activity", args=[campaign.slug, contest.public_id])
    where = reverse("programme:concept_pair", args=[document.public_id, line.key])
    shown = client.get(publish_url).content.decode()
    assert f'href="{rows_url}"' in shown
    assert f'href="{where}"' in shown
    assert planned.public_id in client.get(rows_url).content.decode()
    assert contest.public_id in client.get(where).content.decode()
    chosen = client.post(where, {"revision": 1, "continues": contest.public_id})
    assert (chosen.status_code, chosen["Location"]) == (302, f"{publish_url}#{line.key}")
    late = client.post(where, {"revision": 1, "continues": NEW})
    assert late.status_code == 409
    assert "Моя мечта" in late.content.decode()
    assert client.post(where, {"revision": 1, "continues": "nobody"}).status_code == 422
    relay = campaign.activities.get(block__number=1, number=1)
    taken = reverse(
        "programme:concept_pair",
        args=[document.public_id, line_with(document, relay.text).key],
    )
    given = {"revision": line_with(document, relay.text).revision, "continues": contest.public_id}
    refused = client.post(taken, given)
    assert refused.status_code == 422
    assert "1.1" in refused.content.decode()


def test_a_new_campaigns_draft_has_nothing_to_pair_with(client: Client) -> None:
    account = national_coordinator()
    document = make_document(account)
    client.force_login(account)
    line = review_of(document).blocks[0].lines[0]
    where = reverse("programme:concept_pair", args=[document.public_id, line.key])
    assert client.get(where).status_code == 404
    review = client.get(reverse("programme:concept_review", args=[document.public_id]))
    assert where not in review.content.decode()


def test_a_new_line_that_may_be_a_withdrawn_one_is_asked_about_and_paired_by_one_button(
    client: Client,
) -> None:
    account = national_coordinator()
    campaign = make_published(account)
    relay = campaign.activities.get(block__number=1, number=1)
    told = TEXT.replace("семейные спортивные эстафеты", "старты пап, мам и детей на стадионах")
    document = make_document(account, campaign=campaign, text=told)
    (added,) = compare(campaign, document).added
    assert added.perhaps == relay
    client.force_login(account)
    publish_url = reverse("programme:concept_publish", args=[document.public_id])
    assert f'name="continues" value="{relay.public_id}"' in client.get(publish_url).content.decode()
    assert added.line is not None
    where = reverse("programme:concept_pair", args=[document.public_id, added.line.key])
    assert client.post(where, {"revision": 1, "continues": relay.public_id}).status_code == 302
    document.refresh_from_db()
    found = compare(campaign, document)
    assert (found.added, found.removed) == ([], [])


def test_nobody_is_asked_about_lines_that_have_nothing_in_common() -> None:
    campaign = make_published()
    found = compare(campaign, make_document(campaign=campaign, text=SECOND_TEXT))
    assert [one.perhaps for one in found.added] == [None]

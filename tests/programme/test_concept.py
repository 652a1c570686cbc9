"""From a document to a campaign: importing, correcting, publishing."""

from datetime import date

import pytest
from django.db import connection

from bala.concept.errors import DocumentTooLarge, UnreadableDocument
from bala.kernel.errors import Forbidden
from bala.people.enums import Role
from bala.people.models import RoleGrant
from bala.programme.actions.concept import (
    AlreadyPublished,
    NotReady,
    SlugTaken,
    discard_concept,
    import_concept,
    publish_concept,
)
from bala.programme.actions.concept_lines import (
    AgesReversed,
    DatesReversed,
    DraftChanged,
    LineValues,
    NothingToMerge,
    NothingToSplit,
    NumberTaken,
    add_activity,
    add_block,
    correct_activity,
    correct_block,
    correct_front,
    delete_activity,
    delete_block,
    merge_activities,
    move_activity,
    split_activity,
    split_at_marker,
)
from bala.programme.enums import CampaignStatus, ConceptStatus
from bala.programme.models import Activity, Campaign, ConceptDocument
from bala.programme.queries.drafts import Review, ReviewLine, review_of
from bala.programme.queries.readiness import faults_of, missing_translations, notes_of
from bala.programme.queries.slugs import free_slug, latin
from tests.people.factories import make_person
from tests.programme.concepts import TEXT, make_document, make_published, national_coordinator
from tests.programme.factories import make_campaign

pytestmark = pytest.mark.django_db


def read_again(document: ConceptDocument) -> Review:
    document.refresh_from_db()
    return review_of(document)


def first_line(document: ConceptDocument) -> ReviewLine:
    return read_again(document).blocks[0].lines[0]


def texts(document: ConceptDocument, block: int = 0) -> list[str]:
    return [line.text for line in read_again(document).blocks[block].lines]


def values(line: ReviewLine, **changed: object) -> LineValues:
    given = {
        "titles": line.titles,
        "name": line.name,
        "kind": line.kind,
        "level": line.level,
        **changed,
    }
    return LineValues(**given)  # type: ignore[arg-type]


def test_an_imported_document_keeps_its_source_and_its_draft() -> None:
    document = make_document()
    review = read_again(document)
    assert document.status == ConceptStatus.DRAFT
    assert document.source_lines[0] == "КОНЦЕПЦИЯ"
    assert [len(block.lines) for block in review.blocks] == [3, 2]
    assert (review.starts_on, review.ends_on) == (date(2021, 5, 20), date(2021, 6, 20))
    assert review.titles["ru"] == "Қуанышты күн"
    contest = review.blocks[1].lines[0]
    assert (contest.kind, contest.min_age, contest.max_age) == ("contest", 10, 17)
    assert document.source_lines[contest.line - 1].startswith("республиканский конкурс")


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "concept.docx"),
        (b"", "a.txt"),
        (b"PK\x03\x04", "b.docx"),
    ],
)
def test_nothing_is_kept_of_what_cannot_be_read(data: bytes, filename: str) -> None:
    with pytest.raises(UnreadableDocument):
        import_concept(account=None, filename=filename, data=data)
    assert ConceptDocument.objects.count() == 0


def test_a_file_above_the_limit_is_refused_before_it_is_read(settings: object) -> None:
    settings.BALA_MAX_DOCUMENT_MB = 1  # type: ignore[attr-defined]
    with pytest.raises(DocumentTooLarge):
        import_concept(account=None, filename="a.txt", data=TEXT.encode() + b" " * 1024 * 1024)


def test_a_draft_becomes_a_campaign_with_its_lines_and_regions() -> None:
    account = national_coordinator()
    campaign = publish_concept(account=account, document=make_document(account))
    assert campaign.slug == "kuanyshty-kun-2021"
    assert campaign.status == CampaignStatus.PUBLISHED
    assert [b.activities.count() for b in campaign.blocks.order_by("number")] == [3, 2]
    assert campaign.regions.count() == 17
    assert campaign.plans_due_on == date(2021, 5, 18)
    assert campaign.returns_due_on == date(2021, 6, 27)
    line = campaign.activities.get(block__number=2, number=1)
    assert line.name == "Моя мечта"
    assert line.title_ru
    assert line.text == (
        "республиканский конкурс видеоблогеров 10-17 лет «Моя мечта» (финал 1 июня 2021 года);"
    )
    assert RoleGrant.objects.filter(account=account, campaign_slug=campaign.slug).exists()


def test_a_campaign_of_2022_has_twenty_regions() -> None:
    document = make_document(text=TEXT.replace("2021", "2022"))
    assert publish_concept(account=None, document=document).regions.count() == 20


def test_a_campaign_can_be_prepared_before_the_public_sees_it() -> None:
    campaign = make_published(public=False, slug="our-own")
    assert (campaign.status, campaign.slug) == (CampaignStatus.DRAFT, "our-own")


def test_a_taken_address_is_refused_and_nothing_is_made() -> None:
    taken = make_campaign().slug
    document = make_document()
    with pytest.raises(SlugTaken):
        publish_concept(account=None, document=document, slug=taken)
    assert Campaign.objects.count() == 1
    assert read_again(document)
    assert document.status == ConceptStatus.DRAFT


def test_a_document_is_published_once() -> None:
    document = make_document()
    publish_concept(account=None, document=document)
    with pytest.raises(AlreadyPublished):
        publish_concept(account=None, document=document)
    assert Campaign.objects.count() == 1


def test_a_draft_without_a_period_says_so_instead_of_publishing() -> None:
    document = make_document(text=TEXT.replace(", с 20 мая по 20 июня 2021 года", ""))
    with pytest.raises(NotReady) as refused:
        publish_concept(account=None, document=document)
    assert len(refused.value.faults) == 1
    assert Campaign.objects.count() == 0


def test_a_discarded_document_stays_on_record_and_cannot_be_published() -> None:
    document = make_document()
    discard_concept(document=document)
    with pytest.raises(AlreadyPublished):
        publish_concept(account=None, document=document)
    assert ConceptDocument.objects.get().status == ConceptStatus.DISCARDED


def test_only_its_coordinator_brings_a_next_version_of_a_campaign() -> None:
    campaign = make_published()
    stranger = make_person(Role.COORDINATOR, campaign_slug="another")
    with pytest.raises(Forbidden):
        make_document(stranger, campaign=campaign)
    assert ConceptDocument.objects.count() == 1


def test_a_line_is_corrected_in_three_languages() -> None:
    document = make_document()
    line = first_line(document)
    changed = values(
        line,
        titles={"kk": "Отбасылық эстафеталар", "ru": "Эстафеты", "en": "Relays"},
        kind="sport",
        formats=["online", "on_site"],
        starts_on=date(2021, 6, 1),
        ends_on=date(2021, 6, 2),
        min_age=6,
        max_age=12,
    )
    correct_activity(document=document, key=line.key, revision=line.revision, values=changed)
    again = first_line(document)
    assert again.titles["kk"] == "Отбасылық эстафеталар"
    assert (again.starts_on, again.max_age, again.revision) == (date(2021, 6, 1), 12, 2)
    assert again.text == line.text


def test_whoever_saves_second_is_told_and_the_first_stays() -> None:
    document = make_document()
    line = first_line(document)
    correct_activity(
        document=document, key=line.key, revision=1, values=values(line, name="Первый")
    )
    with pytest.raises(DraftChanged):
        correct_activity(
            document=document, key=line.key, revision=1, values=values(line, name="Второй")
        )
    assert first_line(document).name == "Первый"


def test_two_people_correct_different_lines_at_the_same_time() -> None:
    document = make_document()
    one, two, _three = read_again(document).blocks[0].lines
    correct_activity(document=document, key=one.key, revision=1, values=values(one, name="A"))
    correct_activity(document=document, key=two.key, revision=1, values=values(two, name="B"))
    assert [line.name for line in read_again(document).blocks[0].lines[:2]] == ["A", "B"]


def test_dates_and_ages_in_the_wrong_order_are_refused() -> None:
    document = make_document()
    line = first_line(document)
    with pytest.raises(DatesReversed):
        correct_activity(
            document=document,
            key=line.key,
            revision=1,
            values=values(line, starts_on=date(2021, 6, 2), ends_on=date(2021, 6, 1)),
        )
    with pytest.raises(AgesReversed):
        correct_activity(
            document=document, key=line.key, revision=1, values=values(line, min_age=9, max_age=8)
        )
    with pytest.raises(DatesReversed):
        correct_front(
            document=document,
            revision=1,
            values={"starts_on": date(2021, 6, 2), "ends_on": date(2021, 6, 1)},
        )
    assert first_line(document).revision == 1


def test_a_line_is_split_and_both_halves_are_read_again() -> None:
    document = make_document(
        text=TEXT.replace(
            "семейные спортивные эстафеты;",
            "семейные спортивные эстафеты, онлайн вебинары для родителей;",
        )
    )
    line = first_line(document)
    cut = line.text.index("онлайн")
    split_activity(document=document, key=line.key, revision=1, position=cut)
    first, second = read_again(document).blocks[0].lines[:2]
    assert (first.text, first.kind) == ("семейные спортивные эстафеты", "sport")
    assert (second.text, second.kind) == ("онлайн вебинары для родителей", "lecture_or_webinar")
    assert second.formats == ["online"]
    assert second.line == first.line == line.line


def test_a_line_is_split_where_a_person_breaks_it() -> None:
    document = make_document()
    line = first_line(document)
    split_at_marker(
        document=document, key=line.key, revision=1, text="семейные спортивные\nэстафеты"
    )
    assert texts(document)[:2] == ["семейные спортивные", "эстафеты"]


@pytest.mark.parametrize("position", [0, 10_000])
def test_a_cut_that_leaves_an_empty_half_is_refused(position: int) -> None:
    document = make_document()
    key = first_line(document).key
    with pytest.raises(NothingToSplit):
        split_activity(document=document, key=key, revision=1, position=position)


def test_two_lines_are_joined_and_the_last_has_no_next() -> None:
    document = make_document()
    merge_activities(document=document, key=first_line(document).key, revision=1)
    first, second = read_again(document).blocks[0].lines
    assert first.text.startswith("семейные спортивные эстафеты; концертные программы")
    assert "hybrid" in first.formats or "online" in first.formats
    with pytest.raises(NothingToMerge):
        merge_activities(document=document, key=second.key, revision=1)


def test_a_line_moves_down_up_and_into_the_next_block() -> None:
    document = make_document()
    before = texts(document)
    key = first_line(document).key
    move_activity(document=document, key=key, revision=1, step=1)
    assert texts(document) == [before[1], before[0], before[2]]
    move_activity(document=document, key=key, revision=1, step=1)
    move_activity(document=document, key=key, revision=1, step=1)
    assert texts(document) == before[1:]
    assert texts(document, 1)[0] == before[0]
    move_activity(document=document, key=key, revision=1, step=-1)
    assert texts(document) == [*before[1:], before[0]]


def test_the_first_line_of_all_stays_where_it_is_when_moved_up() -> None:
    document = make_document()
    before = texts(document)
    move_activity(document=document, key=first_line(document).key, revision=1, step=-1)
    assert texts(document) == before


def test_lines_and_blocks_are_added_and_removed() -> None:
    document = make_document()
    delete_activity(document=document, key=first_line(document).key, revision=1)
    block = add_block(document=document, title="Спорт")
    add_activity(document=document, block_key=block, text="турнир по футболу среди детей")
    review = read_again(document)
    assert [len(one.lines) for one in review.blocks] == [2, 2, 1]
    assert (review.blocks[2].number, review.blocks[2].lines[0].kind) == (3, "sport")
    delete_block(document=document, key=block, revision=1)
    assert len(read_again(document).blocks) == 2


def test_a_block_takes_its_place_by_its_number() -> None:
    document = make_document()
    block = read_again(document).blocks[0]
    texts_given = {"titles": block.titles, "goals": block.goals}
    with pytest.raises(NumberTaken):
        correct_block(document=document, key=block.key, revision=1, number=2, **texts_given)
    correct_block(document=document, key=block.key, revision=1, number=5, **texts_given)
    assert [one.number for one in read_again(document).blocks] == [2, 5]


def test_nothing_is_corrected_after_publishing() -> None:
    document = make_document()
    key = first_line(document).key
    publish_concept(account=None, document=document)
    with pytest.raises(AlreadyPublished):
        delete_activity(document=document, key=key, revision=1)
    assert Activity.objects.count() == 5


def test_the_checks_name_what_is_missing() -> None:
    document = make_document()
    review = read_again(document)
    assert faults_of(review) == []
    assert (
        missing_translations(review) == 16
    )  # campaign, two blocks, five lines; two languages each
    review.blocks[0].titles = {"kk": "", "ru": "", "en": ""}
    review.blocks[0].number = 2
    review.blocks[1].lines[0].starts_on = date(2021, 8, 1)
    review.blocks[1].lines[0].ends_on = date(2021, 8, 2)
    assert len(faults_of(review)) == 2
    assert any(note.key == review.blocks[1].lines[0].key for note in notes_of(review))


def test_addresses_are_latin_and_free() -> None:
    assert latin("Бақытты бала – бақытты ел") == "bakytty-bala-bakytty-el"
    make_campaign(slug="bakytty-bala-2021")
    assert free_slug("Бақытты бала", 2021) == "bakytty-bala-2021-2"
    assert free_slug("!!!", 2021) == "campaign-2021"


def test_importing_costs_the_same_however_long_the_document(
    django_assert_max_num_queries: object,
) -> None:
    lines = "".join(f"семейная эстафета номер {number};\n" for number in range(200))
    long = TEXT.replace("семейные спортивные эстафеты;\n", lines)
    with django_assert_max_num_queries(25, connection=connection):  # type: ignore[operator]
        publish_concept(account=None, document=make_document(text=long))
    assert Activity.objects.count() == 204

"""The pages of bringing a concept in: what a coordinator does there, with and without htmx."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.actions.concept import AlreadyPublished, import_concept, publish_concept
from bala.programme.enums import CampaignStatus, ConceptStatus
from bala.programme.models import Campaign, ConceptDocument, NotApplicable
from bala.programme.queries.drafts import ReviewLine, review_of
from tests.people.factories import make_person
from tests.programme.concepts import (
    SECOND_TEXT,
    TEXT,
    make_document,
    make_published,
    national_coordinator,
)
from tests.programme.factories import make_activity, make_plan_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Account:
    return national_coordinator()


@pytest.fixture
def desk(coordinator: Account) -> Client:
    """The coordinator's browser."""
    client = Client()
    client.force_login(coordinator)
    return client


def url(name: str, **kwargs: Any) -> str:
    return reverse(f"programme:{name}", kwargs=kwargs)


def line_url(name: str, document: ConceptDocument, line: ReviewLine) -> str:
    return url(name, public_id=document.public_id, key=line.key)


def first_line(document: ConceptDocument) -> ReviewLine:
    document.refresh_from_db()
    return review_of(document).blocks[0].lines[0]


def line_data(line: ReviewLine, **changed: str) -> dict[str, str]:
    values = {
        "revision": str(line.revision),
        "title_kk": "",
        "title_ru": line.titles["ru"],
        "title_en": "",
        "name": "",
        "kind": line.kind,
        "level": line.level,
        **changed,
    }
    return {f"{line.key}-{name}": value for name, value in values.items()}


def upload(desk: Client, name: str, data: bytes, **more: str) -> Any:
    return desk.post(url("concept_upload"), {"file": SimpleUploadedFile(name, data), **more})


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 80_000_000)
    return packed.getvalue()


def test_a_document_is_uploaded_reviewed_and_published(desk: Client) -> None:
    answer = upload(desk, "concept.txt", TEXT.encode("cp1251", errors="replace"))
    document = ConceptDocument.objects.get()
    assert answer["Location"] == url("concept_review", public_id=document.public_id)
    page = desk.get(answer["Location"]).content.decode()
    line = first_line(document)
    assert f'id="l{line.line}"' in page
    assert f'id="{line.key}"' in page
    answer = desk.post(url("concept_publish", public_id=document.public_id), {"public": "1"})
    campaign = Campaign.objects.get()
    assert answer["Location"] == url("campaign_edit", slug=campaign.slug)
    assert campaign.status == CampaignStatus.PUBLISHED


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("picture.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 500),
        ("empty.txt", b""),
        ("bomb.docx", zip_bomb()),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ],
)
def test_bad_files_are_refused_beside_the_field_and_nothing_is_kept(
    desk: Client, name: str, data: bytes
) -> None:
    answer = upload(desk, name, data)
    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.content.decode()
    assert ConceptDocument.objects.count() == 0


def test_a_file_of_200_mb_is_refused_without_being_read(desk: Client) -> None:
    answer = upload(desk, "huge.docx", b"PK" + b"\0" * (200 * 1024 * 1024))
    assert answer.status_code == 422
    assert "200" in answer.content.decode()
    assert ConceptDocument.objects.count() == 0


def test_a_line_is_corrected_in_place_and_on_a_page(desk: Client) -> None:
    document = make_document()
    line = first_line(document)
    where = line_url("concept_line", document, line)
    part = desk.get(where, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f'name="{line.key}-title_kk"' in part
    answer = desk.post(
        where, line_data(line, title_kk="Эстафеталар"), headers={"HX-Request": "true"}
    )
    assert "<html" not in answer.content.decode()
    assert first_line(document).titles["kk"] == "Эстафеталар"
    answer = desk.post(where, line_data(first_line(document), kind="sport", title_en="Relays"))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#{line.key}")


def test_a_conflict_shows_what_both_people_wrote(desk: Client) -> None:
    document = make_document()
    line = first_line(document)
    where = line_url("concept_line", document, line)
    desk.post(where, line_data(line, title_kk="Біріншінің сөзі"))
    answer = desk.post(where, line_data(line, title_kk="Екіншінің сөзі"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Біріншінің сөзі" in page
    assert "Екіншінің сөзі" in page
    assert first_line(document).titles["kk"] == "Біріншінің сөзі"
    again = line_data(first_line(document), title_kk="Екіншінің сөзі")
    assert desk.post(where, again).status_code == 302


def test_what_was_typed_stays_beside_its_error(desk: Client) -> None:
    document = make_document()
    line = first_line(document)
    wrong = line_data(line, starts_on="2021-06-02", ends_on="2021-06-01", title_kk="Сақталсын")
    answer = desk.post(line_url("concept_line", document, line), wrong)
    assert answer.status_code == 422
    assert "Сақталсын" in answer.content.decode()


def test_lines_are_split_joined_moved_and_removed_without_javascript(desk: Client) -> None:
    document = make_document()
    line = first_line(document)
    cut = {"revision": "1", "text": "семейные спортивные\r\nэстафеты;"}
    assert desk.post(line_url("concept_split", document, line), cut).status_code == 302
    line = first_line(document)
    steps = {"revision": str(line.revision)}
    assert desk.post(line_url("concept_merge", document, line), steps).status_code == 302
    line = first_line(document)
    data = {"revision": str(line.revision), "step": "down"}
    desk.post(line_url("concept_move", document, line), data)
    assert first_line(document).key != line.key
    desk.post(line_url("concept_line_delete", document, line), {"revision": str(line.revision)})
    document.refresh_from_db()
    assert review_of(document).find_line(line.key) is None
    assert desk.get(line_url("concept_line", document, line)).status_code == 404


def test_the_front_and_blocks_are_corrected_on_their_pages(desk: Client) -> None:
    document = make_document()
    where = url("concept_front", public_id=document.public_id)
    data = {"revision": "1", "titles_en": "A happy day", "starts_on": "2021-05-21"}
    assert desk.post(where, data).status_code == 302
    assert desk.post(where, data).status_code == 409
    document.refresh_from_db()
    review = review_of(document)
    assert review.titles["en"] == "A happy day"
    block = review.blocks[0]
    where = url("concept_block", public_id=document.public_id, key=block.key)
    assert desk.post(where, {"revision": "1", "number": "2"}).status_code == 422
    assert (
        desk.post(where, {"revision": "1", "number": "1", "title_kk": "Отбасы"}).status_code == 302
    )


def test_a_second_version_shows_its_differences_before_it_is_published(
    desk: Client, coordinator: Account
) -> None:
    campaign = make_published(coordinator)
    contest = campaign.activities.get(block__number=2, number=1)
    make_plan_item(contest)
    upload(desk, "second.txt", SECOND_TEXT.encode(), campaign=str(campaign.pk))
    document = ConceptDocument.objects.get(version=2)
    where = url("concept_publish", public_id=document.public_id)
    page = desk.get(where)
    assert contest.title_ru in page.content.decode()
    desk.post(where, {"fingerprint": "stale"})
    assert campaign.activities.filter(withdrawn_at=None, pk=contest.pk).exists()
    desk.post(where, {"fingerprint": page.context["differences"].fingerprint})
    document.refresh_from_db()
    assert document.status == ConceptStatus.PUBLISHED
    assert not campaign.activities.filter(withdrawn_at=None, pk=contest.pk).exists()


def test_the_same_campaign_of_the_year_is_offered_as_its_version(
    desk: Client, coordinator: Account
) -> None:
    campaign = make_published(coordinator)
    document = make_document(coordinator)
    where = url("concept_publish", public_id=document.public_id)
    assert campaign.slug in desk.get(where).content.decode()
    desk.post(url("concept_attach", public_id=document.public_id), {"campaign": campaign.slug})
    assert desk.get(where).context["differences"].same


def test_a_published_document_leads_to_its_campaign(desk: Client, coordinator: Account) -> None:
    campaign = make_published(coordinator)
    document = campaign.concepts.get()
    where = url("concept_publish", public_id=document.public_id)
    assert desk.post(where, {"public": "1"})["Location"] == url("campaign_edit", slug=campaign.slug)
    assert Campaign.objects.count() == 1
    line = first_line(document)
    assert desk.get(line_url("concept_line", document, line)).status_code == 403


def test_documents_of_others_are_not_seen(desk: Client) -> None:
    make_published()
    mine = make_document(make_person(Role.COORDINATOR, "x@example.kz", campaign_slug="x"))
    stranger = Client()
    stranger.force_login(make_person(Role.COORDINATOR, "y@example.kz", campaign_slug="y"))
    assert stranger.get(url("concept_review", public_id=mine.public_id)).status_code == 404
    assert desk.get(url("concept_review", public_id=mine.public_id)).status_code == 200


def queries(desk: Client, where: str) -> int:
    """Count the statements of a page that was opened before."""
    desk.get(where)
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(where).status_code == 200
    return len(captured)


def test_lists_cost_the_same_for_one_and_for_three(desk: Client, coordinator: Account) -> None:
    campaign = make_published(coordinator)
    texts = url("campaign_texts", slug=campaign.slug)
    region = url("not_applicable", slug=campaign.slug, iso="KZ-75")
    before = [queries(desk, where) for where in (url("concepts"), texts, region)]
    for _number in range(2):
        make_published(coordinator)
        make_activity(campaign.blocks.order_by("number")[0], number=10 + _number)
    after = [queries(desk, where) for where in (url("concepts"), texts, region)]
    assert after == before
    assert max(after) <= 12


def test_texts_of_a_campaign_are_written_by_an_editor_in_place() -> None:
    activity = make_activity()
    slug = activity.campaign.slug
    client = Client()
    client.force_login(make_person(Role.EDITOR, campaign_slug=slug))
    where = url("campaign_text", slug=slug, public_id=activity.public_id)
    prefix = activity.public_id
    typed = {
        f"{prefix}-revision": "1",
        f"{prefix}-title_kk": activity.title_kk,
        f"{prefix}-title_ru": activity.title_ru,
        f"{prefix}-title_en": "Relays",
    }
    answer = client.post(where, typed, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    activity.refresh_from_db()
    assert activity.title_en == "Relays"
    told = client.post(where, {**typed, f"{prefix}-title_en": "Races"})
    assert told.status_code == 409
    assert "Relays" in told.content.decode()
    assert "Races" in told.content.decode()
    seen = told.context["form"].data[f"{prefix}-revision"]
    knowing = {**typed, f"{prefix}-title_en": "Races", f"{prefix}-revision": seen}
    assert client.post(where, knowing).status_code == 302


def test_a_coordinator_corrects_an_activity_and_sees_what_another_wrote(
    desk: Client, coordinator: Account
) -> None:
    campaign = make_published(coordinator)
    activity = campaign.activities.get(block__number=1, number=1)
    where = url("campaign_activity", slug=campaign.slug, public_id=activity.public_id)
    assert activity.text in desk.get(where).content.decode()
    typed = {
        "revision": "1",
        "title_ru": "Эстафеты",
        "kind": "sport",
        "level": "region",
        "formats": ["on_site", "online"],
        "starts_on": "2021-06-01",
        "ends_on": "2021-06-02",
    }
    assert desk.post(where, {**typed, "ends_on": "2021-05-01"}).status_code == 422
    assert desk.post(where, typed).status_code == 302
    told = desk.post(where, {**typed, "title_ru": "Забеги", "starts_on": "2021-05-30"})
    page = told.content.decode()
    assert told.status_code == 409
    assert "Эстафеты" in page
    assert "01.06.2021" in page
    assert "Забеги" in page
    assert told.context["form"].data.getlist("formats") == ["on_site", "online"]
    seen = told.context["form"].data["revision"]
    assert desk.post(where, {**typed, "title_ru": "Забеги", "revision": seen}).status_code == 302
    activity.refresh_from_db()
    assert (activity.title_ru, activity.formats) == ("Забеги", ["on_site", "online"])


def test_a_campaign_page_keeps_what_was_typed_through_conflict_and_error(
    desk: Client, coordinator: Account
) -> None:
    campaign = make_published(coordinator)
    where = url("campaign_edit", slug=campaign.slug)
    data = {
        "revision": "1",
        "title_ru": "Первое имя",
        "starts_on": "2021-05-20",
        "ends_on": "2021-06-20",
    }
    assert desk.post(where, data).status_code == 302
    answer = desk.post(where, {**data, "title_ru": "Второе имя"})
    assert answer.status_code == 409
    assert "Первое имя" in answer.content.decode()
    assert "Второе имя" in answer.content.decode()
    wrong = desk.post(where, {**data, "revision": "2", "ends_on": "2021-05-01"})
    assert wrong.status_code == 422


def test_a_campaign_is_carried_after_its_preview(desk: Client, coordinator: Account) -> None:
    campaign = make_published(coordinator)
    where = url("campaign_carry", slug=campaign.slug)
    assert desk.get(where, {"year": "2021"}).status_code == 422
    preview = desk.get(where, {"year": "2022"})
    assert preview.context["regions"].count == 20
    assert Campaign.objects.count() == 1
    answer = desk.post(where, {"year": "2022", "title_ru": "Новый год"})
    copy = Campaign.objects.get(carried_from=campaign)
    assert answer["Location"] == url("campaign_edit", slug=copy.slug)
    assert desk.post(where, {"year": "2022", "title_ru": "Ещё раз"}).status_code == 422


def test_an_organiser_says_what_does_not_apply_in_the_own_region() -> None:
    activity = make_activity()
    slug = activity.campaign.slug
    region = activity.campaign.regions.get(iso_code="KZ-75")
    client = Client()
    client.force_login(make_person(Role.ORGANISER, campaign_slug=slug, region=region))
    where = url("not_applicable", slug=slug, iso="KZ-75")
    empty = client.post(where, {"activity": activity.public_id, "reason": ""})
    assert empty.status_code == 422
    assert not NotApplicable.objects.exists()
    client.post(where, {"activity": activity.public_id, "reason": "Нет водоёмов"})
    assert NotApplicable.objects.get().reason == "Нет водоёмов"
    late = client.post(where, {"activity": activity.public_id, "reason": "Нет бассейнов"})
    assert late.status_code == 409
    assert "Нет водоёмов" in late.content.decode()
    assert "Нет бассейнов" in late.content.decode()
    assert client.post(where, {"activity": activity.public_id, "undo": "1"}).status_code == 409
    client.post(where, {"activity": activity.public_id, "undo": "1", "revision": "1"})
    assert not NotApplicable.objects.exists()
    other = url("not_applicable", slug=slug, iso="KZ-79")
    assert client.get(other).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_document_published_by_eight_people_at_once_makes_one_campaign() -> None:
    document = make_document()

    def publish(_number: int) -> bool:
        close_old_connections()
        try:
            publish_concept(account=None, document=ConceptDocument.objects.get(pk=document.pk))
        except AlreadyPublished:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(publish, range(8)))
    assert sum(done) == 1
    assert Campaign.objects.count() == 1
    assert Campaign.objects.get().activities.count() == 5


def test_what_the_reader_doubts_is_said_in_the_language_of_whoever_reviews(client: Client) -> None:
    with override("kk"):
        document = import_concept(
            account=None,
            filename="a.txt",
            data="Концепция акции «Лето»\n1-5 июня 2021 года\nБлок 1. Дело\nМероприятия:\n- нечто\n".encode(),
        )
    assert all(set(one) == {"line", "code", "params"} for one in document.draft["warnings"])
    client.force_login(make_person(Role.COORDINATOR))
    address = reverse("programme:concept_review", args=[document.public_id])
    assert "Вид мероприятия не ясен" in client.get(address).content.decode()
    english = client.get(address.replace("/ru/", "/en/")).content.decode()
    assert "The kind of the activity is not clear." in english


def test_a_draft_of_before_the_codes_keeps_its_words() -> None:
    document = import_concept(account=None, filename="a.txt", data=documents_of_two_blocks())
    document.draft["warnings"] = [{"line": 3, "message": "100% не ясно"}]
    (warning,) = review_of(document).warnings
    assert (warning.line, warning.message) == (3, "100% не ясно")


def documents_of_two_blocks() -> bytes:
    return "Концепция акции «Лето»\n1-5 июня 2021 года\nБлок 1. Дело\nМероприятия:\n- концерт\n".encode()

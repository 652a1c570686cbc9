"""The page of one's own files."""

from typing import Any

import pytest
from django.test import Client

from bala.files.actions import claim, release
from bala.files.actions.uploading import append, begin_upload
from bala.files.enums import FileKind, FileState
from bala.files.models import StoredFile
from bala.files.queries import uses
from bala.files.queries.uses import Use, register_uses
from bala.people.enums import ConsentPurpose, Role
from bala.people.models import Account, Consent, ConsentWithdrawal
from tests.files.factories import make_picture, send
from tests.files.samples import jpeg, png_header
from tests.jobs import run_jobs
from tests.people.factories import make_account, make_child, make_consents, make_person

pytestmark = pytest.mark.django_db
PAGE = "/en/files/mine/"


@pytest.fixture
def owner() -> Account:
    return make_account()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def text(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_sent_nothing_reads_what_will_come(owner: Account) -> None:
    page = text(signed_in(owner))
    assert "No file is here yet" in page
    assert "0 of 5120 MB" in page


def test_each_state_is_told_in_plain_words(owner: Account) -> None:
    client = signed_in(owner)
    public = make_picture(owner)
    release(files=[public])
    waiting = make_picture(owner)
    send(png_header(30_000, 30_000), owner)
    run_jobs()
    send(jpeg(), owner)
    upload = begin_upload(owner=owner, kind=FileKind.PICTURE, length=9000, name="toi.jpg")
    append(upload=upload, offset=0, length=4500, read=lambda count: jpeg()[: min(count, 4500)])
    page = text(client)
    for words in (
        *("Public", "Ready, not public", "too many pixels", "Being prepared"),
        *("toi.jpg", "50 %", "Choose the same file again"),
    ):
        assert words in page, words
    assert f"/files/{waiting.public_id}/w320?t=" in page
    assert f'hx-get="/en/files/mine/{waiting.public_id}/row/"' not in page  # nothing to wait for
    assert page.count("hx-get=") == 2
    row = text(client, f"/en/files/mine/{upload.file.public_id}/row/")
    assert "50 %" in row
    assert "<html" not in row


def test_a_guardian_sees_the_childs_files_and_nobody_elses(owner: Account) -> None:
    pupil = make_account()
    child = make_child(owner, account=pupil)
    make_consents(child)
    make_picture(pupil)
    organiser = make_account()
    shown = make_picture(organiser)
    claim(owner=organiser, files=[shown], child=child)
    make_picture(make_account())
    page = text(signed_in(owner))
    assert page.count('class="file-row"') == 2
    assert page.count("/delete/") == 1  # the child's own; the organiser's ends with the consent
    assert "Әлия" in page
    assert text(signed_in(pupil)).count('class="file-row"') == 1


def test_a_missing_consent_is_told(owner: Account) -> None:
    child = make_child(owner)
    make_consents(child)
    file = make_picture(owner, child=child)
    release(files=[file])
    client = signed_in(owner)
    assert "Public" in text(client)
    consent = Consent.objects.get(purpose=ConsentPurpose.PHOTO)
    ConsentWithdrawal.objects.create(consent=consent, method="link")
    assert "a consent is missing" in text(client)


def test_a_file_is_deleted_after_a_question(owner: Account) -> None:
    file = make_picture(owner)
    client = signed_in(owner)
    address = f"/en/files/mine/{file.public_id}/delete/"
    assert "Delete this file?" in text(client, address)
    assert StoredFile.objects.get().state == FileState.READY
    stranger = signed_in(make_account())
    assert stranger.post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert StoredFile.objects.get().state == FileState.DELETED
    assert "The file is deleted." in text(client)
    assert client.post(address).status_code == 404


def test_where_a_file_is_used_is_told_by_the_room_that_uses_it(
    owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uses, "_lookups", {})
    register_uses("tests", lambda files: iter(Use(f.pk, "The playground", "/en/p/") for f in files))
    file = make_picture(owner)
    client = signed_in(owner)
    assert '<a class="tag" href="/en/p/">The playground</a>' in text(client)
    assert "The playground" in text(client, f"/en/files/mine/{file.public_id}/delete/")


def test_staff_stay_in_the_console() -> None:
    page = text(signed_in(make_person(Role.COORDINATOR, campaign_slug="bala-2021")))
    assert 'class="desk-main"' in page


def test_the_list_is_narrowed_and_paged(owner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    from bala.files.views import own

    monkeypatch.setattr(own, "PAGE", 2)
    for _number in range(3):
        make_picture(owner)
    client = signed_in(owner)
    first = client.get(PAGE)
    assert first.content.decode().count('class="file-row"') == 2
    following = first.context["page"].next_cursor
    assert text(client, f"{PAGE}?page={following}").count('class="file-row"') == 1
    assert "No files of this kind" in text(client, f"{PAGE}?kind=film")
    assert text(client, f"{PAGE}?kind=nonsense").count('class="file-row"') == 2


def test_the_page_costs_the_same_for_one_file_and_three(
    owner: Account, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(owner)
    counts = []
    for more in (1, 2):
        for _number in range(more):
            release(files=[make_picture(owner, child=make_child(owner))])
        text(client)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            text(client)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 14

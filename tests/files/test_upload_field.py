"""The field for files in other rooms' forms, as a browser without JavaScript uses it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bala.files.actions import claim
from bala.files.actions.uploading import append, begin_upload, cancel_upload
from bala.files.enums import FileKind, FileState
from bala.files.forms import UploadField, uploads_by
from bala.files.models import StoredFile, Upload
from bala.kernel.errors import PersonError
from bala.people.models import Account
from tests.files.asking import PlaceForm
from tests.files.factories import make_picture, send
from tests.files.samples import jpeg, png_header
from tests.jobs import run_jobs
from tests.people.factories import make_account

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.asking")]


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    templates = [dict(engine) for engine in settings.TEMPLATES]
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def owner() -> Account:
    return make_account()


@pytest.fixture
def phone(owner: Account) -> Client:
    client = Client()
    client.force_login(owner)
    return client


def picture(name: str = "IMG_1.jpg", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or jpeg(300, 200), "image/jpeg")


def kept(response: Any) -> list[str]:
    """The files that the page sends again."""
    return re.findall(r'type="hidden" name="pictures" value="(\w+)"', response.content.decode())


def test_files_of_a_plain_form_are_received_and_used(phone: Client, owner: Account) -> None:
    answer = phone.post("/en/place/", {"name": "park", "pictures": [picture(), picture("b.jpg")]})
    assert answer.status_code == 302
    files = StoredFile.objects.order_by("pk")
    assert [(f.owner, f.state, f.claimed_at is not None) for f in files] == [
        (owner, FileState.PROCESSING, True)
    ] * 2


def test_what_came_with_a_faulty_form_stays_and_is_not_sent_twice(phone: Client) -> None:
    faulty = phone.post("/en/place/", {"name": "", "pictures": [picture()]})
    assert faulty.status_code == 422
    (number,) = kept(faulty)
    again = phone.post("/en/place/", {"name": "park", "pictures": [number]})
    assert again.status_code == 302
    assert StoredFile.objects.get().public_id == number
    assert StoredFile.objects.get().claimed_at is not None


def test_a_right_file_stays_beside_a_wrong_one(phone: Client) -> None:
    sent = {"name": "park", "pictures": [picture(), picture("plan.jpg", b"PK\x03\x04" + b"0" * 99)]}
    faulty = phone.post("/en/place/", sent)
    assert faulty.status_code == 422
    assert len(kept(faulty)) == 1
    assert "plan.jpg: This kind of file is not accepted." in faulty.content.decode()


def test_a_file_can_be_removed_without_javascript(phone: Client) -> None:
    (first,) = kept(phone.post("/en/place/", {"name": "", "pictures": [picture()]}))
    form = {"name": "park", "pictures": [first], "pictures_drop": [first]}
    empty = phone.post("/en/place/", form)
    assert empty.status_code == 422
    assert "Add a file." in empty.content.decode()
    assert kept(empty) == []


def test_more_files_than_allowed_are_refused_but_not_lost(phone: Client) -> None:
    faulty = phone.post("/en/place/", {"name": "park", "pictures": [picture() for _ in range(4)]})
    assert faulty.status_code == 422
    assert "At most 3 files" in faulty.content.decode()
    assert len(kept(faulty)) == 3


def test_the_plain_limit_is_told_beforehand_and_held(phone: Client, settings: Any) -> None:
    settings.BALA_PLAIN_UPLOAD_MB = 7
    assert "one file may have 7 MB at most" in phone.get("/en/place/").content.decode()
    settings.BALA_PLAIN_UPLOAD_MB = 0
    answer = phone.post("/en/place/", {"name": "park", "pictures": [picture()]})
    assert "IMG_1.jpg: without JavaScript" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_a_file_that_was_refused_meanwhile_is_told_beside_the_field(
    phone: Client, owner: Account
) -> None:
    bomb = send(png_header(30_000, 30_000), owner)
    run_jobs()
    answer = phone.post("/en/place/", {"name": "park", "pictures": [bomb.public_id]})
    assert answer.status_code == 422
    assert "too many pixels" in answer.content.decode()
    assert kept(answer) == []


@pytest.mark.parametrize("number", ["nothere", "", "0'\"<"])
def test_ids_that_are_not_there_are_refused(phone: Client, number: str) -> None:
    answer = phone.post("/en/place/", {"name": "park", "pictures": [number]})
    assert answer.status_code == 422


def test_nobody_takes_a_strangers_or_a_half_file(phone: Client, owner: Account) -> None:
    strangers = make_picture()
    half = begin_upload(owner=owner, kind=FileKind.PICTURE, length=1000).file
    for file, words in ((strangers, "can no longer be used"), (half, "not here completely")):
        answer = phone.post("/en/place/", {"name": "park", "pictures": [file.public_id]})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    strangers.refresh_from_db()
    assert strangers.claimed_at is None


def test_another_kind_than_the_form_asks_for_is_refused(owner: Account) -> None:
    file = make_picture(owner)
    StoredFile.objects.update(kind=FileKind.FILM)
    form = PlaceForm({"name": "park", "pictures": file.public_id})
    uploads_by(form, owner)
    assert "Другой" in str(form.errors["pictures"]) or "другого" in str(form.errors["pictures"])


def test_files_in_use_stay_whoever_sent_them(owner: Account) -> None:
    colleagues = make_picture()
    claim(owner=colleagues.owner, files=[colleagues])
    before = {"name": "park", "pictures": [colleagues]}
    same = PlaceForm({"name": "park", "pictures": colleagues.public_id}, initial=before)
    uploads_by(same, owner)
    assert same.is_valid()
    assert same.cleaned_data["pictures"] == [colleagues]
    assert not same.has_changed()
    fewer = PlaceForm({"name": "park"}, initial=before)
    uploads_by(fewer, owner)
    assert fewer.has_changed()
    unbound = PlaceForm(initial=before)
    uploads_by(unbound, owner)
    assert colleagues.public_id in str(unbound["pictures"])


def test_a_field_that_is_not_required_may_stay_empty(owner: Account) -> None:
    class Form(PlaceForm):
        pictures = UploadField(required=False)

    form = Form({"name": "park"})
    uploads_by(form, owner)
    assert form.is_valid()
    assert form.cleaned_data["pictures"] == []


def test_an_upload_that_was_begun_is_offered_again(phone: Client, owner: Account) -> None:
    upload = begin_upload(owner=owner, kind=FileKind.PICTURE, length=9000, name="birthday.jpg")
    assert "birthday.jpg" not in phone.get("/en/place/").content.decode()  # nothing came of it
    append(upload=upload, offset=0, length=4500, read=lambda count: jpeg()[: min(count, 4500)])
    assert "birthday.jpg" in phone.get("/en/place/").content.decode()
    other = Client()
    other.force_login(make_account())
    assert "birthday.jpg" not in other.get("/en/place/").content.decode()


def test_the_page_costs_the_same_for_one_file_and_three(
    phone: Client, owner: Account, django_assert_num_queries: Any
) -> None:
    files = [make_picture(owner) for _ in range(3)]
    counts = []
    for some in (files[:1], files):
        form = PlaceForm({"name": "", "pictures": [f.public_id for f in some]})
        form.data = _many(form.data)
        uploads_by(form, owner)
        with django_assert_num_queries(3):  # the files, their renditions, what was begun
            counts.append(str(form).count("<li"))
    assert counts[1] > counts[0]


def _many(data: Any) -> Any:
    from django.utils.datastructures import MultiValueDict

    return MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in data.items()})


def test_termination_takes_nothing_that_is_in_use(owner: Account) -> None:
    content = jpeg(300, 200)
    upload = begin_upload(owner=owner, kind=FileKind.PICTURE, length=len(content))
    append(upload=upload, offset=0, length=len(content), read=lambda _count: content)
    claim(owner=owner, files=[upload.file])
    with pytest.raises(PersonError):
        cancel_upload(upload=Upload.objects.get())
    assert StoredFile.objects.get().state == FileState.PROCESSING


def test_the_state_of_a_file_is_told_to_its_owner(phone: Client, owner: Account) -> None:
    file = send(jpeg(), owner)
    address = f"/en/files/mine/{file.public_id}/state/"
    assert phone.get(address).json()["state"] == "processing"
    run_jobs()
    told = phone.get(address).json()
    assert told["state"] == "ready"
    assert phone.get(told["picture"]).status_code == 200
    bomb = send(png_header(30_000, 30_000), owner)
    run_jobs()
    refused = phone.get(f"/en/files/mine/{bomb.public_id}/state/").json()
    assert (refused["state"], refused["picture"]) == ("refused", "")
    assert "pixels" in refused["words"]
    other = Client()
    other.force_login(make_account())
    assert other.get(address).status_code == 404

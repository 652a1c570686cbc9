"""Who gets a file, and how."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bala.files.actions import claim, delete, release, withhold
from bala.files.actions.keeping import NotReleasable
from bala.files.enums import FileState
from bala.files.models import Rendition, StoredFile
from bala.files.queries import address, deliverable, signed_address
from bala.files.queries.storage import media
from bala.files.views.delivery import byte_range
from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.people.enums import ConsentPurpose
from bala.people.models import Consent, ConsentWithdrawal
from tests.conftest import CAMPAIGN_DAY
from tests.files.factories import make_picture, send
from tests.files.samples import jpeg
from tests.jobs import run_jobs
from tests.people.factories import make_account, make_child, make_consents

pytestmark = pytest.mark.django_db


def url_of(file: StoredFile, name: str = "w320") -> str:
    return f"/files/{file.public_id}/{name}"


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def kept(file: StoredFile, name: str = "w320") -> bytes:
    with media().open(file.renditions.get(name=name).path) as opened:
        return bytes(opened.read())


def test_a_file_waits_until_it_is_released(client: Client) -> None:
    file = make_picture()
    assert client.get(url_of(file)).status_code == 404
    assert address(file, "w320") == ""
    release(files=[file])
    file.refresh_from_db()
    response = client.get(address(file, "w320"))
    assert response.status_code == 200
    assert body(response) == kept(file)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == (
        f'inline; filename="bala-{file.public_id}-w320.webp"'
    )
    assert not response.cookies


def test_takedown_is_at_once(client: Client) -> None:
    file = make_picture()
    release(files=[file])
    first = client.get(url_of(file))
    assert "no-cache" in first["Cache-Control"]
    withhold(files=[file])
    again = client.get(url_of(file), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 404
    release(files=[file])
    delete(file=file)
    assert client.get(url_of(file)).status_code == 404


def test_a_childs_picture_is_public_only_while_both_consents_stand(client: Client) -> None:
    guardian = make_account()
    child = make_child(guardian)
    file = make_picture(guardian, child=child)
    release(files=[file])
    assert client.get(url_of(file)).status_code == 404
    make_consents(child, ConsentPurpose.PHOTO)
    assert client.get(url_of(file)).status_code == 404
    make_consents(child, ConsentPurpose.PUBLICATION)
    assert client.get(url_of(file)).status_code == 200
    assert list(deliverable()) == [file]
    consent = Consent.objects.get(purpose=ConsentPurpose.PHOTO)
    ConsentWithdrawal.objects.create(consent=consent, method="link")
    assert client.get(url_of(file)).status_code == 404
    assert not deliverable().exists()


def test_a_public_file_costs_one_query(client: Client, django_assert_num_queries: Any) -> None:
    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    file = make_picture(guardian, child=child)
    release(files=[file])
    with django_assert_num_queries(1):
        assert client.get(url_of(file)).status_code == 200


def test_a_signed_address_opens_what_is_not_public_and_expires(
    client: Client, settings: Any
) -> None:
    file = make_picture()
    url = signed_address(file, "w320")
    response = client.get(url)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    other = make_picture()
    assert client.get(url.replace(file.public_id, other.public_id)).status_code == 404
    assert client.get(url[:-1] + ("A" if url[-1] != "A" else "B")).status_code == 404
    assert client.get(url.replace("w320", "w1")).status_code == 404
    with clock.at(CAMPAIGN_DAY + timedelta(minutes=settings.BALA_SIGNED_MINUTES, seconds=1)):
        assert client.get(url).status_code == 404


def test_a_deleted_file_opens_with_no_signature_and_its_bytes_go(client: Client) -> None:
    file = make_picture()
    url = signed_address(file, "w320")
    paths = list(file.renditions.values_list("path", flat=True))
    delete(file=file)
    assert client.get(url).status_code == 404
    run_jobs()
    assert not any(media().exists(path) for path in paths)
    assert not Rendition.objects.exists()
    assert StoredFile.objects.get().state == FileState.DELETED


@pytest.mark.parametrize(
    ("header", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=5-999999999", 206, slice(5, None)),
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=0-1,5-6", 200, slice(None)),
        ("bytes=9-2", 200, slice(None)),
        ("pages=1-2", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("bytes=999999999-", 416, None),
        ("bytes=-0", 416, None),
    ],
)
def test_parts_are_delivered(client: Client, header: str, status: int, part: slice | None) -> None:
    file = make_picture()
    release(files=[file])
    response = client.get(url_of(file), headers={"range": header})
    assert response.status_code == status
    whole = kept(file)
    if part is None:
        assert response["Content-Range"] == f"bytes */{len(whole)}"
        return
    got = body(response)
    assert got == whole[part]
    assert response["Content-Length"] == str(len(got))
    if status == 206:
        first = whole.index(got) if len(got) > 1 else 0
        assert response["Content-Range"] == f"bytes {first}-{first + len(got) - 1}/{len(whole)}"


def test_an_old_part_gets_the_whole_new_file(client: Client) -> None:
    file = make_picture()
    release(files=[file])
    headers = {"range": "bytes=0-9", "if-range": '"of another file"'}
    assert client.get(url_of(file), headers=headers).status_code == 200


def test_a_browser_that_has_the_file_gets_no_bytes(client: Client) -> None:
    file = make_picture()
    release(files=[file])
    first = client.get(url_of(file))
    again = client.get(url_of(file), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    head = client.head(url_of(file))
    assert head["Content-Length"] == str(len(kept(file)))


def test_nginx_sends_the_file_where_it_is_told_to(client: Client, settings: Any) -> None:
    settings.BALA_X_ACCEL = "/protected/"
    file = make_picture()
    release(files=[file])
    response = client.get(url_of(file))
    path = file.renditions.get(name="w320").path
    assert response["X-Accel-Redirect"] == f"/protected/{path}"
    assert response.content == b""
    withhold(files=[file])
    assert "X-Accel-Redirect" not in client.get(url_of(file))


def test_what_is_not_ready_cannot_be_released() -> None:
    ready, waiting = make_picture(), send(jpeg())
    with pytest.raises(NotReleasable):
        release(files=[ready, waiting])
    ready.refresh_from_db()
    assert ready.released_at is None


def test_a_claimed_file_belongs_to_its_owner_and_one_child() -> None:
    guardian = make_account()
    child, other = make_child(guardian), make_child(guardian)
    file = make_picture(guardian)
    with pytest.raises(PersonError):
        claim(owner=make_account(), files=[file])
    assert claim(owner=guardian, files=[file], child=child)[0].child == child
    claim(owner=guardian, files=[file], child=child)
    with pytest.raises(PersonError):
        claim(owner=guardian, files=[file], child=other)
    delete(file=file)
    with pytest.raises(PersonError):
        claim(owner=guardian, files=[file], child=child)


def test_ranges_of_every_form_stay_within_the_file() -> None:
    from hypothesis import given
    from hypothesis import strategies as st

    number = st.integers(0, 50).map(str) | st.just("")

    @given(number, number, st.integers(1, 40))
    def holds(start: str, end: str, size: int) -> None:
        found = byte_range(f"bytes={start}-{end}", size)
        if found is not None:
            first, last = found
            assert 0 <= first <= last < size

    holds()

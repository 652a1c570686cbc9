"""The tus protocol, request by request."""

import base64
import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bala.files.actions import uploading
from bala.files.enums import FileKind, FileState
from bala.files.models import StoredFile, Upload
from bala.kernel import clock
from tests.conftest import CAMPAIGN_DAY
from tests.files.samples import jpeg
from tests.jobs import run_jobs
from tests.people.factories import make_account

pytestmark = pytest.mark.django_db
CONTENT = jpeg(900, 700)
BODY = "application/offset+octet-stream"


@pytest.fixture
def phone() -> Client:
    """A signed-in person's telephone."""
    client = Client()
    client.force_login(make_account())
    return client


def metadata(**values: str) -> str:
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in values.items())


def call(client: Client, method: str, url: str, content: bytes = b"", **headers: str) -> Any:
    """Send a request of the protocol; header names are written with low lines."""
    given = {"tus-resumable": "1.0.0", **{k.replace("_", "-"): v for k, v in headers.items()}}
    kind = given.pop("content-type", BODY if content else "")
    return client.generic(method, url, content, content_type=kind, headers=given)


def begin(client: Client, length: int = len(CONTENT), name: str = "IMG_1.jpg", **more: str) -> Any:
    more.setdefault("upload_metadata", metadata(filename=name, filetype="image/jpeg"))
    return call(client, "POST", "/files/tus/", b"", upload_length=str(length), **more)


def patch(client: Client, url: str, offset: int, content: bytes, **more: str) -> Any:
    return call(client, "PATCH", url, content, upload_offset=str(offset), **more)


def on_disk(settings: Any) -> bytes:
    (path,) = (p for p in Path(settings.BALA_UPLOADS).iterdir() if p.is_file())
    return path.read_bytes()


def test_a_file_comes_in_pieces(phone: Client, settings: Any) -> None:
    made = begin(phone)
    assert made.status_code == 201
    url = made["Location"]
    assert made["Upload-Offset"] == "0"
    assert made["Upload-Expires"].endswith("GMT")
    first = patch(phone, url, 0, CONTENT[:9000])
    assert (first.status_code, first["Upload-Offset"]) == (204, "9000")
    asked = call(phone, "HEAD", url)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("9000", str(len(CONTENT)))
    assert asked["Cache-Control"] == "no-store"
    assert asked["Upload-Metadata"] == metadata(filename="IMG_1.jpg", filetype="image/jpeg")
    assert StoredFile.objects.get().state == FileState.RECEIVING
    last = patch(phone, url, 9000, CONTENT[9000:])
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert on_disk(settings) == CONTENT
    run_jobs()
    file = StoredFile.objects.get()
    assert (file.state, file.sha256) == (FileState.READY, hashlib.sha256(CONTENT).hexdigest())
    again = call(phone, "HEAD", url)  # for a client that never heard the last answer
    assert again["Upload-Offset"] == str(len(CONTENT))


def test_a_piece_that_ends_with_a_flush_is_answered_as_any_other(
    phone: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "FLUSH_BYTES", len(CONTENT) // 2)
    url = begin(phone)["Location"]
    half = len(CONTENT) // 2
    assert patch(phone, url, 0, CONTENT[:half]).status_code == 204
    assert patch(phone, url, half, CONTENT[half:]).status_code == 204
    assert on_disk(settings) == CONTENT
    assert StoredFile.objects.get().state == FileState.PROCESSING


def test_options_tell_what_the_server_can_do(client: Client) -> None:
    response = client.options("/files/tus/")
    assert response.status_code == 204
    assert response["Tus-Version"] == "1.0.0"
    assert set(response["Tus-Extension"].split(",")) == {
        *("creation", "creation-with-upload", "checksum", "expiration", "termination")
    }
    assert response["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert response["Tus-Max-Size"] == str(2 * 1024**3)


def test_the_first_piece_can_come_with_the_creation(phone: Client) -> None:
    made = call(
        phone,
        "POST",
        "/files/tus/",
        CONTENT,
        upload_length=str(len(CONTENT)),
        upload_metadata=metadata(filename="a.jpg"),
    )
    assert (made.status_code, made["Upload-Offset"]) == (201, str(len(CONTENT)))
    assert StoredFile.objects.get().state == FileState.PROCESSING


@pytest.mark.parametrize("offset", [0, 8999, 9001, 10**14])
def test_an_offset_that_lies_changes_nothing(phone: Client, settings: Any, offset: int) -> None:
    url = begin(phone)["Location"]
    patch(phone, url, 0, CONTENT[:9000])
    assert patch(phone, url, offset, b"x" * 50).status_code == 409
    assert call(phone, "HEAD", url)["Upload-Offset"] == "9000"
    assert on_disk(settings) == CONTENT[:9000]


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_piece_with_a_wrong_checksum_is_not_kept(phone: Client, settings: Any, name: str) -> None:
    url = begin(phone)["Location"]
    patch(phone, url, 0, CONTENT[:5000])
    digest = hashlib.new(name, CONTENT[5000:9000]).digest()
    checksum = f"{name} {base64.b64encode(digest).decode()}"
    damaged = b"\0" + CONTENT[5001:9000]
    wrong = patch(phone, url, 5000, damaged, upload_checksum=checksum)
    assert wrong.status_code == 460
    assert on_disk(settings) == CONTENT[:5000]
    right = patch(phone, url, 5000, CONTENT[5000:9000], upload_checksum=checksum)
    assert (right.status_code, right["Upload-Offset"]) == (204, "9000")
    assert on_disk(settings) == CONTENT[:9000]


@pytest.mark.parametrize("checksum", ["md5 AAAA", "sha1", "sha1 %%%", "sha256 é"])
def test_a_checksum_that_cannot_be_read_is_refused(phone: Client, checksum: str) -> None:
    url = begin(phone)["Location"]
    assert patch(phone, url, 0, CONTENT, upload_checksum=checksum).status_code == 400
    assert call(phone, "HEAD", url)["Upload-Offset"] == "0"


class Broken(io.BytesIO):
    """A body whose network breaks in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        if not piece:
            raise OSError("connection reset")
        return piece


def broken_patch(client: Client, url: str, content: bytes, length: int, **headers: str) -> Any:
    extra: dict[str, Any] = {
        "wsgi.input": Broken(content),
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": BODY,
    }
    given = {"tus-resumable": "1.0.0", "upload-offset": "0", **headers}
    return client.generic("PATCH", url, headers=given, **extra)


def test_what_came_before_the_network_broke_is_kept(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    broken_patch(phone, url, CONTENT[:7000], len(CONTENT))
    assert call(phone, "HEAD", url)["Upload-Offset"] == "7000"
    assert patch(phone, url, 7000, CONTENT[7000:]).status_code == 204
    assert on_disk(settings) == CONTENT


def test_half_a_piece_with_a_checksum_is_not_kept(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    checksum = (
        "sha1 " + base64.b64encode(hashlib.sha1(CONTENT, usedforsecurity=False).digest()).decode()
    )
    broken_patch(phone, url, CONTENT[:7000], len(CONTENT), **{"upload-checksum": checksum})
    assert call(phone, "HEAD", url)["Upload-Offset"] == "0"
    assert on_disk(settings) == b""


def test_bytes_that_nobody_counted_are_cut_off(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    patch(phone, url, 0, CONTENT[:6000])
    path = Path(settings.BALA_UPLOADS) / StoredFile.objects.get().original
    with path.open("ab") as file:  # as a process leaves it that is killed between disk and row
        file.write(b"surplus")
    assert call(phone, "HEAD", url)["Upload-Offset"] == "6000"
    assert patch(phone, url, 6000, CONTENT[6000:]).status_code == 204
    assert on_disk(settings) == CONTENT


def test_an_upload_whose_disk_was_restored_goes_on_from_there(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    patch(phone, url, 0, CONTENT[:6000])
    path = Path(settings.BALA_UPLOADS) / StoredFile.objects.get().original
    path.write_bytes(CONTENT[:2000])
    assert call(phone, "HEAD", url)["Upload-Offset"] == "2000"
    assert patch(phone, url, 6000, CONTENT[6000:]).status_code == 409
    assert patch(phone, url, 2000, CONTENT[2000:]).status_code == 204
    assert on_disk(settings) == CONTENT


def test_two_requests_never_write_together(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    upload = Upload.objects.get()
    inner: list[int] = []

    def read(count: int) -> bytes:
        if not inner:  # in the middle of one request comes another
            inner.append(patch(phone, url, 0, CONTENT).status_code)
            return CONTENT[:count]
        return b""

    uploading.append(upload=upload, offset=0, length=len(CONTENT), read=read)
    assert inner == [423]
    assert on_disk(settings) == CONTENT[: Upload.objects.get().offset]


def test_a_silent_request_is_overtaken_and_writes_no_more(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    upload = Upload.objects.get()
    overtaken: list[int] = []

    def read(count: int) -> bytes:
        if not overtaken:  # ten seconds of silence, told to the row; the phone comes anew
            Upload.objects.update(active_until="2001-01-01T00:00Z")
            overtaken.append(patch(phone, url, 0, CONTENT[:9000]).status_code)
            return b"stale bytes of the old connection"[:count]
        return b""

    with pytest.raises(uploading.UploadBusy):
        uploading.append(upload=upload, offset=0, length=len(CONTENT), read=read)
    assert overtaken == [204]
    assert on_disk(settings) == CONTENT[:9000]
    assert call(phone, "HEAD", url)["Upload-Offset"] == "9000"


def test_an_upload_expires_but_not_while_it_goes_on(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    days = timedelta(days=settings.BALA_UPLOAD_DAYS)
    with clock.at(CAMPAIGN_DAY + days - timedelta(minutes=1)):
        assert patch(phone, url, 0, CONTENT[:100]).status_code == 204
    with clock.at(CAMPAIGN_DAY + days + timedelta(minutes=1)):
        assert call(phone, "HEAD", url).status_code == 200
    with clock.at(CAMPAIGN_DAY + 2 * days + timedelta(minutes=1)):
        assert call(phone, "HEAD", url).status_code == 410
        assert patch(phone, url, 100, CONTENT[100:]).status_code == 410


def test_an_upload_can_be_ended(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    patch(phone, url, 0, CONTENT[:100])
    assert call(phone, "DELETE", url).status_code == 204
    assert patch(phone, url, 100, CONTENT[100:]).status_code == 410
    run_jobs()
    assert list(Path(settings.BALA_UPLOADS).iterdir()) == []
    assert call(phone, "HEAD", url).status_code == 404


def test_a_strangers_upload_is_not_there(phone: Client) -> None:
    url = begin(phone)["Location"]
    other = Client()
    other.force_login(make_account())
    for method in ("HEAD", "PATCH", "DELETE"):
        content = CONTENT if method == "PATCH" else b""
        assert call(other, method, url, content, upload_offset="0").status_code == 404
    assert call(Client(), "HEAD", url).status_code == 401
    assert call(phone, "HEAD", url)["Upload-Offset"] == "0"


def test_a_forged_request_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_account())
    assert begin(client).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("length", "name", "kind", "status"),
    [
        ("0", "a.jpg", "image/jpeg", 415),
        ("-1", "a.jpg", "image/jpeg", 400),
        ("", "a.jpg", "image/jpeg", 400),
        ("9" * 40, "a.jpg", "image/jpeg", 400),
        (str(41 * 1024**2), "a.jpg", "image/jpeg", 413),
        ("100", "a.mp4", "video/mp4", 201),
        ("100", "a.exe", "application/x-msdownload", 415),
        ("100", "a.svg", "image/svg+xml", 415),
        ("100", "a", "", 415),
        ("100", "a.MOV", "", 201),
        ("100", "a.docx", "", 415),
        ("100", "a.pdf", "application/pdf", 415),
        ("100", "a.HEIC", "", 201),
    ],
)
def test_what_is_announced_is_looked_at_first(
    phone: Client, length: str, name: str, kind: str, status: int
) -> None:
    said = metadata(filename=name, filetype=kind)
    response = call(phone, "POST", "/files/tus/", upload_length=length, upload_metadata=said)
    assert response.status_code == status
    assert StoredFile.objects.exists() == (status == 201)


def test_what_is_not_what_it_was_announced_as_ends_with_its_first_bytes(phone: Client) -> None:
    url = begin(phone, length=50_000)["Location"]
    answer = patch(phone, url, 0, b"PK\x03\x04" + b"\0" * 9000)
    assert answer.status_code == 415
    assert "JPEG" in answer.content.decode()
    assert StoredFile.objects.get().state == FileState.DELETED


def test_a_full_account_hears_it_before_the_first_byte(phone: Client, settings: Any) -> None:
    settings.BALA_QUOTA_MB = 1
    assert begin(phone, length=600_000).status_code == 201
    full = begin(phone, length=600_000)
    assert full.status_code == 413
    assert "1 МБ" in full.content.decode() or "1 MB" in full.content.decode()


def test_more_than_was_announced_is_refused(phone: Client, settings: Any) -> None:
    url = begin(phone, length=100)["Location"]
    assert patch(phone, url, 0, CONTENT[:101]).status_code == 413
    assert on_disk(settings) == b""


@pytest.mark.parametrize(
    "said",
    ["filename", "filename %%%", "filename " + "QQ==" * 600, "filename /w==", "filename AAAA"],
)
def test_metadata_that_cannot_be_read_is_refused(phone: Client, said: str) -> None:
    assert begin(phone, upload_metadata=said).status_code in (400, 415)
    assert not Upload.objects.exists()


def test_another_version_of_the_protocol_is_told_ours(phone: Client) -> None:
    response = begin(phone, tus_resumable="0.2.2")
    assert (response.status_code, response["Tus-Version"]) == (412, "1.0.0")
    assert phone.get("/files/tus/", headers={"tus-resumable": "1.0.0"}).status_code == 405


def test_a_network_that_knows_post_alone_can_upload(phone: Client, settings: Any) -> None:
    url = begin(phone)["Location"]
    response = call(
        phone, "POST", url, CONTENT[:50], upload_offset="0", x_http_method_override="PATCH"
    )
    assert response.status_code == 204
    assert on_disk(settings) == CONTENT[:50]


@pytest.mark.parametrize(("language", "word"), [("kk", "Файл"), ("ru", "Файлы"), ("en", "file")])
def test_errors_speak_the_language_of_the_page(phone: Client, language: str, word: str) -> None:
    answer = begin(
        phone, name="a.exe", upload_metadata=metadata(filename="a.exe"), accept_language=language
    )
    assert word in answer.content.decode()


def test_any_order_of_pieces_and_breaks_ends_in_the_same_file(settings: Any) -> None:
    from hypothesis import given
    from hypothesis import settings as hypothesis
    from hypothesis import strategies as st

    owner = make_account()
    cut = st.tuples(st.integers(1, 4000), st.integers(0, 4000))

    @hypothesis(max_examples=25, deadline=None)
    @given(st.lists(cut, min_size=1, max_size=8))
    def holds(cuts: list[tuple[int, int]]) -> None:
        """Each piece announces so many bytes, and breaks after so many."""
        content = CONTENT[:6000]
        upload = uploading.begin_upload(owner=owner, kind=FileKind.PICTURE, length=len(content))
        for announced, breaks in [*cuts, (6000, 6000)]:
            at = upload.offset
            length = min(announced, len(content) - at)
            if length == 0:
                break
            rest = bytearray(content[at : at + min(length, breaks)])

            def read(count: int, rest: bytearray = rest) -> bytes:
                piece = bytes(rest[:count])
                del rest[:count]
                return piece

            uploading.append(upload=upload, offset=at, length=length, read=read)
            assert upload.offset == at + min(length, breaks)
        path = Path(settings.BALA_UPLOADS) / upload.file.original
        assert path.read_bytes() == content

    holds()

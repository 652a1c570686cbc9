"""The tus protocol between processes: a real server that is killed, and clients we did not write."""

import base64
import hashlib
import http.client
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import pytest
from tusclient.client import TusClient

from bala.files.enums import FileState
from bala.files.models import StoredFile, Upload
from bala.people.models import Account
from tests.files.live import Network, Server, headers_of, node, serving, until
from tests.people.factories import make_account

pytestmark = pytest.mark.django_db(transaction=True)
MB = 1024 * 1024
HEAD = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
BODY = "application/offset+octet-stream"


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Thirty megabytes that begin as a film does."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(HEAD + os.urandom(30 * MB - len(HEAD)))
    return path


@pytest.fixture
def stream(clip: Path) -> Iterator[BinaryIO]:
    with clip.open("rb") as opened:
        yield opened


@pytest.fixture
def owner() -> Account:
    return make_account()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Server, Network]]:
    with serving(tmp_path / "var") as running:
        yield running


def endpoint(network: Network) -> str:
    return f"http://127.0.0.1:{network.port}/files/tus/"


def offset() -> int:
    return Upload.objects.values_list("offset", flat=True).first() or 0


def stored(settings: Any) -> str:
    """The digest of what lies on the disk."""
    file = StoredFile.objects.get()
    assert file.state == FileState.PROCESSING
    content = (Path(settings.BALA_UPLOADS) / file.original).read_bytes()
    return hashlib.sha256(content).hexdigest()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_tus_js_client_goes_on_after_the_server_was_killed(
    site: tuple[Server, Network], owner: Account, clip: Path, settings: Any
) -> None:
    server, network = site
    network.allow(10 * MB)
    client = node({"endpoint": endpoint(network), "path": str(clip), "headers": headers_of(owner)})
    until(lambda: offset() >= 4 * MB)
    server.kill()
    assert 0 < offset() < 30 * MB
    server.start()
    network.cut()
    network.allow(float("inf"))
    said, _errors = client.communicate(timeout=120)
    assert "done" in json.loads(said.splitlines()[-1])
    assert stored(settings) == digest(clip)


def test_tuspy_goes_on_after_the_server_was_killed(
    site: tuple[Server, Network], owner: Account, clip: Path, stream: BinaryIO, settings: Any
) -> None:
    import threading

    server, network = site
    network.allow(10 * MB)
    client = TusClient(endpoint(network), headers=headers_of(owner))
    uploader = client.uploader(
        file_stream=stream,
        chunk_size=4 * MB,
        retries=200,
        retry_delay=0.1,
        metadata={"filename": "clip.mp4"},
        upload_checksum=True,
    )
    uploading = threading.Thread(target=uploader.upload)
    uploading.start()
    until(lambda: offset() >= 4 * MB)
    server.kill()
    network.cut()
    server.start()
    network.allow(float("inf"))
    uploading.join(120)
    assert stored(settings) == digest(clip)


def test_one_client_stops_and_another_goes_on(
    site: tuple[Server, Network], owner: Account, clip: Path, stream: BinaryIO, settings: Any
) -> None:
    _server, network = site
    network.allow(10 * MB)
    first = node({"endpoint": endpoint(network), "path": str(clip), "headers": headers_of(owner)})
    assert first.stdout is not None
    url = json.loads(first.stdout.readline())["url"]
    until(lambda: offset() >= 4 * MB)
    first.kill()  # the browser is closed
    first.communicate()
    network.cut()
    network.allow(float("inf"))
    client = TusClient(endpoint(network), headers=headers_of(owner))  # of another sign-in
    until(lambda: Upload.objects.get().active_until is None)
    left = client.uploader(file_stream=stream, url=url, chunk_size=7 * MB, upload_checksum=True)
    assert left.offset >= 4 * MB
    left.upload()
    assert stored(settings) == digest(clip)


def test_two_pieces_at_once_never_mix(
    site: tuple[Server, Network], owner: Account, clip: Path, settings: Any
) -> None:
    server, _network = site
    content = clip.read_bytes()[: 6 * MB]
    client = Direct(server, owner)
    url = client.begin(len(content))
    slow = http.client.HTTPConnection("127.0.0.1", server.port)
    slow.putrequest("PATCH", url)
    for name, value in {**client.headers, **_piece(0, len(content))}.items():
        slow.putheader(name, value)
    slow.endheaders()
    slow.send(content[: 5 * MB])  # and holds
    until(lambda: offset() >= 4 * MB)
    busy = client.patch(url, 0, content)
    assert busy.status_code == 423
    slow.close()
    until(lambda: Upload.objects.get().active_until is None)
    here = int(client.head(url).headers["Upload-Offset"])
    assert 4 * MB <= here <= 5 * MB
    assert client.patch(url, here, content[here:]).status_code == 204
    assert stored(settings) == hashlib.sha256(content).hexdigest()


class Direct:
    """Requests of the protocol by hand."""

    def __init__(self, server: Server, owner: Account) -> None:
        self.base = f"http://127.0.0.1:{server.port}"
        self.headers = {**headers_of(owner), "Tus-Resumable": "1.0.0"}

    def ask(self, method: str, url: str, content: bytes = b"", **more: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        headers = {**self.headers, **named}
        return httpx.request(method, self.base + url, content=content, headers=headers)

    def announce(self, length: int) -> httpx.Response:
        name = base64.b64encode(b"clip.mp4").decode()
        told = f"filename {name}"
        return self.ask("POST", "/files/tus/", b"", Upload_Length=str(length), Upload_Metadata=told)

    def begin(self, length: int) -> str:
        return self.announce(length).headers["Location"]

    def patch(self, url: str, at: int, content: bytes, **more: str) -> httpx.Response:
        return self.ask("PATCH", url, content, Content_Type=BODY, Upload_Offset=str(at), **more)

    def head(self, url: str) -> httpx.Response:
        return self.ask("HEAD", url)


def _piece(at: int, length: int) -> dict[str, str]:
    return {"Content-Type": BODY, "Upload-Offset": str(at), "Content-Length": str(length)}


def test_every_refusal_comes_through_the_real_server(
    site: tuple[Server, Network], owner: Account, clip: Path, settings: Any
) -> None:
    server, _network = site
    client = Direct(server, owner)
    content = clip.read_bytes()[: 2 * MB]
    url = client.begin(len(content))
    assert client.patch(url, 0, content[:MB]).headers["Upload-Offset"] == str(MB)
    assert client.patch(url, 5, content[MB:]).status_code == 409  # an offset that lies
    wrong = "sha256 " + base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    assert client.patch(url, MB, content[MB:], Upload_Checksum=wrong).status_code == 460
    assert client.head(url).headers["Upload-Offset"] == str(MB)
    assert client.patch(url, MB, content[MB:] + b"x").status_code == 413
    assert client.announce(3 * 1024 * MB).status_code == 413
    assert Direct(server, make_account()).head(url).status_code == 404
    no_token = {**client.headers, "X-CSRFToken": ""}
    assert httpx.patch(client.base + url, content=b"x", headers=no_token).status_code == 403
    assert client.ask("DELETE", url).status_code == 204
    assert client.patch(url, MB, content[MB:]).status_code in (404, 410)
    expired = client.begin(len(content))
    upload = Upload.objects.get(file__state=FileState.RECEIVING)
    Upload.objects.filter(pk=upload.pk).update(expires_at=upload.expires_at - timedelta(days=900))
    assert client.head(expired).status_code == 410
    assert client.patch(expired, 0, content).status_code == 410


def test_a_full_account_is_told_by_the_real_server(
    tmp_path: Path, owner: Account, settings: Any
) -> None:
    settings.BALA_QUOTA_MB = 3
    with serving(tmp_path / "var") as (server, _network):
        client = Direct(server, owner)
        assert client.announce(2 * MB).status_code == 201
        full = client.announce(2 * MB)
    assert full.status_code == 413
    assert "3 MB" in full.text

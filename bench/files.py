"""Files: pictures and films that are prepared, bytes that are received, each beside its bare work.

`BENCH_UPLOAD_MB=2048 python -m bench files` sends two gigabytes: memory must stay flat.
"""

import base64
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

PICTURES = 6
FILM_SECONDS = 10
UPLOAD_MB = int(os.environ.get("BENCH_UPLOAD_MB", "256"))
MB = 1024 * 1024
PIECE = 8 * MB
HEAD = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"


def run() -> None:
    """Print all figures."""
    from django.conf import settings

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings.MEDIA_ROOT = folder / "media"
        settings.BALA_UPLOADS = str(folder / "uploads")
        _pictures()
        _film(folder)
        _upload(folder)


def _account() -> Any:
    from bala.people.models import Account

    found = Account.objects.filter(email="bench-files@example.kz").first()
    return found or Account.objects.create_user("bench-files@example.kz", "x" * 20)


def _prepared(content: bytes, name: str) -> float:
    """Receive a file and prepare it; return the seconds that the preparation took."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from bala.files.actions import delete, prepare, receive
    from bala.files.enums import FileState

    file = receive(owner=_account(), upload=SimpleUploadedFile(name, content))
    start = time.perf_counter()
    prepare(file_id=file.pk)
    seconds = time.perf_counter() - start
    file.refresh_from_db()
    if file.state != FileState.READY:
        sys.exit(f"files: {name} was {file.state} {file.refusal}")
    delete(file=file)
    return seconds


def _pictures() -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    noise = Image.effect_noise((1000, 750), 60).convert("RGB").resize((4000, 3000))
    noise.save(out, "JPEG", quality=88)
    content = out.getvalue()
    _prepared(content, "warm.jpg")
    took = sum(_prepared(content, "picture.jpg") for _number in range(PICTURES)) / PICTURES
    start = time.perf_counter()
    for _number in range(3):
        picture = Image.open(io.BytesIO(content))
        picture.load()
        picture.thumbnail((1920, 1440))
        picture.save(io.BytesIO(), "WEBP", quality=80, method=4)
    bare = (time.perf_counter() - start) / 3
    print(
        f"pictures of 12 megapixels ({len(content) / MB:.1f} MB): {1 / took:.2f} a second; "
        f"bare Pillow, one size of the four: {1 / bare:.2f}; ratio {bare / took:.2f}",
        flush=True,
    )


def _film(folder: Path) -> None:
    import av

    source = folder / "film.mp4"
    _make_film(source)
    took = _prepared(source.read_bytes(), "film.mp4")
    start = time.perf_counter()
    with av.open(str(source)) as film, av.open(str(folder / "bare.mp4"), "w") as target:
        video: Any = target.add_stream("libx264", rate=30, options={"preset": "veryfast"})
        video.width, video.height, video.pix_fmt = 1920, 1080, "yuv420p"
        frames: Any = film.decode(video=0)
        for frame in frames:
            frame.pict_type = 0
            target.mux(video.encode(frame))
        target.mux(video.encode(None))
    bare = time.perf_counter() - start
    print(
        f"a film of {FILM_SECONDS} s, 1080p: {FILM_SECONDS / took:.2f} seconds of film a second; "
        f"bare PyAV, one size: {FILM_SECONDS / bare:.2f}; ratio {bare / took:.2f}",
        flush=True,
    )


def _make_film(path: Path) -> None:
    import av
    from PIL import Image

    noise = Image.effect_noise((480, 270), 50).convert("RGB").resize((2400, 1350))
    with av.open(str(path), "w") as file:
        video: Any = file.add_stream("libx264", rate=30, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 1920, 1080, "yuv420p"
        make: Any = av.VideoFrame.from_image
        for number in range(30 * FILM_SECONDS):
            shift = number % 240
            frame = make(noise.crop((shift, shift, shift + 1920, shift + 1080)))
            frame.pts = number
            file.mux(video.encode(frame))
        file.mux(video.encode(None))


def _upload(folder: Path) -> None:
    """Send one file in pieces to a server of its own, and write the same bytes barely."""
    piece = os.urandom(PIECE)
    bare = _bare_write(folder / "bare", piece)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = _serve(port, folder)
    try:
        before = _pss(server.pid)
        seconds, peak = _send(port, piece, server.pid)
        after = _pss(server.pid)
    finally:
        server.terminate()
        server.wait(15)
    print(
        f"tus, {UPLOAD_MB} MB in pieces of {PIECE // MB}: {UPLOAD_MB / seconds:.0f} MB a second; bare "
        f"write and sync: {UPLOAD_MB / bare:.0f}; ratio {bare / seconds:.2f}; memory of the server "
        f"(PSS) {before} MB before, {peak} at most, {after} after",
        flush=True,
    )


def _bare_write(path: Path, piece: bytes) -> float:
    start = time.perf_counter()
    with path.open("wb") as file:
        for _number in range(UPLOAD_MB * MB // PIECE):
            file.write(piece)
            file.flush()
            os.fdatasync(file.fileno())
    seconds = time.perf_counter() - start
    path.unlink()
    return seconds


def _serve(port: int, folder: Path) -> "subprocess.Popen[bytes]":
    from django.conf import settings

    environment = {
        **os.environ,
        "SECRET_KEY": settings.SECRET_KEY,
        "BALA_UPLOADS": str(folder / "uploads"),
        "BALA_MFA_REQUIRED": "0",
    }
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4"),
            *("--log-level", "warning", "bala.wsgi:application"),
        ],
        env=environment,
    )
    for _attempt in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return process
        time.sleep(0.1)
    sys.exit("files: the server does not answer")


def _send(port: int, piece: bytes, pid: int) -> tuple[float, int]:
    from django.test import Client

    client = Client()
    client.force_login(_account())
    token = "t" * 32
    headers = {
        "Tus-Resumable": "1.0.0",
        "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}",
        "X-CSRFToken": token,
    }
    name = base64.b64encode(b"film.mp4").decode()
    announced = {"Upload-Length": str(UPLOAD_MB * MB), "Upload-Metadata": f"filename {name}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(
        "POST", "/files/tus/", headers={**headers, **announced, "Content-Length": "0"}
    )
    answer = connection.getresponse()
    answer.read()
    url = answer.headers["Location"]
    start, peak = time.perf_counter(), 0
    first = HEAD + piece[len(HEAD) :]
    for number in range(UPLOAD_MB * MB // PIECE):
        told = {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(number * PIECE),
        }
        connection.request("PATCH", url, first if number == 0 else piece, {**headers, **told})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 204:
            sys.exit(f"files: a piece was answered with {answer.status}")
        if number % 8 == 0:
            peak = max(peak, _pss(pid))
    seconds = time.perf_counter() - start
    connection.request("DELETE", url, headers=headers)
    connection.getresponse().read()
    return seconds, peak


def _pss(pid: int) -> int:
    """The memory of a process and its children, in megabytes, what they share counted once."""
    total = 0
    for each in [pid, *_children(pid)]:
        with suppress(OSError):
            for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total // 1024


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [each for child in listed for each in (int(child), *_children(int(child)))]
    return []

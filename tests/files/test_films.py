"""What becomes of films."""

import io
import re
from pathlib import Path
from typing import Any

import av
import pytest
from django.test import Client
from PIL import Image

from bala.files.actions import release
from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import StoredFile
from bala.files.queries import signed_address, why_refused
from bala.files.queries.storage import media
from tests.files import films, samples
from tests.files.factories import everything_kept, make_picture, send
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db


def kept(file: StoredFile, name: str) -> bytes:
    with media().open(file.renditions.get(name=name).path) as opened:
        return bytes(opened.read())


def sizes(file: StoredFile) -> dict[str, tuple[int | None, int | None]]:
    return {r.name: (r.width, r.height) for r in file.renditions.all()}


def streams(content: bytes) -> dict[str, str]:
    with opened(content) as film:
        return {stream.type: stream.codec_context.name for stream in film.streams}


def opened(content: bytes) -> Any:
    return av.open(io.BytesIO(content))


def refusal_of(content: bytes) -> str:
    file = send(content)
    run_jobs()
    file.refresh_from_db()
    assert file.state == FileState.REFUSED
    assert not file.renditions.exists()
    return file.refusal


def test_a_film_comes_in_two_sizes_with_a_poster_and_its_original_goes(settings: Any) -> None:
    file = make_picture(content=films.film(size=(1920, 1080)))
    assert (file.state, file.kind) == (FileState.READY, FileKind.FILM)
    assert sizes(file) == {
        "mp4_480": (854, 480),
        "mp4_1080": (1920, 1080),
        "poster": (960, 540),
        "share": (1200, 675),
    }
    assert file.duration == pytest.approx(1, abs=0.1)
    assert list(Path(settings.BALA_UPLOADS).iterdir()) == []
    for name in ("mp4_480", "mp4_1080"):
        content = kept(file, name)
        assert streams(content) == {"video": "h264", "audio": "aac"}
        assert content.index(b"moov") < content.index(b"mdat")  # it plays before it is here whole


def test_a_small_film_is_never_made_larger() -> None:
    file = make_picture(content=films.film(size=(320, 240)))
    assert sizes(file) == {"mp4_480": (320, 240), "poster": (320, 240), "share": (320, 240)}
    middle = make_picture(content=films.film(size=(1280, 720), seconds=0.5))
    assert sizes(middle)["mp4_1080"] == (1280, 720)


@pytest.mark.parametrize(
    ("kind", "codec", "sound", "pixels"),
    [
        ("mov", "libx264", "aac", "yuv420p"),
        ("mov", "libx265", "aac", "yuv420p10le"),
        ("mp4", "libx265", "aac", "yuv420p"),
        ("webm", "libvpx", "libopus", "yuv420p"),
        ("webm", "libvpx-vp9", "libopus", "yuv420p"),
        ("matroska", "libx264", "aac", "yuv444p"),
        ("3gp", "mpeg4", "amr_nb", "yuv420p"),
        ("mp4", "libx264", None, "yuv420p"),
    ],
)
def test_whatever_phones_make_plays_everywhere(
    kind: str, codec: str, sound: str | None, pixels: str
) -> None:
    content = films.film(size=(352, 288), kind=kind, codec=codec, sound=sound, pixels=pixels)
    file = make_picture(content=content)
    assert file.state == FileState.READY, file.refusal
    expected = {"video": "h264", "audio": "aac"} if sound else {"video": "h264"}
    with opened(kept(file, "mp4_480")) as film:
        assert {stream.type: stream.codec_context.name for stream in film.streams} == expected
        assert film.streams.video[0].codec_context.pix_fmt == "yuv420p"
        shown = [float(frame.time or 0) for frame in film.decode(video=0)]
        assert 25 <= len(shown) <= 31
        assert shown == sorted(shown)
        if sound:
            heard = film.streams.audio[0]
            assert heard.duration is not None
            assert heard.time_base is not None
            assert float(heard.duration * heard.time_base) == pytest.approx(1, abs=0.25)


@pytest.mark.parametrize(
    ("turn", "corner"),
    [
        ((0, False, False), "left top"),
        ((90, False, False), "left bottom"),
        ((180, False, False), "right bottom"),
        ((270, False, False), "right top"),
        ((0, True, False), "right top"),
        ((0, False, True), "left bottom"),
        ((90, True, False), None),
        ((270, True, False), None),
    ],
)
def test_a_film_stands_upright_whichever_way_the_phone_was_held(
    turn: tuple[int, bool, bool], corner: str | None
) -> None:
    file = make_picture(content=films.film(size=(320, 180), turn=turn, sound=None, seconds=0.3))
    upright = turn[0] in (90, 270)
    assert sizes(file)["mp4_480"] == ((180, 320) if upright else (320, 180))
    poster = Image.open(io.BytesIO(kept(file, "poster"))).convert("RGB")
    red = [name for name, at in _corners(poster).items() if _is_red(poster.getpixel(at))]
    assert len(red) == 1
    if corner is not None:
        assert red == [corner]
    else:  # turned and mirrored: two of them differ from each other, and from the plain turns
        assert (
            red[0] in {90: ("left top", "right bottom"), 270: ("left top", "right bottom")}[turn[0]]
        )


def _corners(picture: Image.Image) -> dict[str, tuple[int, int]]:
    right, bottom = picture.width - 12, picture.height - 12
    return {
        "left top": (12, 12),
        "right top": (right, 12),
        "left bottom": (12, bottom),
        "right bottom": (right, bottom),
    }


def _is_red(pixel: Any) -> bool:
    red, green, blue = pixel
    return bool(red > 170 and green < 80 and blue < 80)


def test_no_byte_of_metadata_stays_anywhere(settings: Any) -> None:
    content = films.phone_film()
    assert samples.CANARY in content
    assert b"+43.2380" in content
    assert make_picture(content=content).state == FileState.READY
    for folder in (settings.MEDIA_ROOT, settings.BALA_UPLOADS):
        left = everything_kept(Path(folder))
        for trace in (samples.CANARY, b"+43.2380", b"quicktime.", b"Lavf", b"2021-05-28"):
            assert trace not in left
    assert everything_kept(Path(settings.MEDIA_ROOT))


def test_a_fast_film_has_thirty_frames_a_second() -> None:
    file = make_picture(content=films.film(size=(320, 180), rate=120, seconds=0.5, sound=None))
    with opened(kept(file, "mp4_480")) as film:
        assert 12 <= sum(1 for _frame in film.decode(video=0)) <= 17


def test_a_long_film_comes_in_pieces_too(client: Client, settings: Any) -> None:
    settings.BALA_HLS_MINUTES = 0
    file = make_picture(content=films.film(size=(640, 520), seconds=8))
    assert set(sizes(file)) == {
        *("mp4_480", "mp4_1080", "poster", "share"),
        *("hls", "hls_480", "seg_480", "hls_1080", "seg_1080"),
    }
    release(files=[file])
    base = f"/files/{file.public_id}/"
    first = client.get(base + "hls")
    assert first["Content-Type"] == "application/vnd.apple.mpegurl"
    lists = [line for line in first.content.decode().splitlines() if not line.startswith("#")]
    assert lists == ["hls_480", "hls_1080"]
    listed = client.get(base + lists[0]).content.decode()
    assert listed.rstrip().endswith("#EXT-X-ENDLIST")
    parts = re.findall(r"(?:BYTERANGE=\"|BYTERANGE:)(\d+)@(\d+)", listed)
    assert len(parts) >= 3  # the head and two pieces
    whole = kept(file, "seg_480")
    joined = b""
    for count, start in parts:
        wanted = f"bytes={start}-{int(start) + int(count) - 1}"
        answer: Any = client.get(base + "seg_480", headers={"range": wanted})
        assert answer.status_code == 206
        joined += b"".join(answer.streaming_content)
    assert joined == whole[: len(joined)]
    with opened(joined) as film:
        assert sum(1 for _frame in film.decode(video=0)) >= 235


def test_every_piece_of_a_film_that_waits_carries_the_signature(
    client: Client, settings: Any
) -> None:
    settings.BALA_HLS_MINUTES = 0
    file = make_picture(content=films.film(size=(320, 240), seconds=1))
    assert client.get(f"/files/{file.public_id}/hls").status_code == 404
    first = client.get(signed_address(file, "hls")).content.decode()
    (inner,) = [line for line in first.splitlines() if not line.startswith("#")]
    listed = client.get(f"/files/{file.public_id}/{inner}").content.decode()
    addresses = set(re.findall(r"(seg_480[^\"\s,]*)", listed))
    assert len(addresses) == 1
    assert client.get(f"/files/{file.public_id}/{addresses.pop()}").status_code == 200
    assert client.get(f"/files/{file.public_id}/seg_480").status_code == 404


def test_a_film_without_pictures_is_refused() -> None:
    assert refusal_of(films.sound_alone()) == Refusal.SILENT


def test_a_film_that_is_too_long_is_refused_with_the_limit(settings: Any) -> None:
    settings.BALA_MAX_FILM_MINUTES = 0
    assert refusal_of(films.film(seconds=2.5)) == Refusal.LONG
    assert "0" in why_refused(StoredFile.objects.get())
    webm = films.film(seconds=2.5, kind="webm", codec="libvpx", sound=None)
    assert refusal_of(webm) == Refusal.LONG


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("faststart", [True, False])
def test_a_film_that_is_cut_off_is_refused(keep: float, faststart: bool) -> None:
    options = {"movflags": "+faststart"} if faststart else {}
    whole = films.film(size=(320, 180), seconds=12, rate=10, sound=None, options=options)
    assert refusal_of(whole[: int(len(whole) * keep)]) == Refusal.BROKEN


@pytest.mark.parametrize(
    "content",
    [
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\xff" * 5000,
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"\x1a\x45\xdf\xa3" + b"webm" + b"\0" * 5000,
        b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"#EXTM3U\nfile:///etc/passwd\n" * 40,
    ],
)
def test_what_only_looks_like_a_film_is_refused(content: bytes) -> None:
    assert refusal_of(content) == Refusal.BROKEN


def test_damage_in_the_middle_is_refused_or_played_but_never_hangs() -> None:
    whole = bytearray(films.film(size=(320, 180), seconds=3, sound=None))
    for at in range(len(whole) // 3, 2 * len(whole) // 3, 7):
        whole[at] ^= 0xFF
    file = send(bytes(whole))
    run_jobs()
    file.refresh_from_db()
    assert file.state in (FileState.READY, FileState.REFUSED)


def test_a_film_that_takes_too_much_is_refused(settings: Any) -> None:
    settings.BALA_FILM_WORK_MINUTES = 0
    assert refusal_of(films.film()) == Refusal.HEAVY

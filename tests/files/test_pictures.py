"""What becomes of pictures."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bala.files.actions import FileRefused, QuotaExceeded
from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import StoredFile
from bala.files.queries.storage import media
from tests.files import samples
from tests.files.factories import digest, everything_kept, make_picture, send
from tests.jobs import run_jobs
from tests.people.factories import make_account

pytestmark = pytest.mark.django_db


def opened(file: StoredFile, name: str) -> Image.Image:
    with media().open(file.renditions.get(name=name).path) as kept:
        return Image.open(io.BytesIO(kept.read()))


def greys(picture: Image.Image) -> tuple[float, float]:
    """The darkest and the lightest grey."""
    low, high = picture.convert("L").getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    return low, high


def refusal_of(content: bytes) -> str:
    file = send(content)
    run_jobs()
    file.refresh_from_db()
    assert file.state == FileState.REFUSED
    assert not file.renditions.exists()
    return file.refusal


def test_a_photograph_comes_in_three_sizes_and_its_original_goes(settings: Any) -> None:
    content = samples.jpeg(2400, 1800)
    file = make_picture(content=content)
    assert file.state == FileState.READY
    assert (file.width, file.height, file.kind) == (2400, 1800, FileKind.PICTURE)
    assert file.sha256 == digest(content)
    sizes = {r.name: (r.width, r.height, r.content_type) for r in file.renditions.all()}
    assert sizes == {
        "w320": (320, 240, "image/webp"),
        "w960": (960, 720, "image/webp"),
        "w1920": (1920, 1440, "image/webp"),
        "share": (1200, 900, "image/jpeg"),
    }
    assert list(Path(settings.BALA_UPLOADS).iterdir()) == []
    assert file.original == ""


def test_a_small_picture_is_never_made_larger() -> None:
    file = make_picture(content=samples.jpeg(500, 400))
    widths = {r.name: r.width for r in file.renditions.all()}
    assert widths == {"w320": 320, "w960": 500, "share": 500}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_whichever_way_the_phone_was_held(orientation: int) -> None:
    upright = samples.drawing(800, 600)
    turned = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    shot = upright if turned is None else upright.transpose(turned)
    file = make_picture(content=samples.saved(shot, "JPEG", exif=samples.exif(orientation)))
    shown = opened(file, "w320").convert("RGB")
    assert shown.size == (320, 240)
    red, green, _blue = (band.getpixel((20, 20)) for band in shown.split())
    assert isinstance(red, int)
    assert isinstance(green, int)
    assert red > 180
    assert green < 80


def test_no_byte_of_metadata_stays_anywhere(settings: Any) -> None:
    for content in (samples.phone_jpeg(), samples.heic()):
        assert samples.CANARY in content
        file = make_picture(content=content)
        assert file.state == FileState.READY
    for folder in (settings.MEDIA_ROOT, settings.BALA_UPLOADS):
        kept = everything_kept(Path(folder))
        for trace in (samples.CANARY, b"Exif", b"EXIF", b"XMP", b"xpacket", b"8BIM", b"ICC"):
            assert trace not in kept
    assert everything_kept(Path(settings.MEDIA_ROOT))


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("CMYK", "JPEG"),
        ("L", "JPEG"),
        ("P", "PNG"),
        ("RGBA", "PNG"),
        ("LA", "PNG"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_kind_of_pixels_becomes_plain_colour(mode: str, kind: str) -> None:
    picture = samples.drawing(400, 300).convert(mode)
    file = make_picture(content=samples.saved(picture, kind))
    shown = opened(file, "w320")
    assert shown.mode == "RGB"
    low, high = greys(shown)
    assert low < high


def test_sixteen_bits_keep_their_greys() -> None:
    grey = Image.linear_gradient("L").resize((400, 300)).convert("I").point(lambda v: v * 257)
    file = make_picture(content=samples.saved(grey.convert("I;16"), "PNG"))
    low, high = greys(opened(file, "w320"))
    assert low < 10
    assert high > 245


def test_a_transparent_drawing_lies_on_white() -> None:
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    file = make_picture(content=samples.saved(clear, "PNG"))
    assert opened(file, "w320").convert("RGB").getpixel((10, 10)) == (255, 255, 255)


def test_a_heic_of_a_telephone_becomes_a_picture() -> None:
    file = make_picture(content=samples.heic())
    assert file.state == FileState.READY
    assert opened(file, "w320").size == (320, 240)


def test_the_commonest_colour_holds_the_place() -> None:
    file = make_picture(content=samples.saved(Image.new("RGB", (50, 50), "#2060c0"), "PNG"))
    assert file.colour == "#2060c0"


def test_a_picture_bomb_is_refused_before_it_is_decoded() -> None:
    assert refusal_of(samples.png_header(30_000, 30_000)) == Refusal.PIXELS


@pytest.mark.parametrize("keep", [0.02, 0.5, 0.97])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_cut_off_is_refused(kind: str, keep: float) -> None:
    whole = samples.saved(samples.drawing(900, 700), kind)
    assert refusal_of(whole[: int(len(whole) * keep)]) == Refusal.BROKEN


def test_a_heic_that_is_cut_off_is_refused() -> None:
    whole = samples.heic()
    assert refusal_of(whole[: len(whole) // 2]) == Refusal.BROKEN


def test_a_moving_picture_is_refused() -> None:
    frames = [samples.drawing(100, 100), samples.drawing(100, 100).rotate(90)]
    moving = samples.saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert refusal_of(moving) == Refusal.ANIMATED


def test_what_a_file_is_called_does_not_matter() -> None:
    assert make_picture(content=samples.saved(samples.drawing(), "PNG")).state == FileState.READY
    for content in (b"PK\x03\x04" + b"\0" * 500, b"MZ" + b"\0" * 500, b"<svg/>", b"GIF89a" * 50):
        with pytest.raises(FileRefused) as refused:
            send(content)
        assert refused.value.reason == Refusal.TYPE


def test_an_empty_or_too_large_or_unexpected_file_is_refused(settings: Any) -> None:
    with pytest.raises(FileRefused) as refused:
        send(b"")
    assert refused.value.reason == Refusal.EMPTY
    with pytest.raises(FileRefused) as refused:
        send(samples.jpeg(), kinds=[FileKind.FILM])
    assert refused.value.reason == Refusal.KIND
    settings.BALA_MAX_PICTURE_MB = 0
    with pytest.raises(FileRefused) as refused:
        send(samples.jpeg())
    assert refused.value.reason == Refusal.SIZE
    assert not StoredFile.objects.exists()


def test_an_account_that_is_full_takes_no_more(settings: Any) -> None:
    owner = make_account()
    content = samples.saved(Image.effect_noise((1024, 700), 90), "PNG")
    settings.BALA_QUOTA_MB = 1
    assert 524_288 < len(content) < 1_048_576
    send(content, owner)
    with pytest.raises(QuotaExceeded):
        send(content, owner)
    send(content, make_account())
    assert StoredFile.objects.filter(owner=owner).count() == 1


def test_a_repeated_preparation_changes_nothing(settings: Any) -> None:
    from bala.files.actions import prepare

    file = make_picture()
    kept = everything_kept(Path(settings.MEDIA_ROOT))
    prepare(file_id=file.pk)
    assert everything_kept(Path(settings.MEDIA_ROOT)) == kept

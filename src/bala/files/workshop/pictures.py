"""Pictures: checked, turned upright, and written anew without anything but their pixels."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from bala.files.workshop.errors import Refused
from bala.files.workshop.work import Made, Order, Result

WIDTHS = (320, 960, 1920)
SHARE_WIDTH = 1200  # a JPEG for what knows no WebP: messengers' previews, Word, certificates
MAX_HEIGHT = 6000  # of a result: a very long screenshot is made narrower
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")  # JPEG opens MPO too, the double pictures of phones
QUALITY = 80


def make(order: Order) -> Result:
    """Make the sizes of a picture; raise Refused for what cannot or must not be shown."""
    picture = _open(Path(order.source), order.max_pixels)
    result = Result(width=picture.width, height=picture.height, colour=dominant_colour(picture))
    result.made = write_sizes(picture, Path(order.folder))
    share = narrowed(picture, SHARE_WIDTH)
    share.save(Path(order.folder) / "share.jpg", "JPEG", quality=85, optimize=True)
    result.made.append(Made("share", "share.jpg", "image/jpeg", share.width, share.height))
    return result


def write_sizes(picture: Image.Image, folder: Path) -> list[Made]:
    """Write each width that the picture fills, and the picture itself if it is narrower."""
    wanted = [width for n, width in enumerate(WIDTHS) if n == 0 or picture.width > WIDTHS[n - 1]]
    made = []
    for width in reversed(wanted):  # the next size is made of the one before: quicker, as good
        picture = narrowed(picture, width)
        name = f"w{width}"
        picture.save(folder / f"{name}.webp", "WEBP", quality=QUALITY, method=4)
        made.append(Made(name, f"{name}.webp", "image/webp", picture.width, picture.height))
    return made


def dominant_colour(picture: Image.Image) -> str:
    """Return the commonest colour as "#rrggbb"."""
    small = picture.resize((48, 48), Image.Resampling.BOX).quantize(6)
    counted = small.getcolors() or [(1, 0)]
    _count, index = max(counted)
    palette = small.getpalette() or [0, 0, 0]
    assert isinstance(index, int)  # noqa: S101
    red, green, blue = palette[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _open(source: Path, max_pixels: int) -> Image.Image:
    """Open, check before decoding, decode, turn upright, bring to sRGB with eight bits."""
    with source.open("rb") as file:
        if file.read(12)[4:8] == b"ftyp":
            import pillow_heif

            pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before anything is decoded
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd EXIF is no matter: it goes
            picture = Image.open(source, formats=FORMATS)
            width, height = picture.size
            if width * height > max_pixels or width < 1 or height < 1:
                raise Refused("pixels")
            if picture.format in ("PNG", "WEBP") and getattr(picture, "is_animated", False):
                raise Refused("animated")
            if picture.format in ("JPEG", "MPO"):
                picture.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # decodes a huge one smaller
            picture.load()
            return _plain(ImageOps.exif_transpose(picture))
    except MemoryError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError) as error:
        # What Pillow and libheif raise for damaged files is not one family.
        raise Refused("broken") from error


def _plain(picture: Image.Image) -> Image.Image:
    """Return RGB in sRGB with eight bits, on white where it was transparent; only pixels stay."""
    profile = picture.info.get("icc_profile")
    if picture.mode in ("I;16", "I;16B", "I;16L", "I;16N", "I", "F"):
        picture = _eight_bits(picture)
    if picture.mode in ("P", "PA", "LA", "La", "RGBA", "RGBa") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        ground.alpha_composite(layered)
        picture = ground.convert("RGB")
    if profile:
        picture = _in_srgb(picture, profile)
    if picture.mode != "RGB":
        picture = picture.convert("RGB")
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _eight_bits(picture: Image.Image) -> Image.Image:
    wide = picture.convert("I") if picture.mode != "F" else picture
    low, high = wide.getextrema()
    assert isinstance(low, int | float)  # noqa: S101
    assert isinstance(high, int | float)  # noqa: S101
    top = 65535 if high > 255 else 255
    return wide.point(lambda value: value * (255 / top)).convert("L")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile for another kind of pixels, or a broken one: shown without it
    return converted if converted is not None else picture


def narrowed(picture: Image.Image, width: int) -> Image.Image:
    """Return the picture at most `width` wide and MAX_HEIGHT high; never larger than it was."""
    scale = min(width / picture.width, MAX_HEIGHT / picture.height, 1)
    if scale == 1:
        return picture
    size = (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)

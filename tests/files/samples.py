"""Files as phones make them, and files that nobody should send, made by program."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw

CANARY = b"CANARY-7f3a"  # stands in every metadata field of the samples


def drawing(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture whose left upper corner is red, so that one sees which way is up."""
    picture = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    painter = ImageDraw.Draw(picture)
    painter.rectangle((0, 0, width // 4, height // 4), fill=(220, 30, 30))
    return picture.convert(mode)


def jpeg(width: int = 800, height: int = 600, **options: Any) -> bytes:
    """A JPEG without metadata."""
    return saved(drawing(width, height), "JPEG", **options)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the picture written in a format."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> bytes:
    """EXIF with a position in Almaty, a maker's note and an owner's name."""
    data = Image.Exif()
    data[0x010F] = CANARY.decode()  # make
    data[0x0112] = orientation
    data[0x013B] = CANARY.decode()  # artist
    inner = data.get_ifd(0x8769)
    inner[0x927C] = b"MAKER" + CANARY  # maker's note
    inner[0x9286] = b"ASCII\0\0\0" + CANARY  # the person's comment
    gps = data.get_ifd(0x8825)
    gps[1], gps[2] = "N", (43.0, 14.0, 17.02)
    gps[3], gps[4] = "E", (76.0, 56.0, 41.38)
    gps[29] = CANARY.decode()
    return data.tobytes()


def xmp() -> bytes:
    """An XMP packet."""
    return (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="' + CANARY + b'"/></rdf:RDF>'
        b'</x:xmpmeta><?xpacket end="w"?>'
    )


def iptc() -> bytes:
    """A Photoshop segment with an IPTC by-line."""
    record = b"\x1c\x02\x50" + struct.pack(">H", len(CANARY)) + CANARY
    block = (
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    )
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def phone_jpeg(width: int = 1200, height: int = 900, orientation: int = 1) -> bytes:
    """A photograph with EXIF, GPS, XMP, IPTC, a maker's note, a comment and a trailer."""
    plain = jpeg(
        width, height, exif=exif(orientation), xmp=xmp(), comment=CANARY, icc_profile=profile()
    )
    return plain[:2] + iptc() + plain[2:] + b"TRAILER" + CANARY


def profile() -> bytes:
    """An sRGB profile whose description is the canary."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return made.tobytes() + CANARY


def heic(width: int = 640, height: int = 480) -> bytes:
    """A HEIC with EXIF and XMP."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    return saved(drawing(width, height), "HEIF", exif=exif(), xmp=xmp())


def png_header(width: int, height: int) -> bytes:
    """A tiny PNG that says it is very large: all of its pixels in a few kilobytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )

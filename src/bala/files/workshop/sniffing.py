"""What a file is, told by its first bytes; its name and its declared type are not asked."""

from typing import NamedTuple

HEAD = 4096  # bytes that are enough to tell


class Recognised(NamedTuple):
    """A type that is accepted."""

    kind: str  # "picture", "film" or "document"
    content_type: str


_STARTS = {
    b"\xff\xd8\xff": Recognised("picture", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": Recognised("picture", "image/png"),
    b"%PDF-": Recognised("document", "application/pdf"),
}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_REFUSED_BRANDS = {b"avif", b"avis", b"M4A ", b"M4B ", b"M4P ", b"crx ", b"jp2 ", b"jxl "}
_OLD_QUICKTIME = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def recognise(head: bytes) -> Recognised | None:
    """Return the type that a file's first bytes tell (some HEAD of them), or None: not accepted."""
    for start, found in _STARTS.items():
        if head.startswith(start):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Recognised("picture", "image/webp")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        webm = b"webm" in head[:128]
        return Recognised("film", "video/webm" if webm else "video/x-matroska")
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    return Recognised("film", "video/quicktime") if head[4:8] in _OLD_QUICKTIME else None


def _by_brand(head: bytes) -> Recognised | None:
    size = int.from_bytes(head[:4], "big")
    major = head[8:12]
    brands = {head[at : at + 4] for at in range(16, min(size, len(head)) - 3, 4)}
    if major in _REFUSED_BRANDS or (major == b"mif1" and b"avif" in brands):
        return None
    if major in _HEIC:
        return Recognised("picture", "image/heic")
    if major == b"qt  ":
        return Recognised("film", "video/quicktime")
    if major[:3] in (b"3gp", b"3g2"):
        return Recognised("film", "video/3gpp")
    return Recognised("film", "video/mp4")

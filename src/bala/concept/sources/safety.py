"""What is looked at before any file is opened: size, kind by content, archives, XML."""

import io
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bala.concept.errors import (
    ArchiveBomb,
    DamagedDocument,
    DangerousMarkup,
    DocumentTooLarge,
    EmptyDocument,
    EncryptedDocument,
    LegacyWordDocument,
    MissingDocument,
    PictureDocument,
    UnknownFormat,
)

MAX_BYTES = 20 * 1024 * 1024
# A 200-page document's XML is below 10 MB; a part beyond this is no text that a person wrote.
MAX_PART = 64 * 1024 * 1024
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200
MAX_FILES = 5000

_PICTURES = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_limited(path: Path, *, max_bytes: int) -> bytes:
    """Read a file of at most `max_bytes`; a larger one is refused before it is read.

    Raises MissingDocument or DocumentTooLarge.
    """
    try:
        if not path.is_file():
            raise MissingDocument
        if path.stat().st_size > max_bytes:
            raise DocumentTooLarge
        with path.open("rb") as stream:
            # One byte more: the file may grow between the two looks.
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise MissingDocument from error
    if len(data) > max_bytes:
        raise DocumentTooLarge
    return data


def kind_of(data: bytes) -> str:
    """Say by content whether a file is "docx", "odt", "pdf" or "text".

    Raises the error that fits for anything else.
    """
    if not data.strip():
        raise EmptyDocument
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedDocument
        raise LegacyWordDocument
    if data.startswith(_PICTURES) or _is_riff_or_heif(data):
        raise PictureDocument
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _archive_kind(data)
    if data.startswith(b"{\\rtf"):
        raise UnknownFormat
    return "text"


def _is_riff_or_heif(data: bytes) -> bool:
    if data[4:8] == b"ftyp":
        return True
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def _archive_kind(data: bytes) -> str:
    with open_archive(data) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return "docx"
        if "content.xml" in names:
            mime = b""
            if "mimetype" in names:
                mime = read_part(archive, "mimetype")
            if not mime or b"opendocument.text" in mime:
                return "odt"
        if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
            return "docx"
    raise UnknownFormat


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip whose directory promises nothing beyond a document's size.

    Raises ArchiveBomb, EncryptedDocument or DamagedDocument.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedDocument from error
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_FILES or total > MAX_UNPACKED:
        raise ArchiveBomb
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise EncryptedDocument
        # Small repetitive parts compress well in honest documents, so only big ones count.
        if entry.file_size > 4 * 1024 * 1024 and (
            entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        ):
            raise ArchiveBomb
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read one part, at most MAX_PART bytes whatever the directory promised.

    Raises ArchiveBomb or DamagedDocument.
    """
    try:
        with archive.open(name) as stream:
            data = stream.read(MAX_PART + 1)
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise DamagedDocument from error
    except (NotImplementedError, RuntimeError) as error:
        raise EncryptedDocument from error
    except Exception as error:
        # zlib.error and its kin derive from Exception alone.
        raise DamagedDocument from error
    if len(data) > MAX_PART:
        raise ArchiveBomb
    return data


def parse_xml(data: bytes) -> Element:
    """Parse XML that may define no entities and no document type.

    Raises DangerousMarkup or DamagedDocument.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise DangerousMarkup from error
    except (ParseError, ValueError, LookupError) as error:
        raise DamagedDocument from error
    return root

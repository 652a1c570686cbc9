"""Broken, huge, locked and malicious files: each gets one clear sentence."""

import io
import zipfile
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image

from bala.concept import errors
from bala.concept.reader import read_bytes, read_document
from tests.concept import documents

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w>&b;</w>'


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, "PNG")
    return stream.getvalue()


def locked_zip() -> bytes:
    data = bytearray(documents.word("Концепция"))
    # The flag of encryption in the first local header and in every entry of the directory.
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def locked_pdf() -> bytes:
    plain = documents.pdf(documents.NAVIGATION)
    entry = (
        b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <"
        + b"ab" * 32
        + b"> /U <"
        + b"cd" * 32
        + b"> >> "
    )
    at = plain.rfind(b"/Root")
    return plain[:at] + entry + plain[at:]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyDocument),
        (b" \n \n", errors.EmptyDocument),
        (picture(), errors.PictureDocument),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, errors.PictureDocument),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedDocument),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), errors.LegacyWordDocument),
        (documents.word("Концепция")[:2000], errors.DamagedDocument),
        (b"PK\x03\x04 and then nothing of a zip", errors.DamagedDocument),
        (locked_zip(), errors.EncryptedDocument),
        (b"\x00\x01\x02\x03" * 500, errors.UnknownFormat),
        (bytes(range(256)) * 20, errors.UnknownFormat),
        (b"\x7fELF" + bytes(range(200)) * 9, errors.UnknownFormat),
        (b"{\\rtf1 text}", errors.UnknownFormat),
        (documents.pdf_of_pictures(), errors.ScannedDocument),
        (documents.pdf(documents.NAVIGATION)[:900], errors.DamagedDocument),
        (b"%PDF-1.7\n" + b"x" * 500, errors.DamagedDocument),
        (locked_pdf(), errors.EncryptedDocument),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, error: type[errors.UnreadableDocument]) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, filename="concept.docx")
    assert str(caught.value).count(".") >= 1


def test_xml_entities_are_refused_in_every_part() -> None:
    word, open_text = documents.word("Концепция"), documents.open_text("Концепция")
    for data, part in (
        (word, "word/document.xml"),
        (word, "word/styles.xml"),
        (word, "word/numbering.xml"),
        (open_text, "content.xml"),
        (open_text, "styles.xml"),
    ):
        with pytest.raises(errors.DangerousMarkup):
            read_bytes(documents.rezip(data, {part: BOMB}), filename="a.docx")


def test_xml_that_is_cut_off_is_damaged() -> None:
    data = documents.rezip(documents.word("Концепция"), {"word/document.xml": b"<w:document"})
    with pytest.raises(errors.DamagedDocument):
        read_bytes(data, filename="a.docx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = documents.rezip(
        documents.word("Концепция"), {"word/document.xml": b" " * (80 * 1024 * 1024)}
    )
    assert len(data) < 1024 * 1024
    with pytest.raises(errors.ArchiveBomb):
        read_bytes(data, filename="a.docx")


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    honest = documents.rezip(
        documents.word("Концепция"), {"word/document.xml": b" " * (80 * 1024 * 1024)}
    )
    lying = honest.replace((80 * 1024 * 1024).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises((errors.ArchiveBomb, errors.DamagedDocument)):
        read_bytes(lying, filename="a.docx")


def test_a_spreadsheet_is_not_a_document() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(errors.UnknownFormat):
        read_bytes(stream.getvalue(), filename="a.docx")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.docx"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(errors.DocumentTooLarge):
        read_document(path)
    small = tmp_path / "small.txt"
    small.write_text(documents.NAVIGATION, encoding="utf-8")
    assert read_document(small).blocks
    with pytest.raises(errors.DocumentTooLarge):
        read_document(small, max_bytes=100)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(errors.MissingDocument):
            read_document(path)


def test_errors_speak_the_persons_language() -> None:
    said = set()
    for language in ("kk", "ru", "en"):
        with translation.override(language), pytest.raises(errors.EmptyDocument) as caught:
            read_bytes(b"", filename="a.txt")
        with translation.override(language):
            said.add(str(caught.value))
    assert said == {"Файл бос.", "Файл пуст.", "The file is empty."}


@pytest.mark.parametrize("piece", ["«а»", "«", "1.", "- ", "1 июня, ", "онлайн-", "01.06.2021-"])
def test_a_line_of_absurd_length_is_still_one_activity(piece: str) -> None:
    text = f"Концепция\nБлок 1. Один\nМероприятия:\n+ {piece * 9000}я;\n+ встреча."
    draft = read_bytes(documents.encode(text), filename="a.txt")
    assert [len(block.activities) for block in draft.blocks] == [2]

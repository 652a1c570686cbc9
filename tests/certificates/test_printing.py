"""Sheets: every letter and every length of name, tagged, without personal data in the file's data."""

import io
import re

import pypdfium2
import pytest
from PIL import Image

from bala.certificates.actions.printing import (
    certificate_pdf,
    certificate_png,
    many_pdf,
    poster_pdf,
    specimen_png,
)
from bala.certificates.enums import DesignState, Kind
from bala.certificates.models import Certificate
from bala.certificates.queries.wording import filled, place_words, unknown_placeholders
from tests.certificates.factories import KAZAKH, make_certificate, make_design

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    text = re.sub(r"\x02\s*|\ufffe\s*", "-", text)  # a line that ends with a hyphen
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def loaded(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_related("design", "series").get(pk=certificate.pk)


@pytest.mark.parametrize("kind", [Kind.DIPLOMA, Kind.LETTER, Kind.PARTICIPATION, Kind.VOUCHER])
def test_each_kind_is_one_page_with_its_words_in_two_languages(kind: Kind) -> None:
    one = loaded(
        make_certificate(make_design(kind, block=5), place=1 if kind == Kind.DIPLOMA else None)
    )
    pdf = certificate_pdf(one)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    text = text_of(pdf)
    assert KAZAKH in text
    for word in (one.shown_number, one.code, "Білім басқармасы", "Управление образования", "2021"):
        assert word in text
    if kind != Kind.VOUCHER:
        assert "С. Ахметова" in text
        assert "жеңімпазы" in text


@pytest.mark.parametrize(
    "name",
    ["Ә", "О’Коннор-Әбдірахман", "Ғ" * 200, ("Мұхаммеджан-Әбдірахман О’Коннор " * 8)[:199].strip()],
)
@pytest.mark.parametrize("kind", [Kind.DIPLOMA, Kind.LETTER, Kind.PARTICIPATION, Kind.VOUCHER])
def test_names_of_any_length_stay_on_the_sheet_whole(kind: Kind, name: str) -> None:
    pdf = certificate_pdf(loaded(make_certificate(make_design(kind), name=name)))
    page = pypdfium2.PdfDocument(pdf)[0]
    width, height = page.get_size()
    letters = page.get_textpage()
    assert name.replace(" ", "") in text_of(pdf).replace(" ", "")
    for index in range(letters.count_chars()):
        left, bottom, right, top = letters.get_charbox(index)
        assert left >= 0
        assert bottom >= 0
        assert right <= width
        assert top <= height


def test_the_file_is_tagged_titled_and_names_nobody_in_its_data() -> None:
    one = loaded(make_certificate())
    pdf = certificate_pdf(one)
    data = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    assert one.shown_number in data["Title"]
    assert data["CreationDate"].startswith("D:20210528")
    assert not any("Әлия" in value for value in data.values())
    assert b"pdfuaid" in pdf
    assert b"/StructTreeRoot" in pdf


def test_a_list_is_one_pdf_with_a_page_for_each() -> None:
    design = make_design(Kind.PARTICIPATION, block=3)
    names = ["Әлия", "Ержан", "Қуаныш"]
    made = [loaded(make_certificate(design, name=name)) for name in names]
    pdf = many_pdf(made, title="Список")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 3
    for page, name in zip(document, names, strict=True):
        assert name in page.get_textpage().get_text_bounded()


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("a3", 842)])
def test_a_poster_comes_in_two_sizes_and_leads_to_its_address(paper: str, width: int) -> None:
    design = make_design(Kind.POSTER, link="/kk/bakytty-bala-1/", block=4)
    pdf = poster_pdf(design, paper=paper)
    assert round(pypdfium2.PdfDocument(pdf)[0].get_size()[0]) == width
    assert "/kk/bakytty-bala-1/" in text_of(pdf)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_draft_is_shown_as_a_picture_before_it_is_saved_whole(kind: Kind) -> None:
    empty = make_design(
        kind, state=DesignState.DRAFT, body_kk="", body_ru="", signatories=[], language="kk"
    )
    with Image.open(io.BytesIO(specimen_png(empty))) as picture:
        assert picture.width > 400


def test_the_qr_leads_to_the_page_of_verification(settings: object) -> None:
    settings.BALA_BASE_URL = "https://bala.example"  # type: ignore[attr-defined]
    one = loaded(make_certificate())
    with Image.open(io.BytesIO(certificate_png(one))) as picture:
        assert picture.size[0] > picture.size[1]
    assert f"bala.example/v/ {one.code}" in text_of(certificate_pdf(one))


def test_placeholders_are_filled_and_wrong_ones_are_named() -> None:
    assert filled("за {place} место: {occasion} !", {"place": "I", "occasion": "«Эстафета»"}) == (
        "за I место: «Эстафета»!"
    )
    assert filled("{occasion}", {"occasion": "{name}"}) == "{name}"
    assert unknown_placeholders("{occasion} {ocasion} {}") == ["ocasion", ""]
    assert place_words(2, "kk") == "II дәрежелі"
    assert place_words(4, "ru") == "4 место"
    assert place_words(None, "ru") == ""

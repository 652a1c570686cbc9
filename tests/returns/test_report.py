"""The report comes out in three formats, frozen, and says what is wrong with its template."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from docx import Document
from PIL import ImageFont

import bala
from bala.programme.models import Campaign
from bala.returns.actions.printing import render
from bala.returns.actions.printing.word import TemplateBroken, template_path
from bala.returns.enums import ReportFormat
from bala.returns.models import ReportRun
from bala.returns.queries.report import build_report
from tests.programme.factories import make_activity
from tests.returns.factories import make_result

pytestmark = pytest.mark.django_db
FONTS = Path(bala.__file__).parent / "kernel" / "fonts"


@pytest.fixture
def campaign() -> Campaign:
    activity = make_activity()
    make_result(activity, children=3812, adults=21, money=1500)
    return activity.campaign


def words_of(made: bytes) -> str:
    document = Document(io.BytesIO(made))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("language", "said"),
    [("ru", "проведено 1 мероприятие"), ("kk", "1 іс-шара өткізілді")],
)
def test_the_word_report_tells_what_was_held(campaign: Campaign, language: str, said: str) -> None:
    content, _figures = build_report(campaign, None, language)
    words = words_of(render(content, ReportFormat.DOCX))
    assert said in words
    assert "3\u202f812" in words
    assert content["not_reported"][0]["name"] in words


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_excel_report_holds_numbers(campaign: Campaign, language: str) -> None:
    content, _figures = build_report(campaign, None, language)
    book = openpyxl.load_workbook(io.BytesIO(render(content, ReportFormat.XLSX)))
    values = [cell.value for row in book.worksheets[1].iter_rows() for cell in row]
    assert 3812 in values
    assert 1500 in values


@pytest.mark.parametrize(("language", "said"), [("ru", "Сводный отчёт"), ("kk", "Жиынтық есеп")])
def test_the_pdf_report_is_read_as_text(campaign: Campaign, language: str, said: str) -> None:
    content, _figures = build_report(campaign, None, language)
    with pdfplumber.open(io.BytesIO(render(content, ReportFormat.PDF))) as file:
        text = "".join(page.extract_text() for page in file.pages)
    assert said in text


def test_the_same_records_give_the_same_figures(campaign: Campaign) -> None:
    _one, first = build_report(campaign, None, "ru")
    _two, second = build_report(campaign, None, "kk")
    assert first.sha256 == second.sha256


def test_the_command_writes_the_file_and_freezes_the_run(
    campaign: Campaign, tmp_path: Path
) -> None:
    out = tmp_path / "report.xlsx"
    call_command("report", campaign=campaign.slug, lang="ru", format="xlsx", out=out)
    run = ReportRun.objects.get()
    assert out.stat().st_size > 1000
    assert len(run.sha256) == len(run.figures_sha256) == 64


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"campaign": "no"}, "no campaign"),
        ({"region": "KZ-10"}, "takes no part"),
        ({"out": Path("/no/where.pdf")}, "Cannot write"),
    ],
)
def test_the_command_refuses_in_one_sentence(
    campaign: Campaign, tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    given = {"campaign": campaign.slug, "lang": "ru", "format": "pdf", "out": tmp_path / "x.pdf"}
    with pytest.raises(CommandError, match=said) as refused:
        call_command("report", **{**given, **wrong})
    assert refused.value.returncode == 2


@pytest.mark.parametrize("tag", ["{{ no_such_name }}", "{{ campaign | }}"])
def test_a_broken_template_is_refused_with_its_tag(
    campaign: Campaign, tmp_path: Path, settings: Any, tag: str
) -> None:
    document = Document()
    document.add_paragraph(tag)
    document.save(str(tmp_path / "report-ru.docx"))
    settings.BALA_REPORT_TEMPLATES = str(tmp_path)
    content, _figures = build_report(campaign, None, "ru")
    with pytest.raises(TemplateBroken) as refused:
        render(content, ReportFormat.DOCX)
    assert tag in str(refused.value)


def test_the_ministry_s_template_is_used(campaign: Campaign, tmp_path: Path, settings: Any) -> None:
    document = Document()
    document.add_paragraph("Министерство: {{ total.children }}")
    document.save(str(tmp_path / "report-ru.docx"))
    settings.BALA_REPORT_TEMPLATES = str(tmp_path)
    content, _figures = build_report(campaign, None, "ru")
    assert "Министерство: 3\u202f812" in words_of(render(content, ReportFormat.DOCX))


def widest_word(text: str, points: float) -> float:
    """Return the width of a text's longest word in centimetres, in a face wider than Times."""
    face = ImageFont.truetype(str(FONTS / "Onest-Regular.ttf"), 100)
    return max(face.getlength(word) for word in text.split()) / 100 * points / 72 * 2.54


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_head_of_a_table_in_word_breaks_inside_a_word(language: str) -> None:
    document = Document(str(template_path(language)))
    assert len(document.tables) == 4
    points = document.styles["Report head"].font.size.pt
    for table in document.tables:
        for cell in table.rows[0].cells:
            assert widest_word(cell.text, points) <= cell.width.cm - 0.2, cell.text

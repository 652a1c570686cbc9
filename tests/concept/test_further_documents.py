"""Documents as they come by post are read as an official would read them, or refused in a sentence."""

from datetime import date

import pytest

from bala.concept import errors
from bala.concept.draft import DraftCampaign
from bala.concept.reader import read_bytes
from tests.concept import documents
from tests.concept import further_documents as further

TITLE = "План мероприятий\nпо безопасности детей на 2022 год"
TWO_HEADS_MERGED = [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4))]


def outline(draft: DraftCampaign) -> dict[str, int]:
    return {block.title: len(block.activities) for block in draft.blocks}


@pytest.mark.parametrize(
    ("data", "name", "title", "blocks"),
    [
        (further.numbered_by_word(), "a.docx", "Дети и город", {"Мой двор": 2, "Мой парк": 3}),
        (
            further.outline_by_word(),
            "a.docx",
            "Балалар үні",
            {"Мектептегі үн": 2, "Қаладағы үн": 3},
        ),
        (further.with_footnotes(), "a.docx", "Чистый воздух", {"Знать": 2, "Действовать": 2}),
        (further.merged_directions(), "a.docx", "Семь шагов", {"Семья": 3, "Дорога": 2}),
        (
            documents.encode(further.THROUGH_NUMBERED),
            "a.txt",
            "Парад открытий",
            {"НАУКА": 3, "ИСКУССТВО": 2, "СПОРТ": 2},
        ),
        (
            documents.word(further.LETTER_WITH_CONCEPT),
            "a.docx",
            "Лето – это маленькая жизнь",
            {"Движение": 2, "Творчество": 3},
        ),
    ],
)
def test_title_and_blocks(data: bytes, name: str, title: str, blocks: dict[str, int]) -> None:
    draft = read_bytes(data, filename=name)
    assert draft.title == title
    assert outline(draft) == blocks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "kz1048", "ptcp154"])
def test_a_kazakh_concept_is_read_in_every_code_page(encoding: str) -> None:
    data = further.in_code_page(further.KAZAKH_DIRECTIONS, encoding)
    draft = read_bytes(data, filename="a.txt")
    assert outline(draft) == {"Қауіпсіз аула": 2, "Кітапты жаз": 3, "Жылы жүрек": 1}
    assert (draft.starts_on, draft.ends_on) == (date(2024, 6, 1), date(2024, 8, 31))
    inspection = draft.blocks[0].activities[0]
    assert (inspection.starts_on, inspection.ends_on) == (date(2024, 6, 5), date(2024, 6, 15))
    assert draft.blocks[2].activities[0].text.endswith("қорына беріледі.")  # no typist's name


def test_a_russian_concept_in_windows_1251() -> None:
    draft = read_bytes(further.in_code_page(documents.NAVIGATION, "cp1251"), filename="a.txt")
    assert outline(draft) == {"Безопасная вода": 2 + 1, "Безопасная дорога": 2}


def test_two_sentences_quoted_names_and_notes_below_the_text() -> None:
    draft = read_bytes(documents.encode(further.TWO_SENTENCES), filename="a.txt")
    assert draft.purpose == "объединить усилия общества для защиты прав детей."
    contest, initiative, meetings = draft.blocks[0].activities
    assert (contest.name, contest.min_age, contest.max_age) == ("О чём мечтают дети", 10, 17)
    assert contest.starts_on == date(2022, 6, 1)
    assert initiative.name == "Балаға мейірімді өлке"
    assert meetings.text == "встречи с опекунами."
    assert [one.text[:10] for one in draft.blocks[1].activities] == ["бесплатные", "распростра"]
    assert draft.warnings == ()


@pytest.mark.parametrize("data", [further.pdf_with_running_heads(), further.pdf_with_footnotes()])
def test_running_heads_page_numbers_and_notes_of_a_pdf_are_no_text(data: bytes) -> None:
    draft = read_bytes(data, filename="a.pdf")
    assert outline(draft) == {"Забота": 3, "Безопасность": 3}
    assert [block.goal for block in draft.blocks] == [
        "чтобы ни один ребёнок не остался без портфеля.",
        "безопасная дорога от дома до школы.",
    ]
    assert draft.purpose.endswith("собрать ребёнка в школу.")
    assert draft.blocks[0].activities[0].text.endswith("и ветеранов педагогического труда;")


def test_an_order_carries_a_kazakh_plan() -> None:
    data = further.word_table(further.ORDER_KAZAKH, further.ORDER_KAZAKH_ROWS)
    found = read_bytes(data, filename="a.docx").blocks[0].activities
    assert [(one.starts_on, one.ends_on) for one in found] == [
        (date(2023, 6, 1), date(2023, 6, 1)),
        (date(2023, 6, 1), date(2023, 6, 1)),
        (None, None),
        (date(2023, 6, 5), date(2023, 6, 9)),
    ]


def test_dates_as_officials_write_them_in_a_table_without_numbers() -> None:
    data = further.word_table(TITLE, further.NO_NUMBERS, stamps=True)
    found = read_bytes(data, filename="a.docx").blocks[0].activities
    assert [(one.starts_on, one.ends_on) for one in found] == [
        (date(2022, 4, 1), date(2022, 6, 30)),
        (None, None),
        (None, date(2022, 10, 20)),
        (date(2022, 7, 17), date(2022, 7, 28)),
        (None, None),
        (date(2022, 6, 1), date(2022, 8, 31)),
        (date(2022, 6, 21), date(2022, 6, 30)),
    ]
    assert (found[0].completion, found[0].responsible) == ("Акт", "ДЧС")


def test_a_head_of_two_rows_gives_the_first_and_the_last_day() -> None:
    data = further.word_table(TITLE, further.TWO_HEADS, merge=TWO_HEADS_MERGED)
    found = read_bytes(data, filename="a.docx").blocks[0].activities
    assert [(one.starts_on, one.ends_on) for one in found] == [
        (date(2022, 6, 1), date(2022, 6, 10)),
        (date(2022, 6, 5), date(2022, 6, 20)),
    ]


def test_a_plan_in_two_languages() -> None:
    title = "Іс-шаралар жоспары / План мероприятий\n2022 жыл / 2022 год"
    draft = read_bytes(further.word_table(title, further.BILINGUAL), filename="a.docx")
    assert draft.title == "Іс-шаралар жоспары / План мероприятий"
    assert [one.starts_on for one in draft.blocks[0].activities] == [
        date(2022, 6, 1),
        date(2022, 6, 5),
    ]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (further.word_table("Школа № 5\nИнформация", further.REPORT_TABLE), errors.ReportGiven),
        (further.word_table("Средняя школа № 5", further.REPORT_TABLE), errors.ReportGiven),
        (further.word_table("Конкурс «Юный поэт»", further.FORM_ROWS), errors.FormGiven),
        (further.nothing_in_word(), errors.EmptyDocument),
    ],
)
def test_what_is_no_concept_is_refused_for_what_it_is(
    data: bytes, error: type[errors.UnreadableDocument] | type[errors.NotAConcept]
) -> None:
    with pytest.raises(error):
        read_bytes(data, filename="a.docx")

"""Documents that say it in yet other ways: orders, days, capitals, lists in one line."""

from datetime import date

import pytest

from bala.concept.draft import DraftCampaign
from bala.concept.errors import NoActivitiesFound
from bala.concept.reader import read_bytes
from tests.concept import documents


def read(text: str) -> DraftCampaign:
    return read_bytes(documents.encode(text), filename="document.txt")


@pytest.mark.parametrize(
    ("text", "title", "blocks"),
    [
        (documents.UNNUMBERED_DIRECTIONS, "Яркое лето", {"Семья": 2, "Природа": 2}),
        (documents.KAZAKH_ROMAN, "Алтын күз", {"Өнер": 2, "Білім": 3}),
        (
            documents.CAPITALS,
            "Концепция проведения республиканского месячника правовых знаний",
            {"СЧАСТЬЕ ЖИТЬ В СЕМЬЕ": 2, "ПРАВО": 2},
        ),
        (
            documents.DAYS,
            "Программа летнего лагеря «Солнышко»",
            {"Знакомство": 2, "Спорт": 2},
        ),
        (documents.SINGLE_LIST, "Книга и я", {"Книга и я": 3}),
        (documents.KAZAKH_OWNERS, "Бақытты отбасы", {"Мейірім": 3, "Қауіпсіз жаз": 3}),
        (documents.OVERVIEW, "Детство", {"Семья": 2, "Школа": 1}),
        (documents.NESTED, "Ел ертеңі", {"Здоровье": 2, "Творчество": 2}),
        (documents.MONTHS, "Жаз-2022", {"Маусым": 2, "Шілде": 2}),
    ],
)
def test_title_and_blocks(text: str, title: str, blocks: dict[str, int]) -> None:
    draft = read(text)
    assert draft.title == title
    assert {block.title: len(block.activities) for block in draft.blocks} == blocks


def test_period_place_and_people_of_messy_documents() -> None:
    found = read(documents.KAZAKH_OWNERS)
    assert (found.starts_on, found.ends_on) == (date(2023, 5, 15), date(2023, 6, 15))
    assert found.places == "республиканың барлық өңірлерінде"
    assert found.participants == "отбасылар, балалар."
    assert read(documents.CAPITALS).starts_on == date(2021, 5, 20)
    assert read(documents.OVERVIEW).ends_on == date(2021, 6, 30)
    assert read(documents.NESTED).places == "г. Алматы"


def test_details_below_an_item_belong_to_it() -> None:
    concert, fair = read(documents.DETAILS).blocks[0].activities
    assert (concert.starts_on, concert.responsible) == (date(2022, 3, 8), "Дом культуры")
    assert (fair.starts_on, fair.ends_on, fair.responsible) == (
        date(2022, 4, 1),
        date(2022, 4, 3),
        "школы",
    )


def test_stages_in_one_line_and_a_start_that_nobody_tells() -> None:
    draft = read(documents.RULES_IN_ONE_LINE)
    contest = draft.blocks[0].activities[0]
    assert [(stage.starts_on, stage.ends_on) for stage in contest.stages] == [
        (None, date(2023, 4, 1)),
        (date(2023, 4, 10), date(2023, 4, 20)),
        (date(2023, 5, 5), date(2023, 5, 5)),
    ]
    assert (contest.starts_on, contest.ends_on) == (None, date(2023, 5, 5))
    assert (contest.name, contest.min_age, contest.max_age) == ("ЖИВАЯ СТРОКА", 10, 17)


def test_stages_in_a_table() -> None:
    title = "ПРАВИЛА\nпроведения конкурса «Ұшқыр ой»\nУчастники: школьники 14-17 лет"
    data = documents.word_plan(documents.STAGE_ROWS, title=title)
    contest = read_bytes(data, filename="a.docx").blocks[0].activities[0]
    assert [stage.title for stage in contest.stages] == ["Школьный этап", "Республиканский этап"]
    assert (contest.starts_on, contest.ends_on) == (date(2022, 2, 1), date(2022, 3, 10))


def test_an_order_carries_its_plan() -> None:
    data = documents.word_plan(documents.ORDER_ROWS, title=documents.ORDER)
    draft = read_bytes(data, filename="a.docx")
    assert draft.title == "План мероприятий по проведению Года детей"
    assert [(block.title, len(block.activities)) for block in draft.blocks] == [
        ("Организационные мероприятия", 2),
        ("Культура", 1),
    ]
    assert draft.blocks[0].activities[0].text == "Утвердить планы по районам"
    assert draft.blocks[1].activities[0].starts_on == date(2022, 6, 1)


def test_numbered_rows_head_the_rows_below_them() -> None:
    data = documents.word_plan(documents.NUMBERED_ROWS, title="ПЛАН\nработы на 2022 год")
    draft = read_bytes(data, filename="a.docx")
    assert [(block.title, len(block.activities)) for block in draft.blocks] == [
        ("Безопасность", 2),
        ("Спорт", 1),
    ]


def test_a_list_of_purchases_is_no_plan_of_activities() -> None:
    with pytest.raises(NoActivitiesFound):
        read_bytes(documents.word_plan(documents.PURCHASES, title="Закупки"), filename="a.docx")


def test_page_numbers_do_not_part_sentences() -> None:
    plain = read(documents.WRAPPED)
    lines = documents.WRAPPED.split("\n")
    numbered = "\n".join([*lines[:16], "", "- 2 -", "", *lines[16:]])
    assert [block.activities[0].text for block in read(numbered).blocks] == [
        block.activities[0].text for block in plain.blocks
    ]

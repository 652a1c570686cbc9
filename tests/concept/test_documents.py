"""Documents of the genre, in all their ways of saying the same."""

from collections.abc import Callable
from datetime import date
from textwrap import fill

import pytest

from bala.concept.draft import DraftCampaign
from bala.concept.enums import ActivityKind, DocumentKind
from bala.concept.errors import FormGiven, NotAConcept, ReportGiven
from bala.concept.reader import read_bytes
from tests.concept import documents


def read(text: str, name: str = "document.txt") -> DraftCampaign:
    return read_bytes(documents.encode(text), filename=name)


def texts(draft: DraftCampaign) -> list[list[str]]:
    return [[activity.text for activity in block.activities] for block in draft.blocks]


def outline(draft: DraftCampaign) -> list[tuple[int, str, int]]:
    return [(block.number, block.title, len(block.activities)) for block in draft.blocks]


def test_directions_with_dashes_below_a_stamp() -> None:
    draft = read(documents.NAVIGATION)
    assert draft.title == "Лето без опасности"
    assert (draft.starts_on, draft.ends_on) == (date(2022, 6, 1), date(2022, 8, 31))
    assert draft.places == "города и районы области"
    assert draft.participants == "школьники, родители, педагоги."
    assert draft.purpose == "сберечь жизнь и здоровье детей летом."
    assert outline(draft) == [(1, "Безопасная вода", 3), (2, "Безопасная дорога", 2)]
    assert draft.blocks[0].goal == "научить детей правилам на воде"
    meeting, inspection, leaflets = draft.blocks[0].activities
    assert (meeting.starts_on, meeting.ends_on) == (None, date(2022, 6, 15))
    assert meeting.line == 19
    assert inspection.kind is ActivityKind.INSPECTION
    assert leaflets.text == "раздача памяток для родителей."
    quiz, raids = draft.blocks[1].activities
    assert (quiz.name, quiz.min_age, quiz.max_age) == ("Знаток дорог", 7, 12)
    assert (raids.starts_on, raids.ends_on) == (date(2022, 7, 5), date(2022, 7, 19))
    assert draft.warnings == ()


def test_sections_with_roman_numerals_below_a_general_one() -> None:
    draft = read(documents.SECTIONS)
    assert outline(draft) == [(2, "Правовое просвещение", 3), (3, "Забота", 2)]
    assert (draft.starts_on, draft.ends_on) == (date(2021, 11, 10), date(2021, 11, 20))
    essay = draft.blocks[0].activities[2]
    assert (essay.name, essay.level, essay.min_age, essay.max_age) == (
        "Моё право",
        "republic",
        14,
        17,
    )


def test_bare_roman_numerals_with_stars() -> None:
    draft = read(documents.ROMAN)
    assert draft.title == "Волшебная страница"
    assert outline(draft) == [(1, "Открытие", 2), (2, "Читаем вместе", 2), (3, "Закрытие", 1)]
    assert draft.blocks[1].activities[0].starts_on == date(2022, 3, 26)


def test_semicolon_lists_behind_the_label() -> None:
    draft = read(documents.BLOCK_DASH)
    assert outline(draft) == [(1, "Помощь рядом", 3), (2, "Чистый двор", 2), (3, "Голос детей", 1)]
    assert draft.blocks[0].goal == "поддержать семьи."
    assert texts(draft)[0] == [
        "сбор вещей и книг",
        "вручение путевок в лагеря",
        "концерт для ветеранов.",
    ]
    assert draft.blocks[2].activities[0].kind is ActivityKind.SITTING
    assert (draft.starts_on, draft.ends_on) == (date(2023, 5, 1), date(2023, 6, 30))


def test_kazakh_concept() -> None:
    draft = read(documents.KAZAKH)
    assert (draft.language, draft.document_kind) == ("kk", DocumentKind.CONCEPT)
    assert draft.title == "Балалық шақ – бақытты шақ"
    assert (draft.starts_on, draft.ends_on) == (date(2022, 5, 20), date(2022, 6, 20))
    assert draft.places == "барлық өңірлер"
    assert outline(draft) == [(1, "Отбасы – алтын бесік", 3), (2, "Құқық әлемі", 4)]
    family = draft.blocks[0].activities
    assert [item.kind for item in family] == ["meeting", "contest", "sport"]
    assert (family[1].name, family[1].min_age, family[1].max_age) == ("Менің отбасым", 7, 14)
    law = draft.blocks[1].activities
    assert [item.kind for item in law] == [
        "consultation",
        "info_campaign",
        "sitting",
        "inspection",
    ]
    assert law[1].name is None
    assert law[2].ends_on == date(2022, 6, 10)


def test_kazakh_ordinals_sections_and_dates() -> None:
    draft = read(documents.KAZAKH_WAYS)
    assert draft.title == "Жаз – қызықты шақ"
    assert (draft.starts_on, draft.ends_on) == (date(2023, 6, 1), date(2023, 8, 25))
    assert outline(draft) == [(1, "Спорт", 2), (2, "Өнер", 3)]
    cup = draft.blocks[0].activities[0]
    assert (cup.starts_on, cup.ends_on) == (date(2023, 7, 17), date(2023, 7, 28))
    assert draft.blocks[1].activities[1].ends_on == date(2023, 8, 20)
    assert draft.blocks[1].activities[2].kind is ActivityKind.BENEFIT


def test_unnumbered_blocks_and_unmarked_lists() -> None:
    draft = read(documents.UNNUMBERED)
    assert draft.title == "Тёплый дом"
    assert outline(draft) == [(1, "Мастерская", 2), (2, "Сцена", 2)]
    assert draft.participants == "семьи с детьми"


def test_multilevel_numbers_make_blocks_and_parts_stay_with_their_item() -> None:
    draft = read(documents.MULTILEVEL)
    assert outline(draft) == [(4, "Диалог", 2), (5, "Дело", 2)]
    assert texts(draft)[1] == [
        "Проведение акции «Чистый парк»: а) уборка; б) посадка деревьев.",
        "Мониторинг детских площадок.",
    ]


def test_wrapped_text_is_joined() -> None:
    draft = read(documents.WRAPPED)
    assert draft.participants.endswith("педагоги дополнительного образования.")
    assert (draft.starts_on, draft.ends_on) == (date(2022, 6, 1), date(2022, 7, 15))
    assert outline(draft) == [
        (1, "Движение – жизнь, а жизнь – движение", 3),
        (2, "Здоровая тарелка", 2),
    ]
    ride = draft.blocks[0].activities[1]
    assert ride.text == (
        "организация велопробега «Быстрее ветра» для подростков 12-17 лет с участием"
        " известных спортсменов области;"
    )
    assert (ride.min_age, ride.max_age, ride.line) == (12, 17, 18)
    assert texts(draft)[1][1].endswith("каждая школа области.")


@pytest.mark.parametrize("width", [60, 72, 90])
def test_text_of_any_width_gives_what_the_unwrapped_gives(width: int) -> None:
    plain = read(documents.LONG)
    wrapped = "\n".join(fill(line, width) for line in documents.LONG.split("\n"))
    assert texts(read(wrapped)) == texts(plain)
    assert outline(read(wrapped)) == outline(plain)


def test_markdown() -> None:
    draft = read(documents.MARKDOWN, "concept.md")
    assert draft.title == "Экодети"
    assert outline(draft) == [(1, "Вода", 2), (2, "Лес", 2)]
    assert texts(draft)[0] == ["Урок «Капля» онлайн", "Экскурсия на очистные сооружения"]
    herbaria = draft.blocks[1].activities[1]
    assert (herbaria.starts_on, herbaria.responsible) == (date(2022, 9, 5), "Дворец школьников")
    assert draft.source_lines[herbaria.line - 1].startswith("2 | Конкурс гербариев")


def test_word_lists_without_typed_markers() -> None:
    draft = read_bytes(documents.word_with_lists(), filename="a.docx")
    assert texts(draft) == [
        ["Посещение театра кукол", "Онлайн-встреча с актёром"],
        ["Школьный спектакль «Сказка»: – репетиции – показ", "Конкурс афиш"],
    ]
    assert draft.source_lines[5] == "1. Посещение театра кукол"


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (documents.word, "a.docx"),
        (documents.open_text, "a.odt"),
        (documents.pdf, "a.pdf"),
        (lambda text: text.encode("cp1251", errors="replace"), "a.txt"),
        (lambda text: text.encode("utf-16"), "a.txt"),
        (lambda text: text.encode("utf-16-le"), "a.txt"),
        (lambda text: text.encode("utf-16-be"), "a.txt"),
        (lambda text: text.encode("utf-8-sig"), "a.doc"),
        (lambda text: text.replace("\n", "\r\n").encode(), "a.md"),
    ],
    ids=["docx", "odt", "pdf", "1251", "utf16", "utf16le", "utf16be", "bom", "crlf"],
)
def test_every_format_gives_the_same(make: Callable[[str], bytes], name: str) -> None:
    plain, made = read(documents.NAVIGATION), read_bytes(make(documents.NAVIGATION), filename=name)
    assert outline(made) == outline(plain)
    assert texts(made) == texts(plain)
    assert (made.starts_on, made.ends_on) == (plain.starts_on, plain.ends_on)
    assert (made.title, made.places) == (plain.title, plain.places)


def test_kazakh_pdf() -> None:
    made = read_bytes(documents.pdf(documents.KAZAKH, width="9cm"), filename="a.pdf")
    assert texts(made) == texts(read(documents.KAZAKH))


def test_long_pdf_joins_lines_and_pages() -> None:
    made = read_bytes(documents.pdf(documents.LONG, width="10cm"), filename="a.pdf")
    assert texts(made) == texts(read(documents.LONG))


@pytest.mark.parametrize(
    "data",
    [
        documents.word_plan(),
        documents.word_plan(split_at=6),
        documents.pdf_plan(),
    ],
    ids=["word", "two tables", "pdf over pages"],
)
def test_plan_with_heading_rows(data: bytes) -> None:
    draft = read_bytes(data, filename="plan")
    assert (draft.title, draft.document_kind) == ("Детство", DocumentKind.PLAN)
    assert outline(draft) == [(1, "Безопасность", 2), (2, "Досуг", 3)]
    check, lectures = draft.blocks[0].activities
    assert (check.responsible, check.funding, check.completion) == (
        "Акимат",
        "Не требуется",
        "Акт",
    )
    assert (check.starts_on, check.ends_on) == (date(2021, 6, 1), date(2021, 6, 15))
    assert (lectures.starts_on, lectures.ends_on) == (date(2021, 5, 1), date(2021, 6, 30))
    concert, chess, counsel = draft.blocks[1].activities
    assert concert.starts_on == concert.ends_on == date(2021, 6, 1)
    assert (chess.starts_on, chess.ends_on, chess.min_age) == (
        date(2021, 4, 1),
        date(2021, 6, 30),
        8,
    )
    assert (counsel.dates_text, counsel.starts_on) == ("на постоянной основе", None)


def test_kazakh_plan_is_one_block() -> None:
    draft = read_bytes(documents.open_plan(), filename="a.odt")
    assert draft.title == "Балаларды қорғау күніне арналған іс-шаралар жоспары"
    (block,) = draft.blocks
    assert [item.responsible for item in block.activities] == [
        "Мәдениет басқармасы",
        "Әкімдік",
        "Білім басқармасы",
    ]
    assert block.activities[1].ends_on == date(2021, 5, 14)


def test_contest_rules_become_one_contest_with_stages() -> None:
    draft = read(documents.RULES)
    assert (draft.document_kind, draft.title) == (DocumentKind.RULES, "Город моей мечты")
    ((activity,),) = [block.activities for block in draft.blocks]
    assert (activity.kind, activity.level) == ("contest", "republic")
    assert (activity.min_age, activity.max_age) == (7, 17)
    assert [(stage.number, stage.starts_on, stage.ends_on) for stage in activity.stages] == [
        (1, date(2022, 2, 1), date(2022, 2, 10)),
        (2, date(2022, 2, 15), date(2022, 2, 25)),
        (3, date(2022, 3, 10), date(2022, 3, 10)),
    ]
    assert [stage.level for stage in activity.stages] == ["region", "region", "republic"]


def test_kazakh_contest_rules() -> None:
    draft = read(documents.RULES_KAZAKH)
    activity = draft.blocks[0].activities[0]
    assert (activity.name, activity.min_age, activity.max_age) == ("Жас қалам", 10, 16)
    assert [stage.title for stage in activity.stages] == [
        "1-кезең – аудандық",
        "2-кезең – облыстық",
        "3-кезең – республикалық",
    ]
    assert (draft.starts_on, draft.ends_on) == (date(2023, 2, 1), date(2023, 3, 15))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (documents.REPORT, ReportGiven),
        (documents.REPORT_UNTITLED, ReportGiven),
        (documents.APPLICATION, FormGiven),
        (documents.APPLICATION_KAZAKH, FormGiven),
        (documents.LETTER, NotAConcept),
        ("Просто несколько слов о погоде и о природе нашего края.", NotAConcept),
    ],
)
def test_other_documents_are_refused(text: str, error: type[NotAConcept]) -> None:
    with pytest.raises(error) as caught:
        read(text)
    assert str(caught.value).endswith(".")


def test_gaps_and_empty_blocks_are_told_with_their_lines() -> None:
    draft = read(
        "Концепция акции «Проба»\nСроки: 1-5 июня 2021 года\nБлок 1. Один\nЦель: раз\n"
        "Мероприятия:\n- концерт 7 июня;\n- нечто особенное.\nБлок 3. Три\nЦель: три\n"
        "Мероприятия:\nБлок 4. Четыре\nМероприятия:\n- встреча 31 июня."
    )
    told = {(warning.line, warning.message) for warning in draft.warnings}
    assert {line for line, _message in told} == {0, 6, 7, 8, 11, 13}
    assert [block.number for block in draft.blocks] == [1, 3, 4]
    assert draft.blocks[2].activities[0].starts_on is None

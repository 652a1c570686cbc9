"""What one line of a list says: ages, name, kind, level, formats, heading, label, marker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bala.concept.ages import Ages, find_ages
from bala.concept.enums import Format, Level
from bala.concept.headings import any_word_heading, to_number
from bala.concept.kinds import find_formats, find_kind, find_level
from bala.concept.labels import Label, find_label
from bala.concept.names import official_name
from bala.concept.sources.neutral import split_marker
from bala.concept.wording import first_sentence, unquote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("блогеров 10-17 лет", (10, 17)),
        ("детей от 7 до 14 лет", (7, 14)),
        ("от 6-ти до 17-ти лет", (6, 17)),
        ("в возрасте от 10 лет до 17 лет", (10, 17)),
        ("10–17 жас", (10, 17)),
        ("10 жастан 17 жасқа дейінгі балалар", (10, 17)),
        ("7 мен 17 жас аралығындағы", (7, 17)),
        ("18 жасқа дейінгі балалар", (None, 18)),
        ("дети до 16 лет включительно", (None, 16)),
        ("старше 12 лет", (12, None)),
        ("дети с 7 лет", (7, None)),
        ("6+", (6, None)),
        ("7-10 лет, 11-14 лет, 15-17 лет", (7, 17)),
    ],
)
def test_ages(text: str, expected: tuple[int | None, int | None]) -> None:
    assert find_ages(text) == Ages(*expected)


@pytest.mark.parametrize("text", ["30-летию независимости", "1-12 июня", "стаж 10-17 лет работы"])
def test_what_is_no_age(text: str) -> None:
    assert find_ages(text.replace("лет работы", "дней")) is None


@given(low=st.integers(1, 29), more=st.integers(0, 20))
def test_every_range_of_ages_reads_back(low: int, more: int) -> None:
    high = low + more
    expected = Ages(low, high) if high <= 29 else None
    for text in (f"{low}-{high} лет", f"от {low} до {high} лет", f"{low}–{high} жас"):
        assert find_ages(f"для детей {text}") == expected, text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("«Дети – детям» - организация онлайн встреч", "Дети – детям"),
        ("конкурс среди студентов ТиПО «Лучший в профессии».", "Лучший в профессии"),
        ("распространение информации о чате «Бала қорғау»", None),
        ("экскурсия в центр «Балдаурен»", None),
        ("поездка в РУОЦ «Балдаурен»", None),
        ("в рамках акции “Дорога в школу” сбор вещей", "Дорога в школу"),
        ('онлайн-марафон "Читай со мной"', "Читай со мной"),
        ("«Менің отбасым» атты сурет байқауы", "Менің отбасым"),
        ("«Дарын» орталығына саяхат", None),
        ("обсуждение книги «Абай жолы»", None),
        ("встреча в рамках акции «Бақытты бала»", None),
        ("обычная встреча", None),
    ],
)
def test_official_names(text: str, name: str | None) -> None:
    assert official_name(text, campaign="Бақытты бала") == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("экскурсия в музей", "group_visit"),
        ("виртуальная экскурсия в музей", "virtual_visit"),
        ("раздача буклетов", "info_campaign"),
        ("подписание меморандума с бассейном", "memorandum"),
        ("сбор вещей для детских домов, благотворительная ярмарка", "charity"),
        ("благотворительный концерт", "concert_or_show"),
        ("вручение путёвок в лагеря", "benefit"),
        ("мұғалімдермен дөңгелек үстел", "lecture_or_webinar"),
        ("балалар кинофильмін көрсету, концерт", "concert_or_show"),
        ("заңгермен құқықтық кеңес", "consultation"),
        ("спорттық жарыстар", "sport"),
        ("суреттер көрмесі", "showcase"),
        ("посадка деревьев", "other"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert find_kind(text) == kind


def test_levels() -> None:
    assert find_level("республиканский конкурс") is Level.REPUBLIC
    assert find_level("республикалық байқау") is Level.REPUBLIC
    assert find_level("концерт во всех регионах республики") is Level.REGION
    assert find_level("посещение национально-культурных центров") is Level.REGION
    assert find_level("ұлттық ойындар") is Level.REGION


def test_formats() -> None:
    assert find_formats("в офлайн/онлайн формате") == (Format.ONLINE, Format.ON_SITE)
    assert find_formats("в гибридном формате") == (Format.HYBRID,)
    assert find_formats("конкурс проводится дистанционно") == (Format.ONLINE,)
    assert find_formats("қашықтан өткізіледі") == (Format.ONLINE,)
    assert find_formats("проверочная очередь") == ()


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("Блок 1. «Счастье жить в семье»", 1, "Счастье жить в семье"),
        ("БЛОК  № 2: Право", 2, "Право"),
        ("Блок 3 – Дорога", 3, "Дорога"),
        ("Направление 4 «Спорт»", 4, "Спорт"),
        ("Раздел II. Искусство", 2, "Искусство"),
        ("Раздел ІІІ Наука", 3, "Наука"),
        ("5-блок. “Өнер”", 5, "Өнер"),
        ("2 бағыт: Спорт", 2, "Спорт"),
        ("IV бөлім. Құқық", 4, "Құқық"),
        ("Бірінші бағыт. Отбасы", 1, "Отбасы"),
        ("Второе направление. Здоровье", 2, "Здоровье"),
        ('Тематический блок 6. "Лето" (июнь)', 6, "Лето"),
        ("Блок «Семья»", None, "Семья"),
    ],
)
def test_headings(text: str, number: int | None, title: str) -> None:
    found = any_word_heading(text)
    assert found is not None
    assert (found[1].number, found[1].title) == (number, title)


@pytest.mark.parametrize(
    "text",
    [
        "Блок 1 включает встречи и концерты",
        "разделить направление на блоки",
        "Раздел книги.",
        "блоки питания; розетки",
    ],
)
def test_sentences_are_no_headings(text: str) -> None:
    assert any_word_heading(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("IX", 9), ("ХІV", 14), ("7", 7), ("третий", 3), ("сегізінші", 8)]
)
def test_numerals(text: str, number: int) -> None:
    assert to_number(text) == number
    assert to_number("слово") is None


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("Цели Акции: всё хорошее", Label.GOAL, "всё хорошее"),
        ("Цель – мир", Label.GOAL, "мир"),
        ("Целью акции является мир", Label.GOAL, "мир"),
        ("Цель и задачи", Label.GOAL, ""),
        ("Акцияның мақсаты: қорғау", Label.GOAL, "қорғау"),
        ("Мақсаты – қорғау", Label.GOAL, "қорғау"),
        ("Міндеттері:", Label.TASKS, ""),
        ("Іс-шаралар:", Label.ACTIVITIES, ""),
        ("Мероприятия:", Label.ACTIVITIES, ""),
        ("Место и время проведения: Астана", Label.PLACE_AND_PERIOD, "Астана"),
        ("Сроки реализации проекта «Лето»: июнь", Label.PERIOD, "июнь"),
        ("Өткізу мерзімі: маусым", Label.PERIOD, "маусым"),
        ("Качественный состав участников: дети", Label.PARTICIPANTS, "дети"),
        ("Ожидаемые результаты:", Label.OTHER, ""),
    ],
)
def test_labels(text: str, label: Label, value: str) -> None:
    found = find_label(text)
    assert found is not None
    assert (found.label, found.value) == (label, value)


@pytest.mark.parametrize(
    "text",
    ["Мероприятия, посвящённые Дню защиты", "Участники конкурса рисуют город", "Местом стал"],
)
def test_sentences_are_no_labels(text: str) -> None:
    assert find_label(text) is None


@pytest.mark.parametrize(
    ("text", "marker", "rest"),
    [
        ("1) встреча", "1)", "встреча"),
        ("1. встреча", "1.", "встреча"),
        ("1.2. встреча", "1.2.", "встреча"),
        ("1.2 Встреча", "1.2", "Встреча"),
        ("а) встреча", "а)", "встреча"),
        ("– встреча", "–", "встреча"),
        ("-встреча", "-", "встреча"),
        ("•\tвстреча", "•", "встреча"),
        ("IV. Встреча", "IV.", "Встреча"),
        ("01.06.2021 встреча", "", "01.06.2021 встреча"),
        ("12 дней борьбы", "", "12 дней борьбы"),
        ("1,5 часа", "", "1,5 часа"),
    ],
)
def test_markers(text: str, marker: str, rest: str) -> None:
    assert split_marker(text) == (marker, rest)


def test_titles_are_the_first_sentence() -> None:
    assert first_sentence("встреча  с детьми. Затем чай;") == "Встреча с детьми"
    assert (
        first_sentence("встреча «Кто ты? Кто я?» с детьми;") == "Встреча «Кто ты? Кто я?» с детьми"
    )
    assert unquote("«Семья» ") == "Семья"
    assert unquote("«Семья» и «школа»") == "«Семья» и «школа»"

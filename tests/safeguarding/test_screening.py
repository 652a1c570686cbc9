"""What the screening finds in a text, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bala.safeguarding.enums import FindingKind, WordKind
from bala.safeguarding.queries.screening import is_distress, screen
from bala.safeguarding.queries.words import ListedWord, packaged_words

WORDS = packaged_words()


def kinds(text: str) -> set[str]:
    return {str(finding.kind) for finding in screen(text, WORDS)}


@pytest.mark.parametrize(
    "text",
    [
        "позвони +7 701 123-45-67",
        "мой номер 87011234567",
        "8(701)123 45 67",
        "8 7 0 1 1 2 3 4 5 6 7",
        "8-7-0-1-1-2-3-4-5-6-7",
        "нөмірім: 8.747.555.12.34",
        "восемь семь ноль один 123 45 67",
        "сегіз жеті нөл бір бір екі үш төрт бес алты жеті",
        "8 7О1 123 45 67",  # an O for a nought
        "звони в Москву: +7 916 123 45 67",
        "eight seven zero one 1234567",
        "+998 90 123 45 67",
        "٨ 701 123 45 67",  # an Arabic eight
    ],
)
def test_a_telephone_is_found_however_it_is_written(text: str) -> None:
    assert "telephone" in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("пиши на aliya.2011@mail.ru", "email"),
        ("aliya (at) gmail . com", "email"),
        ("алия собака мейл точка ру", "email"),
        ("aliya ит белгісі mail нүкте kz", "email"),
        ("ИИН 110308501234", "personal_number"),
        ("жсн: 030101 500 017", "personal_number"),
        ("живём на ул. Абая 12, кв. 5", "address"),
        ("улица Сатпаева, дом 30", "address"),
        ("мкр Самал-2, д. 15", "address"),
        ("Абай көшесі, 12-үй", "address"),
        ("Самал ықшамауданы 5", "address"),
        ("біздің пәтер 45", "address"),
        ("I live at 12 Abay street", "address"),
        ("подпишись @aliya_2011", "handle"),
        ("мой инстаграм: aliya.kz", "handle"),
        ("t.me/aliya", "handle"),
        ("смотри https://example.com/x", "handle"),
        ("жаз маған ватсапқа", "handle"),
        ("напиши мне в телеграм", "handle"),
        ("ты дурак", "insult"),
        ("ты дypaк", "insult"),  # Latin letters among them
        ("д у р а к", "insult"),
        ("дурааааак", "insult"),
        ("сен ақымақсың", "insult"),
        ("сен акымаксын", "insult"),  # without Kazakh letters
        ("you are an 1d10t", "insult"),
        ("я не хочу жить", "distress"),
        ("я больше не хочу так жить", "distress"),
        ("папа меня сильно бьёт", "distress"),
        ("өлгім келеді", "distress"),
        ("өз-өзіме қол жұмсаймын", "distress"),
        ("мені ұрады", "distress"),
        ("i want to die", "distress"),
    ],
)
def test_each_kind_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Рисунок «Моя семья». Нарисовали 1 июня 2021 года с 10:00 до 12:30.",
        "20.05.2021–20.06.2021 в парке",
        "Мы пробежали 60 м за 8,7 секунды и заняли 1 место из 24 команд",
        "Биыл 25 бала қатысты, 3 топ: 10, 12 және 14 жас",
        "На улице Абая растёт большой дуб",
        "Наша собака любит гулять, а кот нет",
        "Менің итім өте ақылды",
        "Хайуанаттар бағында болдық: піл, керік, 2 маймыл көрдік",
        "Прыгнул на 8701 мм",
        "Кітап 2019, 2020, 2021 жылдары шықты",
        "Счёт 7:0, 1:1 и 2:3",
        "Мы пели, танцевали и читали стихи",
        "үйде отбасымызбен бірге сурет салдық",
    ],
)
def test_what_children_usually_write_is_left_alone(text: str) -> None:
    assert kinds(text) == set()


def test_a_finding_says_where_it_stands() -> None:
    text = "Сәлем! Хат жаз: aliya@mail.kz, я дурак"
    found = {str(f.kind): text[f.start : f.end] for f in screen(text, WORDS)}
    assert found["email"] == "aliya@mail.kz"
    assert found["insult"] == "дурак"


def test_only_distress_calls_for_help_at_once() -> None:
    assert is_distress(screen("мені ұрады", WORDS))
    assert not is_distress(screen("ты дурак, 87011234567", WORDS))


def test_a_word_ends_where_the_list_closes_it() -> None:
    closed = [ListedWord(WordKind.INSULT, "ru", "лох$")]
    assert screen("он лох", closed)
    assert not screen("лохматый пёс", closed)


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_every_finding_lies_in_it(text: str) -> None:
    for finding in screen(text, WORDS):
        assert 0 <= finding.start < finding.end <= len(text)


@given(
    number=st.from_regex(r"7(01|02|05|07|47|71|75|76|77|78)[0-9]{7}", fullmatch=True),
    gaps=st.lists(st.sampled_from(["", " ", "-", ". ", " ("]), min_size=10, max_size=10),
    lead=st.sampled_from(["8", "+7", "7"]),
)
def test_a_mobile_number_is_found_through_any_gaps(number: str, gaps: list[str], lead: str) -> None:
    written = lead + "".join(f"{gap}{digit}" for gap, digit in zip(gaps, number, strict=True))
    assert FindingKind.TELEPHONE in {f.kind for f in screen(f"номер {written} звони", WORDS)}


@given(st.lists(st.sampled_from(["бала", "сурет", "достар", "мектеп", "красиво"]), max_size=12))
def test_plain_words_find_nothing(words: list[str]) -> None:
    assert screen(" ".join(words), WORDS) == []

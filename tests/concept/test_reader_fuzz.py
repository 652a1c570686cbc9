"""Whatever is given, a draft or one clear sentence comes out; a well-formed concept comes out whole."""

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bala.concept.draft import DraftCampaign, from_dict, to_dict
from bala.concept.reader import read_bytes
from bala.kernel.errors import PersonError
from tests.concept import documents

SLOWLY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
NAMES = st.sampled_from(["a.txt", "a.md", "a.docx", "a.pdf", "a.odt", "", "концепция"])


def read_or_refuse(data: bytes, name: str) -> DraftCampaign | None:
    """Read a document; a refusal must say something to the person. Anything else fails the test."""
    try:
        draft = read_bytes(data, filename=name)
    except PersonError as error:
        if not str(error).endswith("."):
            raise
        return None
    assert draft.blocks
    assert any(block.activities for block in draft.blocks)
    assert from_dict(json.loads(json.dumps(to_dict(draft)))) == draft
    for block in draft.blocks:
        for activity in block.activities:
            assert activity.text.strip()
            assert 0 <= activity.line <= len(draft.source_lines)
            if activity.starts_on and activity.ends_on:
                assert activity.starts_on <= activity.ends_on
    return draft


# Pieces of which papers are made, so that chance meets the rules of the reader more often.
PIECES = st.sampled_from(
    [
        "КОНЦЕПЦИЯ", "План мероприятий", "ПОЛОЖЕНИЕ", "«Жаз» тұжырымдамасы", "ЖОСПАР", "ПРИКАЗ",
        "Блок 1.", "1-блок.", "Направление II", "Бірінші бағыт.", "III.", "Раздел", "День 3.", "IV",
        "Цель:", "Мақсаты –", "Мероприятия:", "Іс-шаралар:", "Сроки:", "Өткізу мерзімі:", "Место",
        "Участники:", "Ответственные:", "Этап 1", "2-кезең –", "Приложение 1", "УТВЕРЖДАЮ", "Исп.",
        "- ", "– ", "1) ", "2. ", "1.1. ", "а) ", "•", "*", "¹", "(", ")", "«", "»", '"', ";", ".", ":",
        "с 1 по 10 июня 2021 года", "31 февраля", "маусым айының 17-28 аралығында", "II квартал",
        "99.99.9999", "30 июня – 1 июня 2021", "0 мая", "2021 жылғы 20 мамыр", "до 20 октября",
        "концерт", "конкурс «Имя»", "тексеру", "дети 5-3 лет", "10-17 жас", "| a | b |", "|---|---|",
        "№ | Мероприятие | Срок", "| № | Мероприятие | Срок |", "# Глава", "**Цель:**", "____", "\t",
        "\n", "\n", "\n", "\n\n", " ", "\u00ad", "\u200b", "\u00a0", "\x0c", "ё" * 300, "  ",
    ]
)  # fmt: skip


@SLOWLY
@given(pieces=st.lists(PIECES | st.text(max_size=12), max_size=60), name=NAMES)
@example(pieces=["Блок 1.\n", "1) ", "99.99.9999"], name="a.txt")
def test_any_text_of_the_trade_gives_a_draft_or_a_refusal(pieces: list[str], name: str) -> None:
    read_or_refuse("".join(pieces).encode("utf-8", "surrogatepass"), name)


@SLOWLY
@given(text=st.text(max_size=400), name=NAMES)
def test_any_text_gives_a_draft_or_a_refusal(text: str, name: str) -> None:
    read_or_refuse(text.encode("utf-8", "surrogatepass"), name)


@SLOWLY
@given(data=st.binary(max_size=600), name=NAMES)
def test_any_bytes_give_a_draft_or_a_refusal(data: bytes, name: str) -> None:
    read_or_refuse(data, name)


WHOLE = {
    "a.docx": documents.word_with_lists(),
    "b.docx": documents.word_plan(),
    "a.odt": documents.open_plan(),
    "a.pdf": documents.pdf(documents.NAVIGATION),
}


@SLOWLY
@given(
    name=st.sampled_from(sorted(WHOLE)),
    hurts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
    cut=st.floats(0.3, 1),
)
def test_a_file_hurt_on_its_way_gives_a_draft_or_a_refusal(
    name: str, hurts: list[tuple[float, int]], cut: float
) -> None:
    data = bytearray(WHOLE[name])
    for place, value in hurts:
        data[int(place * (len(data) - 1))] = value
    read_or_refuse(bytes(data[: int(len(data) * cut)]), name)


@SLOWLY
@given(
    part=st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]),
    old=st.sampled_from([b'w:val="', b"<w:tc>", b"<w:p>", b"</w:tr>", b"w:ilvl", b'w:numId="']),
    new=st.sampled_from([b'w:val="x', b"<w:tc/><w:tc>", b"", b"<w:p/>", b'w:val="-9', b"<w:q>"]),
    count=st.integers(1, 9),
)
def test_a_word_file_of_odd_parts_gives_a_draft_or_a_refusal(
    part: str, old: bytes, new: bytes, count: int
) -> None:
    for name in ("a.docx", "b.docx"):
        with zipfile.ZipFile(io.BytesIO(WHOLE[name])) as archive:
            content = archive.read(part)
        read_or_refuse(documents.rezip(WHOLE[name], {part: content.replace(old, new, count)}), name)


WORDS = {
    "ru": {
        "title": "КОНЦЕПЦИЯ\nпроведения областной акции «Светлый дом»",
        "front": "Цель: забота о детях.\nСроки проведения: с 1 по 30 июня 2022 года\n"
        "Место проведения: все районы области\nУчастники: школьники, родители",
        "names": ["Семья", "Право и долг", "Мой двор", "Живая книга", "Чистая вода", "Путь к мечте"],
        "goals": ["укрепить семью", "научить беречь природу", "дать детям голос"],
        "deeds": [
            "встречи с опекунами", "концерт детских ансамблей на площади", "семейная эстафета",
            "конкурс рисунков «Моё лето» среди учащихся 7-10 лет", "посещение зоопарка",
            "консультации юристов для родителей, 5 июня", "онлайн-викторина «Знаток»",
            "проверка детских площадок с участием жителей", "ярмарка (сбор средств)",
            "круглый стол. По итогам будут приняты рекомендации", "чтения в парке до 20 июня",
        ],
        "head": ["Блок {n}. «{t}»", "Блок {n}. {t}", "БЛОК {r}. «{t}»", "Направление {n}. «{t}»",
                 "Направление {r}. {t}", "{n} блок. «{t}»", "{r}. {t}", "Раздел {r}. {t}",
                 "Блок № {n} – {t}", "Модуль {n}: {t}"],
        "goal": ["Цель: {g}.", "Цель – {g}.", "ЦЕЛЬ: {g}", "Цель блока: {g}.", ""],
        "label": ["Мероприятия:", "Основные мероприятия:", "МЕРОПРИЯТИЯ:", "Перечень мероприятий:",
                  "Формы работы:"],
    },
    "kk": {
        "title": "«Жарық үй» облыстық акциясын өткізу\nТҰЖЫРЫМДАМАСЫ",
        "front": "Мақсаты: балаларға қамқорлық.\nӨткізу мерзімі: 2022 жылғы 1-30 маусым\n"
        "Өткізу орны: облыс аудандары\nҚатысушылар: оқушылар, ата-аналар",
        "names": ["Отбасы", "Құқық әлемі", "Менің аулам", "Кітап досым", "Таза су", "Арманға жол"],
        "goals": ["отбасын нығайту", "табиғатты аялауға баулу", "балалардың үнін тыңдау"],
        "deeds": [
            "қорғаншылармен кездесу", "алаңдағы балалар концерті", "отбасылық эстафета",
            "«Менің жазым» сурет байқауы (7-10 жас)", "хайуанаттар бағына бару",
            "заңгерлердің тегін кеңесі, 5 маусым", "«Білгір» онлайн-викторинасы",
            "ойын алаңдарын тексеру, маусым айының 17-28 аралығында", "қайырымдылық жәрмеңкесі",
            "дөңгелек үстел. Қорытындысы бойынша ұсыныстар қабылданады",
        ],
        "head": ["{n}-блок. «{t}»", "{n} блок. {t}", "{n}-бағыт. «{t}»", "{r} бағыт – «{t}»",
                 "{r}. {t}", "{o} бағыт. {t}", "Блок {n}. «{t}»"],
        "goal": ["Мақсаты: {g}.", "Мақсаты – {g}.", "Мақсат: {g}", ""],
        "label": ["Іс-шаралар:", "Негізгі іс-шаралар:", "Шаралар:", "Іс-шаралары:"],
    },
}  # fmt: skip
ROMAN = ["I", "II", "III", "IV", "V", "VI"]
ORDINAL = ["Бірінші", "Екінші", "Үшінші", "Төртінші", "Бесінші", "Алтыншы"]
MARKS = ["- ", "– ", "• ", "* ", "{i}) ", "{i}. ", "{n}.{i}. ", "{a}) ", ""]


@st.composite
def concepts(draw: st.DrawFn) -> tuple[str, str, list[tuple[str, list[str]]]]:
    """A concept in some style: its text, its language, and what must be read from it."""
    language = draw(st.sampled_from(["ru", "kk"]))
    words = WORDS[language]
    head, label = draw(st.sampled_from(words["head"])), draw(st.sampled_from(words["label"]))
    goal = draw(st.sampled_from(words["goal"]))
    mark = draw(st.sampled_from(MARKS))
    if head.startswith("{r}. ") and mark == "{n}.{i}. ":
        mark = "- "
    ends = draw(st.sampled_from([";", ".", ""])) if mark else ";"
    gap = draw(st.sampled_from(["", "\n"]))
    names = draw(st.permutations(words["names"]))[: draw(st.integers(1, 6))]
    lines = [str(words["title"]), "", str(words["front"]), ""]
    expected = []
    for number, name in enumerate(names, start=1):
        places = {"n": number, "r": ROMAN[number - 1], "o": ORDINAL[number - 1], "t": name}
        lines.append(head.format(**places))
        if goal:
            lines.append(goal.format(g=draw(st.sampled_from(words["goals"]))))
        lines.append(label)
        deeds = draw(st.lists(st.sampled_from(words["deeds"]), min_size=1, max_size=7, unique=True))
        made = []
        for index, deed in enumerate(deeds, start=1):
            end = "." if index == len(deeds) and ends == ";" else ends
            letter = "абвгдежз"[index - 1]
            lines.append(mark.format(n=number, i=index, a=letter) + deed + end)
            made.append(deed)
        lines.append(gap)
        expected.append((name, made))
    return "\n".join(lines), language, expected


@pytest.mark.parametrize("form", ["text", "word"])
@settings(SLOWLY, max_examples=120)
@given(made=concepts())
def test_a_well_formed_concept_is_read_back_exactly(
    form: str, made: tuple[str, str, list[tuple[str, list[str]]]]
) -> None:
    text, language, expected = made
    data = documents.word(text) if form == "word" else text.encode()
    draft = read_bytes(data, filename="a.docx" if form == "word" else "a.txt")
    found = [
        (block.title, [activity.text.rstrip(" ;.") for activity in block.activities])
        for block in draft.blocks
    ]
    assert found == expected
    assert [block.number for block in draft.blocks] == list(range(1, len(expected) + 1))
    assert draft.language == language
    assert (str(draft.starts_on), str(draft.ends_on)) == ("2022-06-01", "2022-06-30")
    assert draft.title == ("Светлый дом" if language == "ru" else "Жарық үй")

"""The draft as JSON, and the project's own concept document."""

import json
from pathlib import Path

import pytest
from django.utils import translation

import bala.demo
from bala.concept.draft import (
    DraftCampaign,
    DraftWarning,
    from_dict,
    to_dict,
    to_json,
    warning_text,
)
from bala.concept.enums import DocumentKind
from bala.concept.reader import read_bytes, read_document
from tests.concept import documents

OWN = Path(bala.demo.__file__).parent / "data" / "concept-2021.ru.docx"

# Block and line: kind, level, formats, name, first and last day, ages. Decided by hand from what
# each line asks for; the document is only right when every one of them comes out.
EXPECTED: dict[str, str] = {
    "1.1": "meeting region",
    "1.2": "story region",
    "1.3": "sport region",
    "1.4": "showcase region | Дети – счастье, много детей – много счастья",
    "1.5": "concert_or_show region online+on_site",
    "2.1": "lecture_or_webinar region",
    "2.2": "interview region online",
    "2.3": "meeting region online | Болашаққа жол!",
    "2.4": "contest region | Лучший в своей профессии",
    "3.1": "consultation region",
    "3.2": "lecture_or_webinar region online",
    "3.3": "info_campaign region",
    "4.1": "award republic | Балалар бастауы",
    "4.2": "meeting region",
    "4.3": "sitting region",
    "4.4": "contest republic online 2021-06-01..2021-06-01 10-17 | О чем мечтают дети",
    "4.5": "places region | Балаға мейрімді өлке",
    "5.1": "virtual_visit region online",
    "5.2": "contest region on_site",
    "5.3": "meeting region online",
    "5.4": "concert_or_show region",
    "5.5": "showcase region online",
    "5.6": "meeting region online | Кітап әлемінде",
    "5.7": "group_visit region online+on_site | Жануарлар біздің досымыз",
    "6.1": "charity region",
    "6.2": "charity region",
    "6.3": "meeting region online | Дети – детям",
    "6.4": "benefit region",
    "7.1": "sport region on_site",
    "7.2": "meeting region online",
    "7.3": "sport region",
    "8.1": "info_campaign republic 2021-06-01..2021-06-12"
    " | 12 дней борьбы против эксплуатации детского труда",
    "8.2": "memorandum region",
    "8.3": "lecture_or_webinar region online",
    "8.4": "inspection region",
    "8.5": "lecture_or_webinar region online",
    "8.6": "inspection region | Безопасный аттракцион",
}


@pytest.fixture(scope="module")
def own() -> DraftCampaign:
    return read_document(OWN)


def facts(draft: DraftCampaign) -> dict[str, str]:
    found = {}
    for block in draft.blocks:
        for item in block.activities:
            parts = [item.kind.value, item.level.value]
            parts += ["+".join(item.formats)] if item.formats else []
            parts += [f"{item.starts_on}..{item.ends_on}"] if item.starts_on else []
            parts += [f"{item.min_age}-{item.max_age}"] if item.min_age else []
            parts += ["|", item.name] if item.name else []
            found[f"{block.number}.{item.number}"] = " ".join(parts)
    return found


def test_the_own_concept_gives_eight_blocks_and_every_fact_of_their_lines(
    own: DraftCampaign,
) -> None:
    assert [len(block.activities) for block in own.blocks] == [5, 4, 3, 5, 7, 4, 3, 6]
    assert facts(own) == EXPECTED
    assert own.warnings == ()


def test_the_own_concept_gives_the_campaign(own: DraftCampaign) -> None:
    plain = to_json(own)
    assert plain["title"] == "Бақытты бала – бақытты ел"
    assert (plain["starts_on"], plain["ends_on"]) == ("2021-05-20", "2021-06-20")
    assert plain["places"] == "регионы республики"
    assert plain["participants"].startswith("дошкольники")
    assert (own.language, own.document_kind) == ("ru", DocumentKind.CONCEPT)
    assert [block.title for block in own.blocks][:2] == [
        "Счастье жить в семье",
        "Нұрлы жол - мой путь в будущее!",
    ]
    assert all(block.goal for block in own.blocks)
    for block in own.blocks:
        for item in block.activities:
            assert own.source_lines[item.line - 1] == f"{item.number}) {item.text}"


def test_json_has_the_public_shape(own: DraftCampaign) -> None:
    plain = json.loads(json.dumps(to_json(own)))
    assert list(plain) == [
        "title",
        "starts_on",
        "ends_on",
        "places",
        "participants",
        "blocks",
        "warnings",
    ]
    assert list(plain["blocks"][0]) == ["number", "title", "goal", "activities"]
    assert list(plain["blocks"][0]["activities"][0]) == [
        "number",
        "title",
        "text",
        "name",
        "kind",
        "level",
        "formats",
        "starts_on",
        "ends_on",
        "min_age",
        "max_age",
    ]


def test_a_draft_survives_storing_as_json(own: DraftCampaign) -> None:
    plan = read_bytes(documents.word_plan(), filename="a.docx")
    rules = read_bytes(documents.encode(documents.RULES), filename="a.txt")
    for draft in (own, plan, rules):
        assert from_dict(json.loads(json.dumps(to_dict(draft)))) == draft


def test_what_is_missing_is_null_and_told() -> None:
    text = "Блок 1. Дело\nМероприятия:\n- нечто\n- встреча\n"
    with translation.override("ru"):
        draft = read_bytes(documents.encode(text), filename="a.txt")
        plain = to_json(draft)
    missing = ("starts_on", "ends_on", "places", "participants")
    assert [plain[key] for key in missing] == [None] * 4
    assert plain["blocks"][0]["goal"] is None
    assert "Строка 3: Вид мероприятия не ясен." in plain["warnings"]
    assert warning_text(DraftWarning(0, "All of it.")) == "All of it."


def test_a_warning_is_said_in_the_language_in_which_it_is_read() -> None:
    with translation.override("kk"):
        draft = read_bytes(
            documents.encode("Блок 2. Дело\nМероприятия:\n- нечто\n"), filename="a.txt"
        )
    (first,) = [warning for warning in draft.warnings if warning.code == "first_block"]
    assert first.params == (("number", "2"),)
    said = {}
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            said[language] = warning_text(first)
    assert said["en"].endswith("does not start at 1, but at 2.")
    assert said["ru"].endswith("начинается не с 1, а с 2.")
    assert len(set(said.values())) == 3
    assert all("2" in text for text in said.values())


def test_every_note_is_translated_and_keeps_its_arguments() -> None:
    from bala.concept.notes import NOTES

    params = {"number": "7", "before": "5", "text": "скоро"}
    for code in NOTES:
        with translation.override("en"):
            english = DraftWarning(1, code, tuple(params.items())).message
        for language in ("kk", "ru"):
            with translation.override(language):
                message = DraftWarning(1, code, tuple(params.items())).message
            assert message != english
            assert [v in message for v in params.values()] == [
                v in english for v in params.values()
            ]

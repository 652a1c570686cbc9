"""`bala import_concept FILE --dry-run`: what a person at a terminal gets."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.concept import documents


def run(path: Path, *options: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_concept", str(path), "--dry-run", *options, stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def concept(tmp_path: Path) -> Path:
    path = tmp_path / "concept.txt"
    path.write_text(documents.NAVIGATION, encoding="utf-8")
    return path


def test_json_is_printed_and_nothing_else(concept: Path) -> None:
    code, out, err = run(concept, "--json")
    assert (code, err) == (0, "")
    assert [len(block["activities"]) for block in json.loads(out)["blocks"]] == [3, 2]


def test_a_person_sees_a_tree(concept: Path) -> None:
    code, out, _err = run(concept)
    assert code == 0
    assert out.startswith("Лето без опасности\n2022-06-01 – 2022-08-31\n")
    assert "1. Безопасная вода\n   1.1 Встречи со спасателями" in out
    assert "7–12" in out


@pytest.mark.parametrize("text", [documents.REPORT, documents.APPLICATION, ""])
def test_what_is_refused_exits_2_with_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    code, out, err = run(path, "--json")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.endswith(".\n")


def test_a_missing_file_exits_2(tmp_path: Path) -> None:
    assert run(tmp_path / "none.docx")[0] == 2

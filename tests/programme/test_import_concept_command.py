"""`bala import_concept`: a draft for review, or a campaign at once."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bala.programme.models import Campaign, ConceptDocument
from tests.programme.concepts import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def concept(tmp_path: Path) -> Path:
    path = tmp_path / "concept.txt"
    path.write_text(TEXT)
    return path


def test_a_document_waits_for_review_at_the_printed_address(
    concept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_concept", str(concept))
    document = ConceptDocument.objects.get()
    assert f"/ru/console/concepts/{document.public_id}/" in capsys.readouterr().out
    assert Campaign.objects.count() == 0


def test_a_campaign_is_made_at_once_when_asked(
    concept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_concept", str(concept), "--publish", "--slug", "our-day")
    assert Campaign.objects.get().slug == "our-day"
    assert "/ru/console/our-day/campaign/" in capsys.readouterr().out


def test_a_dry_run_changes_nothing_and_prints_json(
    concept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_concept", str(concept), "--dry-run", "--json")
    assert len(json.loads(capsys.readouterr().out)["blocks"]) == 2
    assert ConceptDocument.objects.count() == 0


def test_what_cannot_be_published_is_not_kept_either(
    concept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    concept.write_text(TEXT.replace(", с 20 мая по 20 июня 2021 года", ""))
    with pytest.raises(SystemExit) as left:
        call_command("import_concept", str(concept), "--publish")
    assert left.value.code == 2
    assert capsys.readouterr().err.strip()
    assert ConceptDocument.objects.count() == 0


def test_an_address_without_publishing_is_a_mistake(concept: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_concept", str(concept), "--slug", "our-day")

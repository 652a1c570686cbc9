"""Backup and restore, together."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.people.factories import make_account

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_backed_up_comes_back_after_a_loss(settings: Any, tmp_path: Path) -> None:
    from bala.people.models import Account

    make_account("kept@example.kz")
    media = Path(settings.MEDIA_ROOT)
    media.mkdir()
    (media / "report.docx").write_bytes(b"figures")
    archive = tmp_path / "bala.tar"
    call_command("backup", archive)
    Account.objects.all().delete()
    make_account("later@example.kz")
    (media / "report.docx").unlink()
    call_command("restore", archive, yes=True)
    assert list(Account.objects.values_list("email", flat=True)) == ["kept@example.kz"]
    assert (media / "report.docx").read_bytes() == b"figures"


def test_restoring_asks_for_a_clear_yes(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", tmp_path / "bala.tar")


@pytest.mark.parametrize("content", [b"", b"not a tar at all", b"\x1f\x8b\x08rubbish"])
def test_a_damaged_archive_changes_nothing(tmp_path: Path, content: bytes) -> None:
    from bala.people.models import Account

    make_account("kept@example.kz")
    (tmp_path / "bala.tar").write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("restore", tmp_path / "bala.tar", yes=True)
    assert refused.value.returncode == 2
    assert Account.objects.count() == 1


def test_a_backup_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("backup", tmp_path / "nowhere" / "bala.tar")
    assert refused.value.returncode == 2

"""Backup and restore, together."""

import hashlib
import shutil
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


def test_an_upload_that_was_on_its_way_goes_on_after_a_restore(
    settings: Any, tmp_path: Path
) -> None:
    from bala.files.actions.uploading import append, begin_upload, confirmed_offset
    from bala.files.enums import FileKind, FileState
    from bala.files.models import StoredFile, Upload
    from tests.files.factories import make_picture, send
    from tests.files.samples import jpeg
    from tests.jobs import run_jobs

    content = jpeg(700, 500)
    ready = make_picture()
    waiting = send(content)  # received, not prepared yet
    half = begin_upload(owner=waiting.owner, kind=FileKind.PICTURE, length=len(content))
    append(upload=half, offset=0, length=6000, read=lambda count: content[: min(count, 6000)])
    archive = tmp_path / "bala.tar"
    call_command("backup", archive)
    shutil.rmtree(settings.BALA_UPLOADS)
    shutil.rmtree(settings.MEDIA_ROOT)
    StoredFile.objects.all().update(state=FileState.DELETED, released_at=None)
    call_command("restore", archive, yes=True)
    left = Upload.objects.get(pk=half.pk)
    assert confirmed_offset(left) == 6000
    rest = bytearray(content[6000:])

    def read(count: int) -> bytes:
        piece = bytes(rest[:count])
        del rest[:count]
        return piece

    append(upload=left, offset=6000, length=len(rest), read=read)
    run_jobs("files.prepare")
    digest = hashlib.sha256(content).hexdigest()
    for file in (waiting, half.file):
        file.refresh_from_db()
        assert (file.state, file.sha256) == (FileState.READY, digest)
    shown = ready.renditions.get(name="w320")
    assert (Path(settings.MEDIA_ROOT) / shown.path).stat().st_size == shown.bytes


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

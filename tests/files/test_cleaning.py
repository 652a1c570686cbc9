"""What is removed, and what stays."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from bala.files.actions import claim
from bala.files.actions.cleaning import clean, resume
from bala.files.actions.uploading import begin_upload
from bala.files.enums import FileKind, FileState
from bala.files.models import StoredFile, Upload
from bala.files.queries.storage import media
from bala.kernel import clock
from tests.conftest import CAMPAIGN_DAY
from tests.files.factories import make_picture, send
from tests.files.samples import jpeg
from tests.jobs import run_jobs
from tests.people.factories import make_account

pytestmark = pytest.mark.django_db
TWO_DAYS_AGO = time.time() - 2 * 86_400


def test_an_expired_upload_goes_with_its_bytes(settings: Any) -> None:
    upload = begin_upload(owner=make_account(), kind=FileKind.PICTURE, length=1000)
    clean()
    upload.file.refresh_from_db()
    assert upload.file.state == FileState.RECEIVING
    with clock.at(CAMPAIGN_DAY + timedelta(days=settings.BALA_UPLOAD_DAYS, minutes=1)):
        clean()
        run_jobs()
    assert StoredFile.objects.get().state == FileState.DELETED
    assert not Upload.objects.exists()
    assert list(Path(settings.BALA_UPLOADS).iterdir()) == []


def test_a_file_that_nothing_uses_goes_and_a_used_one_stays(settings: Any) -> None:
    unused, used = make_picture(), make_picture()
    claim(owner=used.owner, files=[used])
    with clock.at(CAMPAIGN_DAY + timedelta(days=settings.BALA_UNUSED_FILE_DAYS, minutes=1)):
        clean()
        run_jobs()
    unused.refresh_from_db()
    used.refresh_from_db()
    assert (unused.state, used.state) == (FileState.DELETED, FileState.READY)
    assert not unused.renditions.exists()
    assert all(media().exists(rendition.path) for rendition in used.renditions.all())


def test_bytes_without_a_row_go_once_they_are_old(settings: Any) -> None:
    waiting = send(jpeg())
    folder = Path(settings.BALA_UPLOADS)
    (folder / "old").write_bytes(b"x")
    (folder / "work-old").mkdir()
    (folder / "young").write_bytes(b"x")
    old = media().save("files/ab/old.webp", ContentFile(b"x"))
    young = media().save("files/ab/young.webp", ContentFile(b"x"))
    past = [folder / "old", folder / "work-old", folder / waiting.original, Path(media().path(old))]
    for path in past:
        os.utime(path, (TWO_DAYS_AGO, TWO_DAYS_AGO))
    clean()
    assert {path.name for path in folder.iterdir()} == {"young", waiting.original}
    assert not media().exists(old)
    assert media().exists(young)


def test_a_preparation_whose_worker_was_killed_is_begun_again() -> None:
    file = send(jpeg())
    with connection.cursor() as cursor:  # as a killed worker leaves it
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert run_jobs() == []
    resume()
    assert run_jobs() == ["files.prepare"]
    file.refresh_from_db()
    assert file.state == FileState.READY


def test_a_preparation_that_still_runs_is_left_alone() -> None:
    send(jpeg())
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    resume()
    assert run_jobs() == []

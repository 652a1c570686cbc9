"""What nobody needs is removed: uploads that expired, files that nothing uses, bytes without a row."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage
from django.db.models import Q
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from bala.files.actions import staging
from bala.files.actions.keeping import delete
from bala.files.enums import FileState
from bala.files.models import Rendition, StoredFile, Upload
from bala.files.queries.storage import PREFIX, media
from bala.kernel import clock

# What is on its way to get a row is younger than this.
ORPHAN_AGE = timedelta(days=1)
WORKER_SILENCE = timedelta(minutes=1)


def clean() -> None:
    """Remove what expired, what is unused, and bytes without a row; can be repeated at any time."""
    now = clock.now()
    expired = StoredFile.objects.filter(
        state=FileState.RECEIVING, upload__expires_at__lte=now
    ).order_by("pk")
    unused = StoredFile.objects.filter(
        claimed_at__isnull=True,
        created_at__lte=now - timedelta(days=settings.BALA_UNUSED_FILE_DAYS),
    ).exclude(state__in=[FileState.DELETED, FileState.RECEIVING])
    for file in [*expired, *unused.order_by("pk")]:
        delete(file=file)
    Upload.objects.filter(expires_at__lte=now).exclude(file__state=FileState.RECEIVING).delete()
    _remove_staged_orphans()
    _remove_stored_orphans()


def resume() -> None:
    """Put jobs of the room back into the queue whose worker was killed; those that run are left.

    A worker says every few seconds that it lives. Its time is the database's, as here.
    """
    silent = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=Now() - WORKER_SILENCE)
    killed = ProcrastinateJob.objects.filter(
        silent, status="doing", task_name__in=["files.prepare", "files.remove"]
    )
    for number in killed.order_by("id").values_list("id", flat=True):
        app.job_manager.retry_job_by_id(number, retry_at=datetime.now(UTC))


def _remove_staged_orphans() -> None:
    """Age is that of the disk, which the demonstration's clock does not move."""
    old = datetime.now(UTC) - ORPHAN_AGE
    known = set(StoredFile.objects.exclude(original="").values_list("original", flat=True))
    for path in staging.folder().iterdir():
        if path.name in known or not _is_older(path, old):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _remove_stored_orphans() -> None:
    storage = media()
    old = datetime.now(UTC) - ORPHAN_AGE
    for folder, names in _folders(storage):
        paths = {f"{folder}/{name}" for name in names}
        known = set(Rendition.objects.filter(path__in=paths).values_list("path", flat=True))
        for path in sorted(paths - known):
            if storage.get_modified_time(path) < old:
                storage.delete(path)


def _folders(storage: Storage) -> Iterator[tuple[str, list[str]]]:
    """Give each folder that `_store` writes to, with its names."""
    try:
        inner, _files = storage.listdir(PREFIX)
    except FileNotFoundError:  # nothing was stored yet
        return
    for name in inner:
        folder = f"{PREFIX}/{name}"
        yield folder, storage.listdir(folder)[1]

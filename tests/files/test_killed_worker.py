"""A worker that is killed while it prepares a film."""

import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from bala.files.actions import prepare
from bala.files.actions.cleaning import resume
from bala.files.enums import FileState
from bala.files.models import Rendition, StoredFile
from tests.files.factories import digest, send
from tests.files.films import film
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_film_is_made_again_and_once(settings: Any) -> None:
    content = film(size=(1280, 720), seconds=6)
    file = send(content)
    connections.close_all()  # a child must not share the parent's
    worker = multiprocessing.get_context("fork").Process(target=_work, args=(file.pk,))
    worker.start()
    assert worker.pid is not None
    _until(lambda: StoredFile.objects.get().progress >= 10)
    workshops = _children(worker.pid)
    assert len(workshops) == 1
    os.kill(worker.pid, signal.SIGKILL)
    worker.join(30)
    _until(lambda: not Path(f"/proc/{workshops[0]}").exists())  # it goes with its worker
    assert StoredFile.objects.get().state == FileState.PROCESSING
    assert not Rendition.objects.exists()
    with connection.cursor() as cursor:  # as the killed worker leaves its job
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    resume()
    assert run_jobs() == ["files.prepare"]
    file.refresh_from_db()
    assert (file.state, file.sha256) == (FileState.READY, digest(content))
    names = sorted(Rendition.objects.order_by("name").values_list("name", flat=True))
    assert names == ["mp4_1080", "mp4_480", "poster", "share"]
    stored = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(stored) == 4
    prepare(file_id=file.pk)  # begun once more, it changes nothing
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 4


def _work(file_id: int) -> None:
    prepare(file_id=file_id)


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(number) for number in listed.split()]


def _until(holds: Any) -> None:
    """Wait for what another process does, a minute at most."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)

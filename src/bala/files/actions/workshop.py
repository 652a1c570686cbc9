"""Sending an original to the workshop and hearing what it says."""

import json
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from bala.files.enums import FileKind
from bala.files.models import StoredFile
from bala.files.workshop.errors import Refused
from bala.files.workshop.work import Order, Result, result_of

MB = 1024 * 1024
MEMORY = {FileKind.PICTURE: 1536 * MB, FileKind.FILM: 4096 * MB, FileKind.DOCUMENT: 1024 * MB}
PICTURE_SECONDS = 60


def send_to_workshop(file: StoredFile, source: Path, folder: Path) -> Result:
    """Let the workshop make what it can of `source` into `folder`; return what it made.

    Raises Refused with the reason: what the workshop said, or "heavy" when it took too long, or
    "broken" when the file brought its parser down. Progress is kept in the row.
    """
    kind = FileKind(file.kind)
    seconds = PICTURE_SECONDS if kind != FileKind.FILM else settings.BALA_FILM_WORK_MINUTES * 60
    order = Order(
        kind=kind.value,
        source=str(source),
        folder=str(folder),
        max_pixels=settings.BALA_MAX_MEGAPIXELS * 1_000_000,
        max_seconds=settings.BALA_MAX_FILM_MINUTES * 60,
        hls_seconds=settings.BALA_HLS_MINUTES * 60,
        memory_bytes=MEMORY[kind],
        cpu_seconds=seconds,
    )
    root = Path(settings.PACKAGE).parent
    process = subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "bala.files.workshop"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder,
        # Nothing of ours goes with a foreign file: no secret, no address of the database.
        env={"PYTHONPATH": str(root), "LANG": "C.UTF-8", "HOME": str(folder)},
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        said = _listen(process, order, file)
    finally:
        timer.cancel()
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
    if late.is_set():
        raise Refused("heavy")
    if said is None:
        _explain(process.returncode)
    assert said is not None  # noqa: S101
    if "refused" in said:
        raise Refused(said["refused"])
    return result_of(said["result"])


def _listen(
    process: "subprocess.Popen[bytes]", order: Order, file: StoredFile
) -> dict[str, Any] | None:
    """Give the order and read what is said, until the last word or the end."""
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    process.stdin.write(json.dumps(asdict(order)).encode())
    process.stdin.close()
    for line in process.stdout:
        said = json.loads(line)
        if "progress" not in said:
            return dict(said)
        StoredFile.objects.filter(pk=file.pk).update(progress=said["progress"])
    return None


def _explain(code: int) -> None:
    """Tell why the workshop ended without a last word."""
    if code == -15:
        raise RuntimeError("the workshop was ended with its worker")  # the job is tried again
    if code in (-24, -9):  # SIGXCPU, SIGKILL
        raise Refused("heavy")
    if code < 0:
        raise Refused("broken")  # the parser fell over it
    raise RuntimeError(f"the workshop ended with {code}")

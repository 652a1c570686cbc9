"""Makers of files for tests."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from bala.files.actions import receive
from bala.files.models import StoredFile
from bala.people.models import Account
from tests.files.samples import jpeg
from tests.jobs import run_jobs
from tests.people.factories import make_account


def send(content: bytes, owner: Account | None = None, **fields: Any) -> StoredFile:
    """Send a file by a plain form."""
    upload = SimpleUploadedFile("IMG_2021.jpg", content, "image/jpeg")
    return receive(owner=owner or make_account(), upload=upload, **fields)


def make_picture(owner: Account | None = None, content: bytes = b"", **fields: Any) -> StoredFile:
    """Make a picture that is ready."""
    file = send(content or jpeg(), owner, **fields)
    run_jobs("files.prepare")
    file.refresh_from_db()
    return file


def everything_kept(folder: Path) -> bytes:
    """All bytes under a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def digest(content: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()

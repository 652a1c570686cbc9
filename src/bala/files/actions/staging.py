"""The folder of uploads: where originals lie until renditions stand, and never longer.

It is no part of the storage that is delivered from. All web processes and workers share it: on
several machines it is a shared disk (docs/operations.md).
"""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Return the folder, made if it is not there."""
    path = Path(settings.BALA_UPLOADS)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def new_name() -> str:
    """Return a fresh random name that says nothing of what it names."""
    return secrets.token_hex(16)


def path_of(name: str) -> Path:
    """Return where the original of this name lies."""
    if not name.isalnum():
        raise ValueError(name)
    return folder() / name


def write(pieces: Iterable[bytes]) -> str:
    """Write a new original; return its name once its bytes are safely on the disk."""
    name = new_name()
    path = path_of(name)
    with path.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
    return name


def create(name: str) -> None:
    """Make an empty original, so that its name is safely on the disk."""
    path = path_of(name)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    sync_folder(path.parent)


def remove(name: str) -> None:
    """Remove an original; that it is gone already is no matter."""
    if name:
        path_of(name).unlink(missing_ok=True)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

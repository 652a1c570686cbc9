"""The storage that renditions are delivered from: a local disk, or S3 by settings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage, storages

PREFIX = "files"  # everything that the room keeps lies under it
PIECE = 256 * 1024


def media() -> Storage:
    """Return the storage."""
    return storages["media"]


def local_path(path: str) -> Path | None:
    """Return where `path` lies on this machine, or None where the storage is elsewhere."""
    try:
        return Path(media().path(path))
    except NotImplementedError:
        return None


def pieces(path: str, first: int, count: int) -> Iterator[bytes]:
    """Return `count` bytes of the object from byte `first` on, in pieces; FileNotFoundError.

    The object is looked for at once, not when the first piece is asked for.
    """
    here = local_path(path)
    if here is not None:
        if not here.is_file():
            raise FileNotFoundError(path)
        return _from_disk(here, first, count)
    return _from_bucket(path, first, count)


def _from_disk(path: Path, first: int, count: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while count > 0:
            piece = file.read(min(PIECE, count))
            if not piece:
                return
            count -= len(piece)
            yield piece


def _from_bucket(path: str, first: int, count: int) -> Iterator[bytes]:
    """Ask an S3-compatible storage for these bytes alone.

    Its `open` would fetch the whole object first, which a film of a gigabyte does not forgive.
    """
    storage: Any = media()
    wanted = storage.bucket.Object(storage._normalize_name(path))  # noqa: SLF001
    if count == 0:
        return iter(())
    try:
        body = wanted.get(Range=f"bytes={first}-{first + count - 1}")["Body"]
    except storage.bucket.meta.client.exceptions.NoSuchKey as error:
        raise FileNotFoundError(path) from error
    return _Body(body)


class _Body:
    """What a bucket sends; closed with the response, also when nobody reads it to its end."""

    def __init__(self, body: Any) -> None:
        self._body = body
        self._pieces: Iterator[bytes] = body.iter_chunks(PIECE)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        """Give the connection back."""
        self._body.close()

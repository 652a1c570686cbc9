"""Where files are used: rooms above say it, each for itself."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from bala.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a file stands."""

    file_id: int
    label: str
    url: str = ""  # "" where nobody but staff can go


Lookup = Callable[[Collection[StoredFile]], Iterator[Use]]
_lookups: dict[str, Lookup] = {}


def register_uses(name: str, lookup: Lookup) -> None:
    """Let a room say where it uses files: called in its `apps.py`, one query for many files."""
    _lookups[name] = lookup


def uses_of(files: Collection[StoredFile]) -> dict[int, list[Use]]:
    """Return the places where each of the files stands, by the file's primary key."""
    found: dict[int, list[Use]] = defaultdict(list)
    for lookup in _lookups.values():
        for use in lookup(files):
            found[use.file_id].append(use)
    return dict(found)

"""What is worked out once and shown to many, kept for half a minute (docs/adr/0010).

Two things are kept: values, in the memory of the process (`kept`), and whole public pages, in the
cache `pages` (kernel.public_pages). Both are found again only in the edition in which they were
made: `take_back_all` begins a new edition in the transaction of whoever takes something down, so
nothing that was taken down is shown from the moment when that is confirmed. All other changes show
when the time is over: what a page was made of counts, so that times never add up.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from bala.kernel import clock

Value = TypeVar("Value")
Key = tuple[Any, ...]

#: How many values a process keeps; beyond it those go that were made first.
MOST_VALUES: Final = 500


class Answer:
    """What is known while one request is answered: the edition, and the age of what was used."""

    __slots__ = ("_edition", "born", "made")

    def __init__(self) -> None:
        self._edition: int | None = None
        self.born = time.time()  # of the oldest thing that the answer was made of
        self.made: dict[Key, Any] = {}  # where nothing is kept beyond the answer

    @property
    def edition(self) -> int:
        """The edition in which this request began; one query for a request.

        It is read before anything else is: what is read later is at least as new, and is kept
        under the older number at worst, where nobody looks any more.
        """
        if self._edition is None:
            self._edition = _read_edition()
        return self._edition


_answer: ContextVar[Answer | None] = ContextVar("answer", default=None)
_values: dict[Key, tuple[float, Any]] = {}
_makers: dict[Key, threading.Lock] = {}


@contextmanager
def answering() -> Iterator[Answer]:
    """Begin an answer, in which values may be kept and found."""
    answer = Answer()
    token = _answer.set(answer)
    try:
        yield answer
    finally:
        _answer.reset(token)


def seconds_left(answer: Answer) -> float:
    """Return for how many seconds the answer may be kept, 0 at least."""
    until: float = answer.born + settings.BALA_FRESH_SECONDS
    return max(until - time.time(), 0.0)


def kept(name: str, make: Callable[[], Value]) -> Value:
    """Return the value of that name in this language, made at most BALA_FRESH_SECONDS ago.

    It is made anew after half of that time, so that a page which is made of it stands for the other
    half; while one thread makes it the others go on with the old one, or wait where there is none.
    It is shared by all requests of the process: whoever gets it must not change it. Outside of an
    answer (in jobs, commands and tests) it is made anew each time.
    """
    answer = _answer.get()
    if answer is None:
        return make()
    if not settings.BALA_FRESH_SECONDS:  # nothing outlives the answer, in which once is enough
        here = (name, get_language())
        if here not in answer.made:
            answer.made[here] = make()
        return answer.made[here]  # type: ignore[no-any-return]
    key = (name, get_language(), answer.edition, clock.mark())
    born, value = _found(key, 0.5) or _renewed(key, make)
    answer.born = min(answer.born, born)
    return value  # type: ignore[no-any-return]


def _found(key: Key, part: float) -> tuple[float, Any] | None:
    """Return what is kept if it is younger than a part of the time for which things stand."""
    found = _values.get(key)
    if found is None or found[0] + settings.BALA_FRESH_SECONDS * part <= time.time():
        return None
    return found


def _renewed(key: Key, make: Callable[[], Any]) -> tuple[float, Any]:
    lock = _makers.setdefault(key, threading.Lock())
    if not lock.acquire(blocking=False):
        if (old := _found(key, 0.9)) is not None:
            return old
        lock.acquire()
    try:
        found = _found(key, 0.5)  # somebody may have made it while we waited
        if found is None:
            born = time.time()  # before it is made: a change that comes in between counts as later
            found = _values[key] = (born, make())
            while len(_values) > MOST_VALUES:
                oldest = next(iter(_values))
                _values.pop(oldest, None)
                _makers.pop(oldest, None)
        return found
    finally:
        lock.release()


def take_back_all() -> None:
    """Let nothing that is kept be shown again, from when this transaction is confirmed.

    For what must go at once: a takedown, a withdrawn consent. One row is written, so that two who
    take something down at the same moment wait for each other; nobody else does.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_edition (id, number) VALUES (1, 1)"
            " ON CONFLICT (id) DO UPDATE SET number = kernel_edition.number + 1"
        )


def values_kept() -> int:
    """Return how many values this process keeps."""
    return len(_values)


def forget_values() -> None:
    """Forget what this process keeps; other processes know nothing of it."""
    _values.clear()
    _makers.clear()


def _read_edition() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM kernel_edition")
        row = cursor.fetchone()
    return int(row[0]) if row else 0

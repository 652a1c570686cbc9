"""The only clock of the project, so that a demonstration can stand on 28 May 2021.

In demonstration mode an offset is kept in a small file that all processes of the machine read; in
tests `at` pins the clock for a block of code.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

NATIONAL_ZONE = ZoneInfo("Asia/Almaty")

_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)
_read: dict[str, tuple[int, timedelta]] = {}


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    pinned = _pinned.get()
    if pinned is not None:
        return pinned
    return datetime.now(UTC) + _offset()


def today(zone: ZoneInfo = NATIONAL_ZONE) -> date:
    """Return the calendar day that it is in `zone`; the capital's zone unless another is given."""
    return now().astimezone(zone).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Pin the clock to an aware `moment` while the block runs."""
    token = _pinned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)


def move_to(moment: datetime) -> None:
    """Let the clock of this machine's processes go on from an aware `moment`: demonstration only."""
    if not settings.BALA_DEMO:
        raise RuntimeError("The clock can be moved in demonstration mode only")
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    seconds = (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds()
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps({"offset_seconds": seconds}))
    fresh.replace(path)


def mark() -> str:
    """Name the day and, in a demonstration, the move of the clock: what is kept belongs to both."""
    return f"{today()} {_offset().total_seconds():.0f}"


def is_moved() -> bool:
    """Whether the demonstration's clock was moved on this machine."""
    return _file().exists()


def _file() -> Path:
    return Path(settings.BALA_VAR) / "clock.json"


def _offset() -> timedelta:
    if not settings.BALA_DEMO:
        return timedelta()
    path = _file()
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta()
    known = _read.get(str(path))
    if known is None or known[0] != stamp:
        offset = timedelta(seconds=json.loads(path.read_text())["offset_seconds"])
        known = _read[str(path)] = (stamp, offset)
    return known[1]

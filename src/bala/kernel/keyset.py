"""Pages of a long list by key: the cost of a page does not grow with its distance from the start."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A page of rows and the cursors of its neighbours; an empty cursor: there is none."""

    rows: Sequence[Row]
    next_cursor: str
    previous_cursor: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(
    rows: QuerySet[Row, Row], *, order: Sequence[str], cursor: str = "", size: int = 50
) -> Page[Row]:
    """Return the page of `rows` that `cursor` names, `size` rows long; one query.

    `order` names fields, "-" before descending ones, and must end with a unique one; none of them
    may be null. A cursor that cannot be read means the first page: it is only a place in a list.
    """
    backward, key = _read(cursor, len(order))
    wanted = [_flip(name) for name in order] if backward else list(order)
    ordered = rows.order_by(*wanted)
    if key:
        try:
            found = list(ordered.filter(_after(wanted, key))[: size + 1])
        except (ValidationError, ValueError, TypeError):
            backward, key = False, []
            found = list(rows.order_by(*order)[: size + 1])
    else:
        found = list(ordered[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backward:
        found.reverse()
    has_next, has_previous = (True, more) if backward else (more, bool(key))
    return Page(
        found,
        _write("n", order, found[-1]) if found and has_next else "",
        _write("p", order, found[0]) if found and has_previous else "",
    )


def _after(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Rows beyond the key: (a > x) or (a = x and b > y) or …, with the first as a plain bound."""
    condition = Q()
    for depth in range(len(order)):
        step = Q(**{order[i].lstrip("-"): key[i] for i in range(depth)})
        name = order[depth]
        step &= Q(**{f"{name.lstrip('-')}__{'lt' if name.startswith('-') else 'gt'}": key[depth]})
        condition |= step
    first = order[0]
    bound = Q(**{f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}": key[0]})
    return bound & condition


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _write(direction: str, order: Sequence[str], row: Model) -> str:
    values = []
    for name in order:
        value: Any = row
        for part in name.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(value.isoformat() if isinstance(value, date | datetime) else value)
    text = json.dumps([direction, *values], ensure_ascii=False, default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, length: int) -> tuple[bool, list[Any]]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        read = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (binascii.Error, ValueError):
        return False, []
    if not isinstance(read, list) or len(read) != length + 1 or read[0] not in ("n", "p"):
        return False, []
    if any(not isinstance(value, str | int | float) for value in read):
        return False, []
    return read[0] == "p", read[1:]

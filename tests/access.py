"""The words in which the rooms write their access tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.world import Persona, World

Statuses = dict[Persona, int]

ALL = tuple(Persona)
SIGN_IN = 302  # a visitor is sent to sign in


def everyone(status: int = 200) -> Statuses:
    """Everybody gets the same answer."""
    return dict.fromkeys(ALL, status)


def only(*allowed: Persona, status: int = 200, refused: int = 403) -> Statuses:
    """Those named get `status`; visitors are sent to sign in; all others get `refused`."""
    table = dict.fromkeys(ALL, refused)
    table[Persona.VISITOR] = SIGN_IN
    table.update(dict.fromkeys(allowed, status))
    return table


@dataclass(frozen=True)
class Row:
    """An address: who gets which status, with which arguments, by which method."""

    statuses: Statuses
    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})
    method: str = "get"
    query: str = ""
    data: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})

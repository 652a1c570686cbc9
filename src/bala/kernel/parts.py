"""Parts of pages that are made of nothing but a few plain values (docs/adr/0010).

The same values in the same language give the same bytes, so a part is made once and kept as long as
there is room: nothing can be out of date, since whatever changes is another value. That is the
difference to `kernel.keeping`, which keeps things for half a minute.
"""

from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

#: How many parts a process keeps; a card of an event is some 1.5 KB.
MOST_PARTS: Final = 3000
_PLAIN: Final = frozenset((str, SafeString, int, float, bool, Decimal, date, time, type(None)))


def part(template: str, values: dict[str, Any]) -> SafeString:
    """Return the template rendered with the values and nothing else: no request, no person.

    Values are texts, numbers, days, times, tuples of such, or frozen dataclasses of such; anything
    that can change inside raises TypeError.
    """
    return _rendered(template, get_language() or "", tuple(_named(values)))


def forget_parts() -> None:
    """Forget all parts: after the templates or the addresses of static files have changed."""
    _rendered.cache_clear()


def _named(values: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """Put the values into a key, with their types: a text that is safe equals one that is not."""
    for value in values.values():
        _check(value)
    return [(name, type(value).__name__, value) for name, value in values.items()]


def _check(value: Any) -> None:
    kind = type(value)
    if kind in _PLAIN:
        return
    if kind is tuple:
        for one in value:
            _check(one)
        return
    for name in _fields_of(kind):
        _check(getattr(value, name))


def _fields_of(kind: type) -> tuple[str, ...]:
    """Return the fields of a frozen dataclass, remembered; TypeError for anything else."""
    known = _fields.get(kind)
    if known is None:
        parameters = getattr(kind, "__dataclass_params__", None)
        if parameters is None or not parameters.frozen:
            raise TypeError(f"A part of a page cannot depend on {kind.__name__}")
        known = _fields[kind] = tuple(field.name for field in fields(kind))
    return known


_fields: dict[type, tuple[str, ...]] = {}


@lru_cache(maxsize=MOST_PARTS)
def _rendered(template: str, _language: str, named: tuple[tuple[str, str, Any], ...]) -> SafeString:
    values = {name: value for name, _kind, value in named}
    made: Any = get_template(template)
    return SafeString(made.template.render(Context(values)))

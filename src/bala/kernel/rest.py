"""How the REST interface says no, told once for the operations of all rooms."""

from typing import Any, Final

from ninja import Schema


class Refused(Schema):
    """Why not: one sentence in the language that was asked for (`Accept-Language`)."""

    detail: str


class Fault(Schema):
    """One parameter that cannot be read."""

    type: str
    loc: list[str | int]
    msg: str
    ctx: dict[str, Any] = {}


class Faults(Schema):
    """All parameters that cannot be read."""

    detail: list[Fault]


#: For `response=` of an operation: `{200: …, **REFUSALS}`.
REFUSALS: Final[dict[int, Any]] = {404: Refused, 422: Faults}

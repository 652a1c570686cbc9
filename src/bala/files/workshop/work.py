"""The papers that go into the workshop with a file, and come out."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: paths, and the limits that the settings give."""

    kind: str
    source: str
    folder: str  # where results go; exists, and is empty
    max_pixels: int
    max_seconds: int  # of a film
    hls_seconds: int  # a longer film is cut into pieces
    memory_bytes: int
    cpu_seconds: int


@dataclass(frozen=True, slots=True)
class Made:
    """One rendition that lies in the folder."""

    name: str
    file: str
    content_type: str
    width: int | None = None
    height: int | None = None


@dataclass(slots=True)
class Result:
    """All that was made of a file."""

    made: list[Made] = field(default_factory=list)
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    colour: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def result_of(data: dict[str, Any]) -> Result:
    """Return the result that `as_dict` was made of."""
    return Result(**{**data, "made": [Made(**made) for made in data["made"]]})

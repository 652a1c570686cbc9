"""A text cut into pieces, so that a page can mark what the screening found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bala.safeguarding.enums import FindingKind
from bala.safeguarding.models import ModerationItem


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and the kind of what was found in it; None: nothing."""

    text: str
    kind: FindingKind | None = None


def pieces_of(item: ModerationItem) -> list[Piece]:
    """Return the item's text in pieces, in order; together they are the whole text."""
    return cut(item.text, item.findings)


def cut(text: str, findings: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """Cut a text at its findings, given as they are stored."""
    pieces: list[Piece] = []
    at = 0
    for found in sorted(findings, key=lambda f: (f["start"], -f["end"])):
        start, end = max(found["start"], at), found["end"]
        if end <= at:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], FindingKind(found["kind"])))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def kinds_found(item: ModerationItem) -> list[FindingKind]:
    """Return the kinds of what was found, each once, in the order of the enum."""
    found = {finding["kind"] for finding in item.findings}
    return [kind for kind in FindingKind if kind in found]

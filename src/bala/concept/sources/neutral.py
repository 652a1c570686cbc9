"""What every format is read into: paragraphs and tables with the lines they stand on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bala.concept.wording import SPACES, clean, tidy

# 1. | 1) | (1) | 1.1. | 1.1 Текст; never a date such as 01.06.2021 or a number such as 1.5.
_NUMBER_MARK = re.compile(
    r"^(\(?\d{1,3}(?:\.\d{1,2}){0,3}(?:\)|\.\)|\.(?!\d)(?=\s|[^\W\d]|[«\"“]|$))"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s+[^\W\d]|\s+[«\"“]))\s*"
)
_ROMAN_MARK = re.compile(r"^([IVXІХ]{1,6}[.)])\s*(?=\S)")
_LETTER_MARK = re.compile(r"^([а-яәғқңөұүһіa-z]\))\s*(?=\S)")
_BULLET_MARK = re.compile(
    r"^([-‐‑‒–—―−•●▪▫◦·○■□►▶➢➤✓✔⁃‣§\uf02d\uf0b7\uf0a7\uf0d8\uf0fc]|\*(?=\s))\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text without the list marker, which stands in `marker`.

    `level` is the depth of the list, 0 outermost; `heading` the heading level of the style, 0
    for body text; `line` is 1-based.
    """

    text: str
    line: int
    marker: str = ""
    level: int = 0
    heading: int = 0
    bold: bool = False

    @property
    def listed(self) -> bool:
        """Whether the paragraph is an item of a list."""
        return bool(self.marker)

    @property
    def whole(self) -> str:
        """The paragraph with its marker, as a reader sees it."""
        return f"{self.marker} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `merged` says that one cell goes across; `carried` names the columns
    whose cell goes on from the row above."""

    cells: tuple[str, ...]
    line: int
    merged: bool = False
    carried: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in the document."""

    rows: tuple[Row, ...]


Element = Paragraph | Table


@dataclass(slots=True)
class Source:
    """A document that was read: its elements in order and its numbered lines."""

    elements: list[Element] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def add_paragraph(
        self,
        text: str,
        *,
        marker: str = "",
        level: int = 0,
        heading: int = 0,
        bold: bool = False,
    ) -> None:
        """Add a paragraph, its own marker split off where the format gave none."""
        shown = clean(text)
        self.lines.append(f"{marker} {shown}".strip())
        if not shown:
            return
        if not marker:
            marker, shown = split_marker(shown)
        if shown:
            self.elements.append(
                Paragraph(
                    text=shown,
                    line=len(self.lines),
                    marker=marker,
                    level=level,
                    heading=heading,
                    bold=bold,
                )
            )

    def add_table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        merged: Sequence[bool] = (),
        carried: Sequence[frozenset[int]] = (),
    ) -> None:
        """Add a table, each row a line of its own."""
        made = []
        for index, cells in enumerate(rows):
            cleaned = tuple(clean(cell) for cell in cells)
            self.lines.append(" | ".join(tidy(cell) for cell in cleaned))
            if any(cleaned):
                made.append(
                    Row(
                        cells=cleaned,
                        line=len(self.lines),
                        merged=bool(merged and merged[index]),
                        carried=carried[index] if carried else frozenset(),
                    )
                )
        if made:
            self.elements.append(Table(tuple(made)))


def split_marker(text: str) -> tuple[str, str]:
    """Split "1) текст" or "– текст" into its list marker ("" where it has none) and the rest."""
    text = text.lstrip(" " + SPACES)
    for pattern in (_NUMBER_MARK, _ROMAN_MARK, _LETTER_MARK, _BULLET_MARK):
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            return match[1], text[match.end() :].strip()
    return "", text

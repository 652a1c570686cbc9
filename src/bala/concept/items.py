"""The lines of a block's list: which paragraphs are activities, which only go on with one."""

import re
from dataclasses import dataclass, field

from bala.concept.labels import Label
from bala.concept.sources.neutral import Paragraph
from bala.concept.wording import fold, tidy

_CLOSING = re.compile(
    r"^(?:все(?: указанные)? мероприятия|мероприятия (?:проводятся|будут)|ответственн|по итогам|"
    r"информаци[яю] (?:о|об) |примечание|контроль|отчет|в целях|просим|барлық іс-?шаралар|"
    r"іс-?шаралар\w* (?:санитар|өткізіл)|ескерту|есеп|қорытынды)"
)
_SIGNATURE = re.compile(
    r"_{3,}|^исп\.|^исполнитель:|^орынд(?:\.|аған|аушы\s*:)|^м\.\s?п\.|^\(?подпись|^директор\b.{0,80}[а-я]\.\s?[а-я]\."
    r"|^(?:вице-)?министр\b|^согласовано|^келісілді|^тел\.?:|^директор[а-яәғқңөұүһі]*\s.{0,60}\s[а-яә]\."
)


@dataclass(slots=True)
class Item:
    """One activity while it is read, with what stands about it beside its text."""

    text: str
    line: int
    responsible: str = ""
    funding: str = ""
    completion: str = ""
    dates_text: str = ""
    beside: str = ""  # place and participants of a plan's row


@dataclass(slots=True)
class Note:
    """A paragraph that was met in a list and is no activity."""

    line: int
    text: str


@dataclass(slots=True)
class ItemList:
    """Collects the items of one block."""

    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    rest: list[Paragraph] = field(default_factory=list)
    base: tuple[str, int, int] | None = None
    details: dict[Label, list[tuple[int, str, int]]] = field(default_factory=dict)

    def add(self, paragraph: Paragraph, upcoming: list[Paragraph]) -> None:
        """Take the next paragraph of the list; `upcoming` are those after it in the block."""
        text = paragraph.text
        if is_signature(text):
            return
        shape = shape_of(paragraph)
        following = upcoming[0] if upcoming else None
        if text.endswith(":") and following is not None and self._is_lead_in(shape, following):
            return
        if self.base is None:
            self.base = shape
            self._append(paragraph)
        elif shape == self.base:
            if not shape[0] and self._closed():
                self.notes.append(Note(paragraph.line, text))
            else:
                self._append(paragraph)
        elif not shape[0]:
            self._unmarked(paragraph)
        elif self._is_deeper(shape, upcoming):
            self._extend(paragraph.whole)
        else:
            if not self.base[0] or shape[1:] < self.base[1:]:
                self.base = shape
            self._append(paragraph)

    def split_inline(self, text: str, line: int) -> None:
        """Take "встречи; концерты; эстафеты." that stands behind the label itself."""
        parts = [part.strip() for part in re.split(r";\s+", text) if part.strip(" .")]
        numbered = re.split(r"(?:^|\s)(?:\d{1,2}\)|[а-я]\))\s+", text)
        if len(parts) < 2 and len(numbered) > 2:
            parts = [part.strip(" ,;") for part in numbered if part.strip(" ,;.")]
        for part in parts:
            self.items.append(Item(text=part, line=line))

    def detail(self, label: Label, value: str, line: int) -> None:
        """Take a line such as "Ответственные: …" that stands under an item."""
        self.details.setdefault(label, []).append((len(self.items), value, line))

    def finish(self) -> None:
        """Give the details to the items: to the one above, or to all from the list's end."""
        for label, found in self.details.items():
            at_end = len(found) == 1 and found[0][0] == len(self.items)
            for position, value, _line in found:
                targets = self.items if at_end else self.items[max(position - 1, 0) : position]
                for item in targets:
                    if label is Label.RESPONSIBLE:
                        item.responsible = value
                    elif label is Label.FUNDING:
                        item.funding = value
                    elif label is Label.COMPLETION:
                        item.completion = value
                    elif label is Label.PERIOD:
                        item.dates_text = value
                    elif label in (Label.PLACE, Label.PARTICIPANTS, Label.AGES):
                        item.beside = f"{item.beside} {value}".strip()
        self.details.clear()

    def _append(self, paragraph: Paragraph) -> None:
        self.items.append(Item(text=paragraph.text, line=paragraph.line))

    def _extend(self, text: str) -> None:
        if self.items:
            self.items[-1].text = f"{self.items[-1].text} {text}"

    def _unmarked(self, paragraph: Paragraph) -> None:
        """An unmarked paragraph within a marked list."""
        if not self.items:
            self._append(paragraph)
            return
        last = self.items[-1].text.rstrip()
        if paragraph.heading or self._closed() or _CLOSING.match(fold(paragraph.text)):
            self.notes.append(Note(paragraph.line, paragraph.text))
        elif last.endswith(";"):
            # A list item whose marker was lost.
            self._append(paragraph)
        else:
            self._extend(paragraph.text)

    def _is_lead_in(self, shape: tuple[str, int, int], following: Paragraph) -> bool:
        """Whether a line that ends with a colon only opens what comes under it."""
        other = shape_of(following)
        if not shape[0]:
            return self.base is None or bool(other[0]) or self.base[0] != ""
        return False

    def _closed(self) -> bool:
        """Whether a list whose items end with ";" came to its full stop."""
        if len(self.items) < 2 or not self.items[-1].text.rstrip().endswith("."):
            return False
        return all(item.text.rstrip().endswith((";", ",")) for item in self.items[:-1])

    def _is_deeper(self, shape: tuple[str, int, int], upcoming: list[Paragraph]) -> bool:
        if not self.items or self.base is None:
            return False
        style, level, dots = shape
        base_style, base_level, base_dots = self.base
        if not base_style:
            return self.items[-1].text.rstrip().endswith(":")
        if level > base_level or (style == base_style and dots > base_dots):
            return True
        if level < base_level or style == base_style:
            return False
        if self.items[-1].text.rstrip().endswith(":"):
            return True
        # Bullets under "1." are its parts when "2." comes after them.
        return base_style in ("number", "roman") and any(
            shape_of(later) == self.base for later in upcoming
        )


def shape_of(paragraph: Paragraph) -> tuple[str, int, int]:
    """Give a list item's style, level and depth of numbering; ("", 0, 0) for body text."""
    marker = paragraph.marker
    if not marker:
        return "", 0, 0
    inner = marker.strip("().")
    if inner.replace(".", "").isdigit():
        return "number", paragraph.level, inner.count(".")
    if re.fullmatch(r"[IVXІХ]+", inner):
        return "roman", paragraph.level, 0
    if inner.isalpha():
        return "letter", paragraph.level, 0
    return "bullet", paragraph.level, 0


def is_signature(text: str) -> bool:
    """Whether a paragraph is a signature, a stamp or the name of the person who typed it."""
    return bool(_SIGNATURE.search(tidy(text).lower()))

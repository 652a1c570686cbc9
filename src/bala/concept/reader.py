"""From a document to a draft campaign: the room's only door."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bala.concept.ages import Ages, find_ages
from bala.concept.blocks import find_layout
from bala.concept.bodies import Layout, RawBlock
from bala.concept.dates import Period
from bala.concept.draft import (
    DraftActivity,
    DraftBlock,
    DraftCampaign,
    DraftStage,
    DraftWarning,
)
from bala.concept.enums import ActivityKind, DocumentKind, Format
from bala.concept.errors import EmptyDocument, NoActivitiesFound, ReportGiven
from bala.concept.front import Front, read_front, safe_period
from bala.concept.items import Item
from bala.concept.kinds import find_formats, find_kind, find_level
from bala.concept.names import official_name
from bala.concept.recognise import Genre, recognise
from bala.concept.rules import read_rules
from bala.concept.sources.neutral import Element, Paragraph, Source, Table
from bala.concept.sources.reading import read_source
from bala.concept.sources.safety import MAX_BYTES, read_limited
from bala.concept.wording import first_sentence, is_kazakh, tidy

_GLUED = re.compile(
    r"(?<=[.;!»])\s+(?=(?:Цель|Цели|Задачи|Мероприятия|Мақсаты|Міндеттері|Іс-шаралар|Шаралар)\s*:)"
)
_LONGEST_LINE = 4000
# Marks of footnotes in plain text: "детей¹"; but not the sign of a measure: "12 м²".
_NOTE_MARK = re.compile(
    r"(?<![\d\s](?:м|m))(?<![кс]м)(?<=[^\W\d])[¹²³⁴-⁹⁰]+|(?<=[.,;:»”\")])[¹²³⁴-⁹⁰]+"
)
_NOTE = re.compile(r"^[¹²³⁴-⁹⁰]+\)?\s*\S")
_PAGE_NUMBER = re.compile(r"^[-–—\s]*\d{1,3}[-–—\s]*$")


def read_document(path: Path, *, max_bytes: int = MAX_BYTES) -> DraftCampaign:
    """Read a document of at most `max_bytes` into a draft.

    Raises an UnreadableDocument where the file cannot be read, a NotAConcept where it is
    another kind of document.
    """
    return read_bytes(read_limited(path, max_bytes=max_bytes), filename=path.name)


def read_bytes(data: bytes, *, filename: str) -> DraftCampaign:
    """Read a document that is already in memory; raises as `read_document` does."""
    return _Reading(read_source(data, filename=filename)).draft()


class _Reading:
    """One reading of one document, with what was noted on the way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.elements = [
            part
            for item in source.elements
            if not _is_page_number(item) and not _is_note(item)
            for part in _unglue(_without_notes(item))
        ]
        self.warnings: list[DraftWarning] = []
        self.general = False

    def draft(self) -> DraftCampaign:
        if not self.elements:
            raise EmptyDocument
        genre = recognise(self.elements)
        if genre.kind is DocumentKind.RULES:
            return self._rules(genre)
        layout = find_layout(
            self.elements, title_end=genre.title_end, trusted=genre.kind is not None
        )
        if not layout.filled:
            raise NoActivitiesFound
        self.general = layout.general
        if layout.reported and genre.kind is None:
            raise ReportGiven
        kind = genre.kind or (DocumentKind.PLAN if layout.from_table else DocumentKind.CONCEPT)
        front = self._front(genre, layout.front, layout.after)
        return self._campaign(
            kind, front, [self._block(block, front) for block in _numbered(layout, front)]
        )

    def _front(self, genre: Genre, front: Sequence[Element], after: Sequence[Element]) -> Front:
        return read_front(
            self.elements,
            title=(genre.title_start, genre.title_end),
            front=[item for item in front if item not in self._title(genre)],
            after=after,
            warnings=self.warnings,
        )

    def _title(self, genre: Genre) -> Sequence[Element]:
        return self.elements[genre.title_start : genre.title_end]

    def _warn(self, line: int, code: str, **params: str) -> None:
        self.warnings.append(DraftWarning(line, code, tuple(params.items())))

    def _campaign(
        self, kind: DocumentKind, front: Front, blocks: Sequence[DraftBlock]
    ) -> DraftCampaign:
        self._check(kind, front, blocks)
        text = " ".join(self.source.lines)
        return DraftCampaign(
            title=front.title,
            starts_on=front.starts_on,
            ends_on=front.ends_on,
            places=front.places,
            participants=front.participants,
            purpose=front.purpose,
            language="kk" if is_kazakh(text) else "ru",
            document_kind=kind,
            blocks=tuple(blocks),
            warnings=tuple(sorted(dict.fromkeys(self.warnings), key=lambda item: item.line)),
            source_lines=tuple(self.source.lines),
            heading=front.heading,
        )

    def _check(self, kind: DocumentKind, front: Front, blocks: Sequence[DraftBlock]) -> None:
        if not front.title:
            self._warn(0, "no_title")
        if not front.places and kind is not DocumentKind.PLAN:
            self._warn(0, "no_place")
        if not front.participants and kind is not DocumentKind.PLAN:
            self._warn(0, "no_participants")
        previous = blocks[0].number - 1 if blocks else 0
        if previous > 0 and not self.general:
            self._warn(blocks[0].line, "first_block", number=str(blocks[0].number))
        for block in blocks:
            if block.number != previous + 1:
                self._warn(block.line, "gap", number=str(block.number), before=str(previous))
            previous = block.number
            if not block.activities:
                self._warn(block.line, "no_activities")
            if not block.goal and kind is DocumentKind.CONCEPT:
                self._warn(block.line, "no_goal")

    def _block(self, raw: RawBlock, front: Front) -> DraftBlock:
        for note in raw.notes:
            self._warn(note.line, "not_taken")
        if raw.guessed:
            self._warn(raw.line, "guessed")
        return DraftBlock(
            number=raw.number or 0,
            title=raw.title or front.title,
            goal=raw.goal,
            activities=tuple(
                self._activity(number, item, front)
                for number, item in enumerate(raw.items, start=1)
            ),
            line=raw.line or (raw.items[0].line if raw.items else 0),
        )

    def _activity(self, number: int, item: Item, front: Front) -> DraftActivity:
        # What a line says of itself stands near its beginning, however long somebody made it.
        text = item.text[:_LONGEST_LINE]
        kind = find_kind(text)
        if kind is ActivityKind.OTHER:
            self._warn(item.line, "kind")
        starts_on, ends_on = self._dates(item, front)
        ages = find_ages(text) or find_ages(item.beside) or Ages(None, None)
        return DraftActivity(
            number=number,
            title=first_sentence(item.text),
            text=item.text.strip(),
            name=official_name(text, campaign=front.title),
            kind=kind,
            level=find_level(text),
            formats=_formats(item),
            starts_on=starts_on,
            ends_on=ends_on,
            min_age=ages.youngest,
            max_age=ages.oldest,
            line=item.line,
            responsible=item.responsible,
            funding=item.funding,
            completion=item.completion,
            dates_text=item.dates_text,
        )

    def _dates(self, item: Item, front: Front) -> tuple[date | None, date | None]:
        period: Period | None = None
        if item.dates_text:
            period = safe_period(item.dates_text, front.year, item.line, self.warnings)
            if period is None:
                self._warn(item.line, "dates", text=item.dates_text[:80])
        if period is None or (period.starts_on is None and period.ends_on is None):
            inside = safe_period(
                item.text[:_LONGEST_LINE], front.year, item.line, self.warnings, sentence=True
            )
            period = inside or period
        if period is None:
            return None, None
        self._check_inside(period, item, front)
        return period.starts_on, period.ends_on

    def _check_inside(self, period: Period, item: Item, front: Front) -> None:
        if front.starts_on is None or front.ends_on is None:
            return
        first = period.starts_on or period.ends_on
        last = period.ends_on or period.starts_on
        if first and last and (first < front.starts_on or last > front.ends_on):
            self._warn(item.line, "outside")

    def _span_stages(self, front: Front, stages: Sequence[DraftStage]) -> None:
        """Let a contest last from its first stage to its last one."""
        starts = [stage.starts_on for stage in stages if stage.starts_on]
        ends = [stage.ends_on for stage in stages if stage.ends_on]
        if not starts and not ends:
            return
        if front.starts_on is None and front.ends_on is None:
            # The period is known after all, so that its absence need not be told.
            self.warnings = [item for item in self.warnings if item.line]
        first = min([*starts, *([front.starts_on] if front.starts_on else [])], default=None)
        front.ends_on = max([*ends, *([front.ends_on] if front.ends_on else [])], default=None)
        # A stage that ends before the first known start began on a day that is not told.
        known = first is not None and all(first <= end for end in ends)
        front.starts_on = first if known else None

    def _rules(self, genre: Genre) -> DraftCampaign:
        body = self.elements[genre.title_end :]
        front = self._front(genre, body, [])
        found = read_rules(body, year=front.year, warnings=self.warnings)
        ages = found.ages or Ages(None, None)
        self._span_stages(front, found.stages)
        starts_on, ends_on = front.starts_on, front.ends_on
        if not found.stages:
            self._warn(0, "no_stages")
        title = self._title(genre)
        line = next((item.line for item in title if isinstance(item, Paragraph)), 1)
        text = " ".join([front.heading, *(stage.text for stage in found.stages)])
        activity = DraftActivity(
            number=1,
            title=front.title,
            text=front.heading,
            name=official_name(front.heading) or front.title or None,
            kind=ActivityKind.CONTEST,
            level=find_level(front.heading),
            formats=find_formats(text),
            starts_on=starts_on,
            ends_on=ends_on,
            min_age=ages.youngest,
            max_age=ages.oldest,
            line=line,
            stages=tuple(found.stages),
        )
        block = DraftBlock(
            number=1, title=front.title, goal=front.purpose, activities=(activity,), line=line
        )
        return self._campaign(DocumentKind.RULES, front, [block])


def _is_page_number(element: Element) -> bool:
    return isinstance(element, Paragraph) and bool(_PAGE_NUMBER.match(element.text))


def _is_note(element: Element) -> bool:
    """Whether a paragraph is a footnote."""
    return isinstance(element, Paragraph) and bool(_NOTE.match(element.text))


def _without_notes(element: Element) -> Element:
    """Take the marks of footnotes out of a text."""
    if isinstance(element, Paragraph):
        return replace(element, text=_NOTE_MARK.sub("", element.text))
    rows = [replace(r, cells=tuple(_NOTE_MARK.sub("", c) for c in r.cells)) for r in element.rows]
    return Table(tuple(rows))


def _unglue(element: Element) -> list[Element]:
    """Part a paragraph where a label begins in its midst: "Цель: … Мероприятия: …"."""
    if not isinstance(element, Paragraph):
        return [element]
    first, *others = _GLUED.split(element.text)
    return [
        replace(element, text=first),
        *(Paragraph(text=text, line=element.line) for text in others),
    ]


def _formats(item: Item) -> tuple[Format, ...]:
    found = {*find_formats(item.text[:_LONGEST_LINE]), *find_formats(item.beside)}
    return tuple(choice for choice in Format if choice in found)


def _numbered(layout: Layout, front: Front) -> list[RawBlock]:
    """Give every block a number: its own where all of them differ, else in order."""
    blocks = layout.blocks
    own = [block.number for block in blocks]
    if None in own or len(set(own)) != len(own):
        for number, block in enumerate(blocks, start=1):
            block.number = number
    if len(blocks) == 1 and not blocks[0].goal:
        blocks[0].goal = tidy(front.purpose) if not blocks[0].line else ""
    return blocks

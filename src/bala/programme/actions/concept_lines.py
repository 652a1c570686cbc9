"""Correcting a draft under review: its front, blocks and lines.

Every change locks the document's row, so changes come one after another. Each line, block and the
front has a revision of its own: whoever saves over a newer one is told, and sees both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.concept.ages import find_ages
from bala.concept.enums import ActivityKind
from bala.concept.kinds import find_formats, find_kind, find_level
from bala.concept.wording import first_sentence
from bala.kernel.errors import EditConflict, NotHere, PersonError
from bala.programme.actions.concept import lock_draft
from bala.programme.models import ConceptDocument
from bala.programme.queries.drafts import (
    LINE_TITLE_LENGTH,
    Review,
    ReviewBlock,
    ReviewLine,
    ReviewStage,
    review_of,
    stored,
)


class DraftChanged(EditConflict):
    """Somebody else saved the same piece of the draft first."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else has changed this meanwhile. Compare both and save again.")
        )


class DatesReversed(PersonError):
    """A period that ends before it starts."""

    def __init__(self) -> None:
        super().__init__(_("The last day is before the first."))


class AgesReversed(PersonError):
    """An age range that ends below its start."""

    def __init__(self) -> None:
        super().__init__(_("The highest age is below the lowest."))


class NothingToSplit(PersonError):
    """A cut that would leave one half empty."""

    def __init__(self) -> None:
        super().__init__(_("Cut the line where both halves have words."))


class NothingToMerge(PersonError):
    """The last line of a block has no next one."""

    def __init__(self) -> None:
        super().__init__(_("There is no next line in this block to join."))


class NumberTaken(PersonError):
    """Two blocks with one number."""

    def __init__(self) -> None:
        super().__init__(_("Another block already has this number."))


@dataclass(frozen=True, slots=True)
class LineValues:
    """What a person may set on a line; titles by language code."""

    titles: dict[str, str]
    name: str
    kind: str
    level: str
    formats: list[str] = field(default_factory=list)
    starts_on: date | None = None
    ends_on: date | None = None
    min_age: int | None = None
    max_age: int | None = None


@contextmanager
def changing_draft(document: ConceptDocument) -> Iterator[Review]:
    """Lock the document, give its review to be changed, and keep it; all or nothing."""
    with transaction.atomic():
        locked = lock_draft(document)
        review = review_of(locked)
        yield review
        locked.draft = stored(review)
        locked.revision += 1
        locked.save(update_fields=["draft", "revision"])


def line_in(review: Review, key: str, revision: int) -> tuple[ReviewBlock, int, ReviewLine]:
    """Return block, index and line of a key, or raise NotHere, DraftChanged."""
    found = review.find_line(key)
    if found is None:
        raise NotHere(_("This line is no longer in the draft: somebody has joined or removed it."))
    if found[2].revision != revision:
        raise DraftChanged
    return found


def _block(review: Review, key: str, revision: int | None = None) -> ReviewBlock:
    block = review.find_block(key)
    if block is None:
        raise NotHere(_("This block is no longer in the draft."))
    if revision is not None and block.revision != revision:
        raise DraftChanged
    return block


def correct_front(*, document: ConceptDocument, revision: int, values: dict[str, Any]) -> None:
    """Write titles, purposes, places, participants (by language) and the period of the draft.

    Raises DraftChanged, DatesReversed.
    """
    with changing_draft(document) as review:
        if review.revision != revision:
            raise DraftChanged
        _check_dates(values.get("starts_on"), values.get("ends_on"))
        for name in ("titles", "purposes", "places", "participants", "starts_on", "ends_on"):
            if name in values:
                setattr(review, name, values[name])
        review.revision += 1


def correct_block(
    *,
    document: ConceptDocument,
    key: str,
    revision: int,
    number: int,
    titles: dict[str, str],
    goals: dict[str, str],
) -> None:
    """Write a block's number, titles and goals; raises DraftChanged, NotHere, NumberTaken."""
    with changing_draft(document) as review:
        block = _block(review, key, revision)
        if any(other.number == number and other.key != key for other in review.blocks):
            raise NumberTaken
        block.number, block.titles, block.goals = number, titles, goals
        block.revision += 1
        review.blocks.sort(key=lambda one: one.number)


def correct_activity(
    *, document: ConceptDocument, key: str, revision: int, values: LineValues
) -> None:
    """Write a line's values; raises DraftChanged, NotHere, DatesReversed, AgesReversed."""
    with changing_draft(document) as review:
        _block_of, _index, line = line_in(review, key, revision)
        _check_dates(values.starts_on, values.ends_on)
        if None not in (values.min_age, values.max_age) and values.max_age < values.min_age:  # type: ignore[operator]
            raise AgesReversed
        _write(line, values)


def correct_stages(
    *, document: ConceptDocument, key: str, revision: int, stages: list[ReviewStage]
) -> None:
    """Write the steps of a line in their order; raises DraftChanged, NotHere, DatesReversed."""
    with changing_draft(document) as review:
        _block_of, _index, line = line_in(review, key, revision)
        for stage in stages:
            _check_dates(stage.starts_on, stage.ends_on)
        line.stages = list(stages)
        line.revision += 1


def split_activity(*, document: ConceptDocument, key: str, revision: int, position: int) -> str:
    """Cut a line in two before character `position` (from 0) of its text; return the new line's key.

    What the reader would say about each half is proposed for it again; titles in the other
    languages stay with the first half. Raises NothingToSplit, DraftChanged, NotHere.
    """
    with changing_draft(document) as review:
        block, index, line = line_in(review, key, revision)
        first, second = line.text[:position].rstrip(" ;,"), line.text[position:].strip(" ;,")
        if not first or not second:
            raise NothingToSplit
        code = _language(line, document.language)
        rest = _read_line(second, code, line.line)
        line.text = first
        line.titles[code] = _title(first)
        line.kind, line.level = find_kind(first).value, find_level(first).value
        line.formats = [str(one) for one in find_formats(first)]
        line.revision += 1
        block.lines.insert(index + 1, rest)
        return rest.key


def split_at_marker(*, document: ConceptDocument, key: str, revision: int, text: str) -> str:
    """Cut a line at the line break that a person put into its `text`; else as `split_activity`."""
    first, _break, second = text.replace("\r\n", "\n").strip().partition("\n")
    second = " ".join(second.split())
    found = review_of(document).find_line(key)
    whole = found[2].text if found else ""
    position = whole.find(second) if second else -1
    if position <= 0 or not first.strip():
        raise NothingToSplit
    return split_activity(document=document, key=key, revision=revision, position=position)


def merge_activities(*, document: ConceptDocument, key: str, revision: int) -> None:
    """Join a line with the next one of its block, which then is gone.

    Texts and titles are joined; kind, level, name and ages stay the first line's where it has them.
    Raises NothingToMerge, DraftChanged, NotHere.
    """
    with changing_draft(document) as review:
        block, index, line = line_in(review, key, revision)
        if index + 1 >= len(block.lines):
            raise NothingToMerge
        other = block.lines.pop(index + 1)
        line.text = f"{line.text.rstrip(' ;.')}; {other.text}".strip("; ")
        for code, text in other.titles.items():
            both = [part for part in (line.titles.get(code, ""), text) if part]
            line.titles[code] = "; ".join(both)[:LINE_TITLE_LENGTH]
        line.name = line.name or other.name
        if line.kind == ActivityKind.OTHER:
            line.kind = other.kind
        line.formats = sorted({*line.formats, *other.formats})
        line.starts_on = min(filter(None, (line.starts_on, other.starts_on)), default=None)
        line.ends_on = max(filter(None, (line.ends_on, other.ends_on)), default=None)
        line.min_age = other.min_age if line.min_age is None else line.min_age
        line.max_age = other.max_age if line.max_age is None else line.max_age
        line.stages = [*line.stages, *other.stages]
        line.continues = line.continues or other.continues
        line.revision += 1


def move_activity(*, document: ConceptDocument, key: str, revision: int, step: int) -> None:
    """Move a line up (-1) or down (+1), over the edge of its block into the neighbouring one."""
    with changing_draft(document) as review:
        block, index, line = line_in(review, key, revision)
        place = index + (1 if step > 0 else -1)
        block.lines.pop(index)
        if 0 <= place <= len(block.lines):
            block.lines.insert(place, line)
            return
        order = review.blocks.index(block) + (1 if step > 0 else -1)
        if not 0 <= order < len(review.blocks):
            block.lines.insert(index, line)
            return
        target = review.blocks[order].lines
        target.insert(0 if step > 0 else len(target), line)


def delete_activity(*, document: ConceptDocument, key: str, revision: int) -> None:
    """Take a line out of the draft; the source text keeps it. Raises DraftChanged, NotHere."""
    with changing_draft(document) as review:
        block, index, _line_found = line_in(review, key, revision)
        block.lines.pop(index)


def add_activity(*, document: ConceptDocument, block_key: str, text: str) -> str:
    """Put a line that a person wrote at the end of a block; return its key.

    Kind, level, formats and ages are proposed from its words as for a line of the document.
    """
    with changing_draft(document) as review:
        block = _block(review, block_key)
        line = _read_line(text.strip(), document.language, 0)
        block.lines.append(line)
        return line.key


def add_block(*, document: ConceptDocument, title: str) -> str:
    """Put a block at the end of the draft; return its key."""
    with changing_draft(document) as review:
        number = max((block.number for block in review.blocks), default=0) + 1
        block = ReviewBlock(number=number)
        block.titles[document.language] = title.strip()
        review.blocks.append(block)
        review.revision += 1
        return block.key


def delete_block(*, document: ConceptDocument, key: str, revision: int) -> None:
    """Take a block and its lines out of the draft. Raises DraftChanged, NotHere."""
    with changing_draft(document) as review:
        review.blocks.remove(_block(review, key, revision))
        review.revision += 1


def _write(line: ReviewLine, values: LineValues) -> None:
    line.titles = values.titles
    line.name = values.name
    line.kind, line.level = values.kind, values.level
    line.formats = list(values.formats)
    line.starts_on, line.ends_on = values.starts_on, values.ends_on
    line.min_age, line.max_age = values.min_age, values.max_age
    line.revision += 1


def _read_line(text: str, code: str, source_line: int) -> ReviewLine:
    """Propose for a text what the reader proposes for a line of a document."""
    ages = find_ages(text)
    line = ReviewLine(
        text=text,
        kind=find_kind(text).value,
        level=find_level(text).value,
        formats=[str(one) for one in find_formats(text)],
        min_age=ages.youngest if ages else None,
        max_age=ages.oldest if ages else None,
        line=source_line,
    )
    line.titles[code] = _title(text)
    return line


def _title(text: str) -> str:
    return first_sentence(text)[:LINE_TITLE_LENGTH]


def _language(line: ReviewLine, fallback: str) -> str:
    return fallback if line.titles.get(fallback) else line.title.language or fallback


def _check_dates(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise DatesReversed

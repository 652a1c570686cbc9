"""What a document says of the whole campaign: title, period, places, participants, purpose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bala.concept.dates import (
    NoSuchDay,
    Period,
    PeriodReversed,
    find_period,
    find_year,
    parse_period,
    strip_period,
)
from bala.concept.draft import DraftWarning
from bala.concept.items import shape_of
from bala.concept.labels import Label, find_label
from bala.concept.names import is_institution
from bala.concept.sources.neutral import Element, Paragraph, Table
from bala.concept.wording import fold, quoted, tidy

_WANTED = (
    Label.GOAL,
    Label.PERIOD,
    Label.PLACE,
    Label.PLACE_AND_PERIOD,
    Label.PARTICIPANTS,
    Label.AGES,
    Label.STAGES,
)
_YEAR_TAIL = re.compile(
    r"\s*\(?(?:на |в )?20\d\d(?:\s*[-–/]\s*20\d\d)?\s*(?:учебн\w+ )?(?:год\w*|гг?\.?|жыл\w*|ж\.?)?\)?\.?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Front:
    """The campaign's own facts. Texts are empty and dates None where the document has none."""

    title: str = ""
    heading: str = ""
    year: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    period_line: int = 0
    places: str = ""
    participants: str = ""
    purpose: str = ""
    ages: str = ""


def read_front(
    elements: Sequence[Element],
    *,
    title: tuple[int, int],
    front: Sequence[Element],
    after: Sequence[Element],
    warnings: list[DraftWarning],
) -> Front:
    """Read the facts of the whole from what stands before and after the blocks."""
    found = Front()
    lines = [item.text for item in elements[title[0] : title[1]] if isinstance(item, Paragraph)]
    found.heading = tidy(" ".join(lines))
    found.title = campaign_title(found.heading)
    found.year = find_year(found.heading)
    parts = _labelled_parts([*front, *after])
    if found.year is None:
        dated = " ".join(text for label, text, _line in parts if label in _DATED)
        shown = " ".join(item.text for item in front if isinstance(item, Paragraph))
        found.year = find_year(dated) or find_year(shown)
    _take_parts(found, parts, warnings)
    if found.starts_on is None and found.ends_on is None:
        _period_of_text(found, lines, front, warnings)
    if found.year is None and found.starts_on:
        found.year = found.starts_on.year
    return found


_DATED = (Label.PERIOD, Label.PLACE_AND_PERIOD)


def campaign_title(heading: str) -> str:
    """Give what a person would call the campaign: the name in quotes, else the bare heading."""
    for start, end, inner in quoted(heading):
        if not is_institution(tidy(heading[:start]), tidy(heading[end:])):
            return inner
    # A heading in two languages has a year in each: "… 2022 жыл / 2022 год".
    bare = re.sub(r"(?:\s*/)+\s*$", "", strip_period(_YEAR_TAIL.sub("", heading))).strip(" .,")
    first, _space, rest = bare.partition(" ")
    return f"{first.capitalize() if first.isupper() else first} {rest}".strip()


def _labelled_parts(elements: Sequence[Element]) -> list[tuple[Label, str, int]]:
    """Give each labelled part of the front: label, its text, its line."""
    parts: list[tuple[Label, list[str], int]] = []
    collecting, shape = False, ("", 0, 0)
    for element in elements:
        if isinstance(element, Table):
            parts.extend(_table_parts(element))
            continue
        labelled = find_label(element.text)
        if labelled:
            collecting = labelled.label in _WANTED and not labelled.value
            shape = shape_of(element)
            wrapped = labelled.label in _WANTED and not labelled.value.endswith((".", ";"))
            parts.append((labelled.label, [labelled.value], element.line))
            collecting = collecting or (wrapped and labelled.label is Label.GOAL)
        elif shape[0] and shape_of(element) == shape:
            # The next section has begun: "IV." after "III. Сроки и место".
            collecting = False
        elif collecting and parts and not element.heading:
            parts[-1][1].append(element.text)
    return [(label, " ".join(text for text in texts if text), line) for label, texts, line in parts]


def _table_parts(table: Table) -> list[tuple[Label, list[str], int]]:
    """A table of two columns may give the facts: "Сроки | с 1 по 10 июня"."""
    parts = []
    for row in table.rows:
        filled = [cell for cell in row.cells if cell]
        if len(filled) in (2, 3):
            labelled = find_label(filled[-2])
            if labelled and not labelled.value:
                parts.append((labelled.label, [filled[-1]], row.line))
    return parts


def _take_parts(
    found: Front, parts: list[tuple[Label, str, int]], warnings: list[DraftWarning]
) -> None:
    for label, text, line in parts:
        if not text:
            continue
        if label is Label.GOAL and not found.purpose:
            found.purpose = text.strip()
        elif label is Label.PARTICIPANTS and not found.participants:
            found.participants = text.strip()
        elif label is Label.AGES and not found.ages:
            found.ages = text
        elif label in (Label.PLACE, Label.PLACE_AND_PERIOD) and not found.places:
            found.places = strip_period(text).strip(" .;,")
        if label in (*_DATED, Label.PLACE) and found.starts_on is None:
            period = safe_period(text, found.year, line, warnings)
            if period and (period.starts_on or period.ends_on):
                found.starts_on, found.ends_on = period.starts_on, period.ends_on
                found.period_line = line


def safe_period(
    text: str,
    year: int | None,
    line: int,
    warnings: list[DraftWarning],
    *,
    sentence: bool = False,
) -> Period | None:
    """Read a period; one that cannot be becomes a warning with its line."""
    try:
        read = find_period if sentence else parse_period
        return read(text, default_year=year)
    except PeriodReversed:
        warnings.append(DraftWarning(line, "reversed"))
    except NoSuchDay:
        warnings.append(DraftWarning(line, "no_such_day"))
    return None


def _period_of_text(
    found: Front, lines: list[str], front: Sequence[Element], warnings: list[DraftWarning]
) -> None:
    """Where no label gives the period: the title, then the first sentence with a range."""
    period = safe_period(" ".join(lines), found.year, 0, warnings, sentence=True)
    if period and period.starts_on and period.ends_on:
        found.starts_on, found.ends_on = period.starts_on, period.ends_on
        return
    words = re.compile(r"провод|пройдет|срок|период|өткіз|өтеді|аралы|мерзім")
    for element in front:
        if not isinstance(element, Paragraph) or not words.search(fold(element.text)):
            continue
        for sentence in re.split(r"(?<=[а-яғқіы»)]{2})\.\s+", element.text):
            if not words.search(fold(sentence)):
                continue
            period = safe_period(sentence, found.year, element.line, warnings, sentence=True)
            if period and period.starts_on and period.ends_on:
                found.starts_on, found.ends_on = period.starts_on, period.ends_on
                found.period_line = element.line
                return
    warnings.append(DraftWarning(0, "no_period"))

"""Contest rules (положение, ереже): one contest with its stages and ages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bala.concept.ages import Ages, find_ages
from bala.concept.dates import Period
from bala.concept.draft import DraftStage, DraftWarning
from bala.concept.enums import Level
from bala.concept.front import safe_period
from bala.concept.headings import to_number
from bala.concept.kinds import find_level
from bala.concept.sources.neutral import Element, Paragraph
from bala.concept.wording import fold, tidy

_ORDINAL = (
    r"\d{1,2}|[ivxіх]{1,4}|перв\w+|втор\w+|трет\w+|четв\w+|пят\w+"
    r"|бірінші|екінші|үшінші|төртінші|бесінші"
)
_STAGE = re.compile(
    rf"^(?:(?:(?P<a>{_ORDINAL})\s*[-–]?\s*(?:ый|ой|й|ий|ші|шы)?\s*(?:этап|тур|кезең)\w*)"
    rf"|(?:(?:этап|тур|кезең)\s*(?:№\s*)?(?P<b>{_ORDINAL})(?!\w))"
    r"|(?:(?:на\s+)?(?:[\w-]+\s+){0,2}(?:этап|тур)(?:е)?(?!\w))"
    r"|(?:(?:[\w-]+\s+){0,2}кезең(?:і|де|інде)?(?!\w))"
    r"|(?:финал\w*(?!\w)))"
)
_INSIDE = re.compile(
    rf"(?:^|[;.:]\s+)(?=(?:(?:{_ORDINAL})\s*[-–]?\s*(?:ый|ой|й|ий|ші|шы)?\s+(?:этап|тур|кезең)"
    rf"|(?:{_ORDINAL})[-–](?:кезең|этап|тур)))",
    re.IGNORECASE,
)
_PARTICIPANTS = re.compile(
    r"участи|участник|учащи|допуска|дети|детей|возраст|категори|қатыс|бала|оқушы|жас"
)
_DEADLINES = re.compile(
    r"прием|приём|заявк|подведени|итог|награжд|өтінім|қабылда|марапат|қорытынды"
)


@dataclass(slots=True)
class RulesFound:
    """What the rules say of the contest beside its title."""

    stages: list[DraftStage] = field(default_factory=list)
    ages: Ages | None = None


def read_rules(
    elements: Sequence[Element], *, year: int | None, warnings: list[DraftWarning]
) -> RulesFound:
    """Find stages with their dates, and the ages of those who may take part."""
    found = RulesFound()
    pieces = list(_pieces(elements))
    for text, line in pieces:
        folded = fold(text)
        if _STAGE.match(folded) and len(text) < 600:
            _add_stage(found, text, line, year, warnings)
    low: list[int] = []
    high: list[int] = []
    for text, _line in pieces:
        if not _PARTICIPANTS.search(fold(text)):
            continue
        ages = find_ages(text)
        if ages:
            low.extend([] if ages.youngest is None else [ages.youngest])
            high.extend([] if ages.oldest is None else [ages.oldest])
    if low or high:
        found.ages = Ages(min(low, default=None), max(high, default=None))
    return found


def _pieces(elements: Sequence[Element]) -> list[tuple[str, int]]:
    pieces: list[tuple[str, int]] = []
    for element in elements:
        if isinstance(element, Paragraph):
            if fold(element.text).startswith("приложение") and pieces and len(element.text) < 100:
                break
            parts = [part for part in _INSIDE.split(element.text) if part.strip()]
            # "I этап" may have lost its numeral to the list marker "I." before it.
            if element.marker and re.match(r"(?:этап|тур|кезең)", fold(element.text)):
                parts = [element.whole]
            pieces.extend((part.strip(), element.line) for part in parts)
        else:
            head = fold(element.rows[0].cells[0]) if element.rows[0].cells else ""
            word = next((item for item in ("этап", "тур", "кезең") if head.startswith(item)), "")
            for row in element.rows:
                cells = [tidy(cell) for cell in row.cells if cell]
                if word and cells and word not in fold(cells[0]):
                    # Under the head "Этап" a row says "Школьный" alone.
                    cells[0] = f"{cells[0]} {word}"
                pieces.append((" – ".join(cells), row.line))
    return pieces


def _add_stage(
    found: RulesFound, text: str, line: int, year: int | None, warnings: list[DraftWarning]
) -> None:
    period = safe_period(text, year, line, warnings, sentence=True)
    match = _STAGE.match(fold(text))
    numeral = match and (match["a"] or match["b"])
    if period is None and not (numeral and len(text) < 300):
        return
    number = to_number(numeral) if numeral else None
    title = stage_title(text)
    if any(fold(stage.title) == fold(title) or stage.number == number for stage in found.stages):
        _fill_stage(found, title, number, text, period)
        return
    found.stages.append(
        DraftStage(
            number=number or len(found.stages) + 1,
            title=title,
            text=tidy(text),
            level=Level.REPUBLIC if _is_final(text) else Level.REGION,
            starts_on=period.starts_on if period else None,
            ends_on=period.ends_on if period else None,
            line=line,
        )
    )


def _fill_stage(
    found: RulesFound, title: str, number: int | None, text: str, period: Period | None
) -> None:
    if period is None:
        return
    for index, stage in enumerate(found.stages):
        same = fold(stage.title) == fold(title) or stage.number == number
        if same and stage.starts_on is None and stage.ends_on is None:
            found.stages[index] = replace(
                stage, starts_on=period.starts_on, ends_on=period.ends_on, text=tidy(text)
            )


def stage_title(text: str) -> str:
    """Give a stage's name: what stands before its dates or explanation."""
    whole = tidy(text)
    head = re.split(
        r"\s[-–—]\s|:\s|\s\(|,\s|\s(?:с|проводится|пройдет|до|өтеді|өткізіледі)\s"
        r"|\s(?=\d{1,2}[.\s-])"
        r"|\s(?=20\d\d)",
        whole,
        maxsplit=1,
    )[0]
    parts = re.split(r"\s[-–—]\s|:\s|\s\(", whole)
    if len(parts) > 1 and re.fullmatch(
        rf"(?:{_ORDINAL})[\s-]*\w*\s*(?:этап|тур|кезең)\w*", fold(head)
    ):
        more = parts[1].strip(" ().")
        if more and len(more) < 60 and not re.search(r"\d", more):
            head = f"{head} – {more}"
    return head.strip(" .,:;()–-")[:120]


def _is_final(text: str) -> bool:
    folded = fold(text)
    return (
        find_level(text) is Level.REPUBLIC
        or folded.startswith(("финал", "республика"))
        or bool(re.search(r"республикалық|финал", folded))
    )

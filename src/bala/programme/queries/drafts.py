"""A concept's draft as it is reviewed: what stands in `ConceptDocument.draft`, as dataclasses.

The reader gives one language; the review adds the other two, and stable keys and revisions, so that
two people can correct different lines of one draft at the same time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from bala.concept.draft import DraftActivity, DraftBlock, DraftCampaign
from bala.concept.enums import ActivityKind, Format, Level
from bala.concept.notes import told
from bala.concept.wording import is_kazakh
from bala.kernel.public_ids import new_public_id
from bala.kernel.translated import LANGUAGES, Shown, pick
from bala.programme.models import ConceptDocument

TITLE_LENGTH = 300  # of campaigns and blocks, as in their tables
LINE_TITLE_LENGTH = 500
NAME_LENGTH = 300
#: What a person says of a line that continues no activity of the campaign.
NEW = "new"


def _texts() -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, "")


@dataclass(slots=True)
class ReviewStage:
    """A step of a contest, numbered by its place in the line."""

    names: dict[str, str] = field(default_factory=_texts)
    level: str = "region"
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def name(self) -> Shown:
        """The name in the active language, or the nearest that there is."""
        return pick(self.names)

    @property
    def level_label(self) -> str:
        """The level in words."""
        return str(Level(self.level).label)

    @property
    def first_day(self) -> date | None:
        """The first day that is known."""
        return self.starts_on or self.ends_on

    @property
    def last_day(self) -> date | None:
        """The last day that is known."""
        return self.ends_on or self.starts_on


@dataclass(slots=True)
class ReviewLine:
    """One activity of the draft. `line` is the 1-based line of the source, 0 when added by hand.

    `continues` is what a person said of it: the public id of the activity that it is, NEW, or
    nothing; then its words decide (queries.version_matching).
    """

    key: str = field(default_factory=new_public_id)
    revision: int = 1
    text: str = ""
    name: str = ""
    titles: dict[str, str] = field(default_factory=_texts)
    kind: str = "other"
    level: str = "region"
    formats: list[str] = field(default_factory=list)
    starts_on: date | None = None
    ends_on: date | None = None
    min_age: int | None = None
    max_age: int | None = None
    line: int = 0
    responsible: str = ""
    funding: str = ""
    completion: str = ""
    dates_text: str = ""
    stages: list["ReviewStage"] = field(default_factory=list)
    continues: str = ""

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(ActivityKind(self.kind).label)

    @property
    def level_label(self) -> str:
        """The level in words."""
        return str(Level(self.level).label)

    @property
    def format_labels(self) -> list[str]:
        """The formats in words."""
        return [str(Format(one).label) for one in self.formats]

    @property
    def first_day(self) -> date | None:
        """The first day that is known; with `last_day` a period even where only one is given."""
        return self.starts_on or self.ends_on

    @property
    def last_day(self) -> date | None:
        """The last day that is known."""
        return self.ends_on or self.starts_on

    @property
    def missing(self) -> list[str]:
        """The languages that the title lacks."""
        return [code for code in LANGUAGES if not self.titles.get(code)]

    @property
    def title(self) -> Shown:
        """The title in the active language, or the nearest that there is."""
        return pick(self.titles)


@dataclass(slots=True)
class ReviewBlock:
    """A block of the draft with its lines in order."""

    number: int
    key: str = field(default_factory=new_public_id)
    revision: int = 1
    titles: dict[str, str] = field(default_factory=_texts)
    goals: dict[str, str] = field(default_factory=_texts)
    line: int = 0
    lines: list[ReviewLine] = field(default_factory=list)

    @property
    def title(self) -> Shown:
        """The title in the active language, or the nearest that there is."""
        return pick(self.titles)

    @property
    def goal(self) -> Shown:
        """The goal in the active language, or the nearest that there is."""
        return pick(self.goals)


@dataclass(slots=True)
class ReviewWarning:
    """What the reader was not sure of; line 0: about the whole document.

    Kept by code and said when it is read: whoever reviews may read another language than whoever
    brought the document in.
    """

    line: int
    code: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What it says in the active language."""
        return told(self.code, self.params)


@dataclass(slots=True)
class Review:
    """The whole draft. `revision` counts changes of the campaign's own texts and of the order."""

    revision: int = 1
    heading: str = ""
    document_kind: str = "concept"
    titles: dict[str, str] = field(default_factory=_texts)
    purposes: dict[str, str] = field(default_factory=_texts)
    places: dict[str, str] = field(default_factory=_texts)
    participants: dict[str, str] = field(default_factory=_texts)
    starts_on: date | None = None
    ends_on: date | None = None
    blocks: list[ReviewBlock] = field(default_factory=list)
    warnings: list[ReviewWarning] = field(default_factory=list)

    @property
    def title(self) -> Shown:
        """The title in the active language, or the nearest that there is."""
        return pick(self.titles)

    def lines(self) -> Iterator[tuple[ReviewBlock, int, ReviewLine]]:
        """Every line with its block and its number in it, from 1."""
        for block in self.blocks:
            for number, line in enumerate(block.lines, start=1):
                yield block, number, line

    def find_line(self, key: str) -> tuple[ReviewBlock, int, ReviewLine] | None:
        """The line of a key with its block and its index from 0; None when it is gone."""
        for block, number, line in self.lines():
            if line.key == key:
                return block, number - 1, line
        return None

    def find_block(self, key: str) -> ReviewBlock | None:
        """The block of a key, or None when it is gone."""
        return next((block for block in self.blocks if block.key == key), None)


def review_of(document: ConceptDocument) -> Review:
    """Read the draft of a document."""
    return _review(document.draft)


def stored(review: Review) -> dict[str, Any]:
    """Give a review as the JSON that `ConceptDocument.draft` holds (its encoder writes the dates)."""
    return asdict(review)


def fresh_review(draft: DraftCampaign) -> Review:
    """Make the review of a draft that was just read; its texts stand in the document's language."""
    code = draft.language
    return Review(
        heading=draft.heading,
        document_kind=str(draft.document_kind),
        titles=_in(code, _clip(draft.title, TITLE_LENGTH)),
        purposes=_in(code, draft.purpose),
        places=_in(code, draft.places),
        participants=_in(code, draft.participants),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        blocks=[_fresh_block(block, code) for block in draft.blocks],
        warnings=[ReviewWarning(one.line, one.code, dict(one.params)) for one in draft.warnings],
    )


def _fresh_block(block: DraftBlock, code: str) -> ReviewBlock:
    return ReviewBlock(
        number=block.number,
        titles=_in(code, _clip(block.title, TITLE_LENGTH)),
        goals=_in(code, block.goal),
        line=block.line,
        lines=[_fresh_line(activity, code) for activity in block.activities],
    )


def _fresh_line(activity: DraftActivity, code: str) -> ReviewLine:
    return ReviewLine(
        text=activity.text,
        name=_clip(activity.name or "", NAME_LENGTH),
        titles=_in(code, _clip(activity.title, LINE_TITLE_LENGTH)),
        kind=str(activity.kind),
        level=str(activity.level),
        formats=[str(item) for item in activity.formats],
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        min_age=activity.min_age,
        max_age=activity.max_age,
        line=activity.line,
        responsible=activity.responsible,
        funding=activity.funding,
        completion=activity.completion,
        dates_text=activity.dates_text,
        stages=[
            ReviewStage(
                names=_in(code, _clip(stage.title, NAME_LENGTH)),
                level=str(stage.level),
                starts_on=stage.starts_on,
                ends_on=stage.ends_on,
            )
            for stage in sorted(activity.stages, key=lambda one: one.number)
        ],
    )


def _in(code: str, text: str) -> dict[str, str]:
    return {**_texts(), code: text}


def _clip(text: str, length: int) -> str:
    """Shorten a text that no column can hold at a word, with an ellipsis."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _review(data: Mapping[str, Any]) -> Review:
    return Review(
        **{
            **data,
            "starts_on": _day(data.get("starts_on")),
            "ends_on": _day(data.get("ends_on")),
            "blocks": [_block(block) for block in data.get("blocks", ())],
            "warnings": [_warning(warning) for warning in data.get("warnings", ())],
        }
    )


def _warning(data: Mapping[str, Any]) -> ReviewWarning:
    if "code" in data:
        return ReviewWarning(**data)
    # A draft of before the codes: its words stand as they were said then.
    return ReviewWarning(data["line"], str(data["message"]).replace("%", "%%"))


def _block(data: Mapping[str, Any]) -> ReviewBlock:
    return ReviewBlock(**{**data, "lines": [_line(line) for line in data["lines"]]})


def _line(data: Mapping[str, Any]) -> ReviewLine:
    return ReviewLine(
        **{
            **data,
            "starts_on": _day(data["starts_on"]),
            "ends_on": _day(data["ends_on"]),
            "stages": [_stage(stage) for stage in data.get("stages", ())],
        }
    )


def _stage(data: Mapping[str, Any]) -> ReviewStage:
    names = data.get("names")
    if names is None:  # a draft of before the stages could be corrected: as the reader gave them
        title = str(data["title"])
        names = _in("kk" if is_kazakh(title) else "ru", _clip(title, NAME_LENGTH))
    return ReviewStage(dict(names), data["level"], _day(data["starts_on"]), _day(data["ends_on"]))

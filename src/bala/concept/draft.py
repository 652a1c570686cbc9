"""A campaign as it was read from a document, before anybody has reviewed it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bala.concept.enums import ActivityKind, DocumentKind, Format, Level
from bala.concept.notes import told


@dataclass(frozen=True, slots=True)
class DraftWarning:
    """What a person should look at; `line` is 1-based, 0 where the whole document is meant.

    `code` and `params` are those of `concept.notes`; the message is said when it is read.
    """

    line: int
    code: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """What it says in the active language."""
        return told(self.code, dict(self.params))


@dataclass(frozen=True, slots=True)
class DraftStage:
    """One step of a contest, with the dates that its rules give."""

    number: int
    title: str
    text: str
    level: Level
    starts_on: date | None
    ends_on: date | None
    line: int


@dataclass(frozen=True, slots=True)
class DraftActivity:
    """One line of the concept or row of the plan.

    `text` is the line as it stands in the document, without its list marker; `title` is its
    first sentence, tidied. Ages are whole years, both ends included. `line` is 1-based.
    """

    number: int
    title: str
    text: str
    name: str | None
    kind: ActivityKind
    level: Level
    formats: tuple[Format, ...]
    starts_on: date | None
    ends_on: date | None
    min_age: int | None
    max_age: int | None
    line: int
    responsible: str = ""
    funding: str = ""
    completion: str = ""
    dates_text: str = ""
    stages: tuple[DraftStage, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A thematic block with its activities, numbered as in the document."""

    number: int
    title: str
    goal: str
    activities: tuple[DraftActivity, ...]
    line: int


@dataclass(frozen=True, slots=True)
class DraftCampaign:
    """All that was read. `heading` is the full title of the document, `title` the short name.

    Texts that the document does not have are empty, dates that it does not have are None.
    """

    title: str
    starts_on: date | None
    ends_on: date | None
    places: str
    participants: str
    purpose: str
    language: str
    document_kind: DocumentKind
    blocks: tuple[DraftBlock, ...]
    warnings: tuple[DraftWarning, ...]
    source_lines: tuple[str, ...]
    heading: str = ""


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _activity_json(activity: DraftActivity) -> dict[str, Any]:
    return {
        "number": activity.number,
        "title": activity.title,
        "text": activity.text,
        "name": activity.name,
        "kind": activity.kind.value,
        "level": activity.level.value,
        "formats": [item.value for item in activity.formats],
        "starts_on": _day(activity.starts_on),
        "ends_on": _day(activity.ends_on),
        "min_age": activity.min_age,
        "max_age": activity.max_age,
    }


def to_json(draft: DraftCampaign) -> dict[str, Any]:
    """Give the public JSON form of a draft: ISO dates, null for whatever is missing."""
    return {
        "title": draft.title or None,
        "starts_on": _day(draft.starts_on),
        "ends_on": _day(draft.ends_on),
        "places": draft.places or None,
        "participants": draft.participants or None,
        "blocks": [
            {
                "number": block.number,
                "title": block.title,
                "goal": block.goal or None,
                "activities": [_activity_json(activity) for activity in block.activities],
            }
            for block in draft.blocks
        ],
        "warnings": [warning_text(warning) for warning in draft.warnings],
    }


def warning_text(warning: DraftWarning) -> str:
    """Give a warning as one line of text that names its line of the document."""
    from django.utils.translation import gettext

    if not warning.line:
        return warning.message
    return gettext("Line %(line)s: %(message)s") % {
        "line": warning.line,
        "message": warning.message,
    }


def to_dict(draft: DraftCampaign) -> dict[str, Any]:
    """Give all of a draft as plain JSON values; `from_dict` gives the same draft back."""
    plain: dict[str, Any] = _plain(asdict(draft))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value


def _to_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _stage(data: Mapping[str, Any]) -> DraftStage:
    return DraftStage(
        **{
            **data,
            "level": Level(data["level"]),
            "starts_on": _to_day(data["starts_on"]),
            "ends_on": _to_day(data["ends_on"]),
        }
    )


def _activity(data: Mapping[str, Any]) -> DraftActivity:
    return DraftActivity(
        **{
            **data,
            "kind": ActivityKind(data["kind"]),
            "level": Level(data["level"]),
            "formats": tuple(Format(item) for item in data["formats"]),
            "starts_on": _to_day(data["starts_on"]),
            "ends_on": _to_day(data["ends_on"]),
            "stages": tuple(_stage(item) for item in data["stages"]),
        }
    )


def _warning(data: Mapping[str, Any]) -> DraftWarning:
    params = tuple((name, text) for name, text in data["params"])
    return DraftWarning(data["line"], data["code"], params)


def from_dict(data: Mapping[str, Any]) -> DraftCampaign:
    """Take what `to_dict` gave and give the draft; KeyError or ValueError on anything else."""
    return DraftCampaign(
        **{
            **data,
            "starts_on": _to_day(data["starts_on"]),
            "ends_on": _to_day(data["ends_on"]),
            "document_kind": DocumentKind(data["document_kind"]),
            "blocks": tuple(
                DraftBlock(
                    **{
                        **block,
                        "activities": tuple(_activity(item) for item in block["activities"]),
                    }
                )
                for block in data["blocks"]
            ),
            "warnings": tuple(_warning(item) for item in data["warnings"]),
            "source_lines": tuple(data["source_lines"]),
        }
    )

"""Comparing a draft with the campaign that stands: what publishing it would change."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count
from django.utils.translation import gettext

from bala.concept.enums import ActivityKind, Format, Level
from bala.kernel.dates import format_numeric
from bala.kernel.translated import LANGUAGES
from bala.programme.enums import ConceptStatus
from bala.programme.models import Activity, Block, Campaign, PlanItem
from bala.programme.queries.drafts import Review, ReviewBlock, ReviewLine, ReviewStage, review_of
from bala.programme.queries.version_matching import matching, nearest, plain, same_words


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value of a matched line or block that the new version changes."""

    field: str
    before: Any
    after: Any

    @property
    def label(self) -> str:
        """What changed, in words."""
        if self.field == "block":
            return gettext("block")
        if self.field == "number":
            return gettext("number")
        name = self.field[:-3] if self.field[-3:] in ("_kk", "_ru", "_en") else self.field
        words = {
            "title": gettext("title"),
            "goal": gettext("goal"),
            "purpose": gettext("purpose"),
            "places": gettext("place"),
            "participants": gettext("participants"),
            "text": gettext("text of the line"),
            "name": gettext("official name"),
            "kind": gettext("kind"),
            "level": gettext("level"),
            "formats": gettext("formats"),
            "starts_on": gettext("from"),
            "ends_on": gettext("to"),
            "min_age": gettext("age from"),
            "max_age": gettext("age to"),
            "stages": gettext("stages"),
        }[name]
        return words if name == self.field else f"{words} ({self.field[-2:]})"

    @property
    def said_before(self) -> str:
        """The former value as it is shown."""
        return _said(self.before)

    @property
    def said_after(self) -> str:
        """The new value as it is shown."""
        return _said(self.after)


@dataclass(slots=True)
class LineChange:
    """A line of the new version against the activity it continues; None where there is none."""

    activity: Activity | None
    block: ReviewBlock | None
    number: int
    line: ReviewLine | None
    changes: list[FieldChange] = field(default_factory=list)
    plan_items: int = 0
    perhaps: Activity | None = None  # of a new line: which of the withdrawn ones it may be

    @property
    def is_by_hand(self) -> bool:
        """Whether a person said what this line is."""
        return bool(self.line and self.line.continues)


@dataclass(slots=True)
class Differences:
    """What publishing the draft would do to the campaign."""

    campaign: list[FieldChange] = field(default_factory=list)
    blocks: list[tuple[Block | None, ReviewBlock | None, list[FieldChange]]] = field(
        default_factory=list
    )
    added: list[LineChange] = field(default_factory=list)
    returned: list[LineChange] = field(default_factory=list)  # withdrawn before
    changed: list[LineChange] = field(default_factory=list)
    same: list[LineChange] = field(default_factory=list)
    removed: list[LineChange] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """A short mark of exactly these differences: what was shown is what is confirmed."""
        plain = [
            [(change.field, change.before, change.after) for change in self.campaign],
            [
                (old and old.pk, new and new.key, [(c.field, c.before, c.after) for c in changes])
                for old, new, changes in self.blocks
            ],
            [line.line and line.line.key for line in self.added],
            [
                (
                    one.activity and one.activity.pk,
                    one.line and one.line.key,
                    [(c.field, c.before, c.after) for c in one.changes],
                )
                for one in (*self.changed, *self.returned)
            ],
            [(one.activity and one.activity.pk, one.line and one.line.key) for one in self.same],
            [one.activity and one.activity.pk for one in self.removed],
        ]
        text = json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def differences(campaign: Campaign, review: Review) -> Differences:
    """Compare a draft with its campaign; four queries, whatever the size."""
    matched = matching(campaign, review)
    found = Differences(campaign=_campaign_changes(campaign, review))
    for old, new in matched.blocks:
        changes = _block_changes(old, new) if old and new else []
        if old is None or new is None or old.withdrawn_at or changes:
            found.blocks.append((old, new, changes))
    counts = dict(
        PlanItem.objects.filter(campaign=campaign)
        .values_list("activity")
        .annotate(rows=Count("pk"))
        .order_by("activity")
    )
    by_block = {key: old.pk for key, old in matched.block_of.items()}
    for block, number, line in review.lines():
        old_line = matched.lines.get(line.key)
        if old_line is None:
            found.added.append(LineChange(None, block, number, line))
            continue
        changes = _line_changes(old_line, line, number)
        if by_block.get(block.key) != old_line.block_id:
            changes.insert(0, FieldChange("block", old_line.block.number, block.number))
        one = LineChange(old_line, block, number, line, changes, counts.get(old_line.pk, 0))
        if old_line.withdrawn_at is not None:
            found.returned.append(one)
        else:
            (found.changed if changes else found.same).append(one)
    kept = {activity.pk for activity in matched.lines.values()}
    found.removed = [
        LineChange(activity, None, activity.number, None, [], counts.get(activity.pk, 0))
        for activity in matched.activities
        if activity.withdrawn_at is None and activity.pk not in kept
    ]
    gone = [one.activity for one in found.removed if one.activity]
    for one in found.added:
        if one.line and one.block and not one.is_by_hand:
            home = matched.block_of.get(one.block.key)
            one.perhaps = nearest(one.line, one.number, [a for a in gone if a.block == home])
    return found


def carry_known_texts(review: Review, campaign: Campaign) -> None:
    """Fill a fresh draft with what the campaign already has for it.

    A line that stands unchanged keeps titles, kind and level as people decided them; a reworded one
    keeps the titles in the other languages, for a person to look at.
    """
    for code in LANGUAGES:
        for name, texts in _front_texts(review):
            texts[code] = texts[code] or getattr(campaign, f"{name}_{code}")
    for _block, _number, line in review.lines():
        line.titles = {code: line.titles.get(code, "") for code in LANGUAGES}
    _carry_pairs(review, campaign)
    matched = matching(campaign, review)
    for old_block, block in matched.blocks:
        if old_block and block:
            for code in LANGUAGES:
                block.titles[code] = block.titles[code] or getattr(old_block, f"title_{code}")
                block.goals[code] = block.goals[code] or getattr(old_block, f"goal_{code}")
    for _block, _number, line in review.lines():
        if activity := matched.lines.get(line.key):
            take_known_texts(line, activity)


def take_known_texts(line: ReviewLine, activity: Activity) -> None:
    """Give a line what is known of the activity that it continues."""
    unchanged = same_words(line.text, activity.text)
    for code in LANGUAGES:
        known = getattr(activity, f"title_{code}")
        if known and (unchanged or not line.titles[code]):
            line.titles[code] = known
    if unchanged:
        line.kind, line.level = activity.kind, activity.level
        line.formats = list(activity.formats)
        line.name = activity.name
        line.starts_on, line.ends_on = activity.starts_on, activity.ends_on
        line.min_age, line.max_age = activity.min_age, activity.max_age
    # A concept seldom names steps: those that came from the rules stay.
    line.stages = line.stages or stages_of(activity)


def drop_known_texts(line: ReviewLine, activity: Activity, language: str) -> None:
    """Take from a line what came from an activity that it does not continue after all.

    What the document itself says stays: the text and the title in its `language`.
    """
    for code in LANGUAGES:
        if code != language and line.titles[code] == getattr(activity, f"title_{code}"):
            line.titles[code] = ""
    if line.stages == stages_of(activity):
        line.stages = []


def _carry_pairs(review: Review, campaign: Campaign) -> None:
    """Keep what people said of the same words in drafts since the version that stands.

    Those before it are of no use: what was new then stands now.
    """
    documents = campaign.concepts.order_by("version")
    standing = max(
        (one.version for one in documents if one.status == ConceptStatus.PUBLISHED), default=0
    )
    said: dict[str, str] = {}
    for document in documents:
        if document.version > standing:
            for _block, _number, line in review_of(document).lines():
                if line.continues:
                    said[plain(line.text)] = line.continues
    for _block, _number, line in review.lines():
        line.continues = line.continues or said.get(plain(line.text), "")


def _front_texts(review: Review) -> list[tuple[str, dict[str, str]]]:
    return [
        ("title", review.titles),
        ("purpose", review.purposes),
        ("places", review.places),
        ("participants", review.participants),
    ]


def _changes(pairs: Iterable[tuple[str, Any, Any]]) -> list[FieldChange]:
    return [FieldChange(name, before, after) for name, before, after in pairs if before != after]


def _translated(row: Any, name: str, texts: dict[str, str]) -> Iterable[tuple[str, Any, Any]]:
    return ((f"{name}_{code}", getattr(row, f"{name}_{code}"), texts[code]) for code in LANGUAGES)


def _campaign_changes(campaign: Campaign, review: Review) -> list[FieldChange]:
    pairs: list[tuple[str, Any, Any]] = []
    for name, texts in _front_texts(review):
        pairs += _translated(campaign, name, texts)
    pairs.append(("starts_on", campaign.starts_on, review.starts_on))
    pairs.append(("ends_on", campaign.ends_on, review.ends_on))
    return _changes(pairs)


def _block_changes(old: Block, new: ReviewBlock) -> list[FieldChange]:
    return _changes(
        [
            ("number", old.number, new.number),
            *_translated(old, "title", new.titles),
            *_translated(old, "goal", new.goals),
        ]
    )


def _line_changes(old: Activity, new: ReviewLine, number: int) -> list[FieldChange]:
    return _changes(
        [
            ("number", old.number, number),
            ("text", old.text, new.text),
            ("name", old.name, new.name),
            *_translated(old, "title", new.titles),
            ("kind", old.get_kind_display(), str(ActivityKind(new.kind).label)),
            ("level", old.get_level_display(), str(Level(new.level).label)),
            ("formats", _formats(old.formats), _formats(new.formats)),
            ("starts_on", old.starts_on, new.starts_on),
            ("ends_on", old.ends_on, new.ends_on),
            ("min_age", old.min_age, new.min_age),
            ("max_age", old.max_age, new.max_age),
            ("stages", in_one_line(stages_of(old)), in_one_line(new.stages)),
        ]
    )


def stages_of(activity: Activity) -> list[ReviewStage]:
    """Return the steps of an activity as a draft has them."""
    return [
        ReviewStage(
            {code: getattr(one, f"name_{code}") for code in LANGUAGES},
            one.level,
            one.starts_on,
            one.ends_on,
        )
        for one in sorted(activity.stages.all(), key=lambda stage: stage.number)
    ]


def in_one_line(stages: Iterable[ReviewStage]) -> str:
    """Say steps in one line, with all that can change of them."""
    return "; ".join(
        f"{number}. {' / '.join(filter(None, one.names.values()))}, {one.level_label.lower()}"
        + (f", {_said(one.starts_on)}–{_said(one.ends_on)}" if one.first_day else "")
        for number, one in enumerate(stages, start=1)
    )


def _said(value: Any) -> str:
    if isinstance(value, date):
        return format_numeric(value)
    return "–" if value in (None, "") else str(value)


def _formats(values: Iterable[str]) -> str:
    return ", ".join(str(Format(value).label) for value in sorted(values))

"""Comparing a draft with the campaign that stands: which line is which, and what differs.

Lines are matched by their words, because numbers shift when a line is put in between. Likeness is
the Dice coefficient of letter triples: 1 for the same text, 0 for nothing in common.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count
from django.utils.translation import gettext

from bala.concept.enums import ActivityKind, Format, Level
from bala.kernel.dates import format_numeric
from bala.kernel.translated import LANGUAGES
from bala.programme.models import Activity, Block, Campaign, PlanItem
from bala.programme.queries.drafts import Review, ReviewBlock, ReviewLine, ReviewStage

#: Below this likeness two lines are taken for different ones: a reworded line keeps more than half
#: of its letter triples, two lines about like things ("webinars on …") share fewer.
ALIKE = 0.55
#: In one block two lines of one kind are the same from here on: a ministry rewords whole
#: documents, and a wrong pair is seen on the page of differences before it does anything.
ALIKE_OF_A_KIND = 0.3
SAME_PLACE = 0.05  # bonus for the same block
SAME_NAME = 0.5  # an official name («…») is what a line is known by


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


@dataclass(slots=True)
class Differences:
    """What publishing the draft would do to the campaign."""

    campaign: list[FieldChange] = field(default_factory=list)
    blocks: list[tuple[Block | None, ReviewBlock | None, list[FieldChange]]] = field(
        default_factory=list
    )
    added: list[LineChange] = field(default_factory=list)
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
                for one in self.changed
            ],
            [one.activity and one.activity.pk for one in self.same],
            [one.activity and one.activity.pk for one in self.removed],
        ]
        text = json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, whatever their case and punctuation."""
    first, second = _triples(one), _triples(other)
    return _dice(first, second)


def differences(campaign: Campaign, review: Review) -> Differences:
    """Compare a draft with its campaign; four queries, whatever the size."""
    blocks = list(campaign.blocks.filter(withdrawn_at__isnull=True).order_by("number"))
    activities = _live(campaign)
    found = Differences(campaign=_campaign_changes(campaign, review))
    paired = match_blocks(blocks, review.blocks)
    for old, new in paired:
        changes = _block_changes(old, new) if old and new else []
        if old is None or new is None or changes:
            found.blocks.append((old, new, changes))
    pairs = match_lines(activities, review)
    counts = dict(
        PlanItem.objects.filter(campaign=campaign)
        .values_list("activity")
        .annotate(rows=Count("pk"))
        .order_by("activity")
    )
    by_block = {new.key: old.pk for old, new in paired if old and new}
    for block, number, line in review.lines():
        old_line = pairs.get(line.key)
        if old_line is None:
            found.added.append(LineChange(None, block, number, line))
            continue
        changes = _line_changes(old_line, line, number)
        if by_block.get(block.key) != old_line.block_id:
            changes.insert(0, FieldChange("block", old_line.block.number, block.number))
        one = LineChange(old_line, block, number, line, changes, counts.get(old_line.pk, 0))
        (found.changed if changes else found.same).append(one)
    kept = {activity.pk for activity in pairs.values()}
    found.removed = [
        LineChange(activity, None, activity.number, None, [], counts.get(activity.pk, 0))
        for activity in activities
        if activity.pk not in kept
    ]
    return found


def match_blocks(
    old: Sequence[Block], new: Sequence[ReviewBlock]
) -> list[tuple[Block | None, ReviewBlock | None]]:
    """Pair the blocks of two versions by title, then by number; unpaired ones stand alone."""
    scores = sorted(
        (
            (
                max(likeness(texts, block.titles[code]) for code, texts in _titles(one)),
                one.number == block.number,
                index,
                place,
            )
            for index, one in enumerate(old)
            for place, block in enumerate(new)
        ),
        reverse=True,
    )
    taken_old: dict[int, int] = {}
    taken_new: set[int] = set()
    for score, same_number, index, place in scores:
        if index in taken_old or place in taken_new or (score < ALIKE and not same_number):
            continue
        taken_old[index] = place
        taken_new.add(place)
    by_place = {place: index for index, place in taken_old.items()}
    pairs: list[tuple[Block | None, ReviewBlock | None]] = [
        (old[by_place[place]] if place in by_place else None, block)
        for place, block in enumerate(new)
    ]
    return pairs + [(one, None) for index, one in enumerate(old) if index not in taken_old]


def match_lines(activities: Sequence[Activity], review: Review) -> dict[str, Activity]:
    """Return which activity each line of the draft continues, by the line's key.

    The same words match first; the rest goes to the likest, from the best pair down. Each line and
    each activity is matched once at most.
    """
    matched: dict[str, Activity] = {}
    left = list(activities)
    lines = [(block, line) for block, _number, line in review.lines()]
    for exact in (True, False):
        free = [(block, line) for block, line in lines if line.key not in matched]
        taken: set[int] = set()
        for _score, place, index in _scored(left, free, exact=exact):
            key = free[place][1].key
            if key not in matched and index not in taken:
                matched[key] = left[index]
                taken.add(index)
        left = [activity for index, activity in enumerate(left) if index not in taken]
    return matched


def carry_known_texts(review: Review, campaign: Campaign) -> None:
    """Fill a fresh draft with what the campaign already has for it.

    A line that stands unchanged keeps titles, kind and level as people decided them; a reworded one
    keeps the titles in the other languages, for a person to look at.
    """
    for code in LANGUAGES:
        for name, texts in _front_texts(review):
            texts[code] = texts[code] or getattr(campaign, f"{name}_{code}")
    for old_block, block in match_blocks(list(_blocks(campaign)), review.blocks):
        if old_block and block:
            for code in LANGUAGES:
                block.titles[code] = block.titles[code] or getattr(old_block, f"title_{code}")
                block.goals[code] = block.goals[code] or getattr(old_block, f"goal_{code}")
    for _block, _number, line in review.lines():
        line.titles = {code: line.titles.get(code, "") for code in LANGUAGES}
    for key, activity in match_lines(_live(campaign), review).items():
        found = review.find_line(key)
        if found is None:
            continue
        line = found[2]
        unchanged = _plain(line.text) == _plain(activity.text)
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


def _front_texts(review: Review) -> list[tuple[str, dict[str, str]]]:
    return [
        ("title", review.titles),
        ("purpose", review.purposes),
        ("places", review.places),
        ("participants", review.participants),
    ]


def _blocks(campaign: Campaign) -> Iterable[Block]:
    return campaign.blocks.filter(withdrawn_at__isnull=True).order_by("number")


def _live(campaign: Campaign) -> list[Activity]:
    return list(
        campaign.activities.filter(withdrawn_at__isnull=True)
        .select_related("block")
        .prefetch_related("stages")
        .order_by("block__number", "number")
    )


def _scored(
    activities: Sequence[Activity],
    lines: Sequence[tuple[ReviewBlock, ReviewLine]],
    *,
    exact: bool,
) -> list[tuple[float, int, int]]:
    """Score the pairs that may match, the best first: (score, place in lines, in activities)."""
    if exact:
        places: dict[str, list[int]] = {}
        for index, activity in enumerate(activities):
            places.setdefault(_plain(activity.text), []).append(index)
        return [
            (1.0 + (activities[index].block.number == block.number), place, index)
            for place, (block, line) in enumerate(lines)
            for index in places.get(_plain(line.text), ())
            if line.text
        ]
    # Sets of triples as bits of one number each: a thousand lines against a thousand in a second.
    bits: dict[str, int] = {}
    old = [
        (
            _mask(activity.text or activity.title, bits),
            activity.block.number,
            activity.name,
            activity.kind if activity.kind != ActivityKind.OTHER else "",
        )
        for activity in activities
    ]
    scores = []
    for place, (block, line) in enumerate(lines):
        mask = _mask(line.text or line.title, bits)
        size = mask.bit_count()
        for index, (other, number, name, kind) in enumerate(old):
            at_home = number == block.number
            both = size + other.bit_count()
            score = 2 * (mask & other).bit_count() / both if both else 0.0
            score += SAME_PLACE * at_home
            if name and line.name == name:
                score += SAME_NAME
            if score >= (ALIKE_OF_A_KIND if at_home and kind == line.kind else ALIKE):
                scores.append((score, place, index))
    return sorted(scores, key=lambda one: (-one[0], one[1], one[2]))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _triples(text: str) -> frozenset[str]:
    plain = f" {_plain(text)} "
    return frozenset(plain[place : place + 3] for place in range(len(plain) - 2))


def _mask(text: str, bits: dict[str, int]) -> int:
    """Return the triples of a text as bits; `bits` numbers the triples met so far."""
    mask = 0
    for triple in _triples(text):
        mask |= 1 << bits.setdefault(triple, len(bits))
    return mask


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _titles(block: Block) -> list[tuple[str, str]]:
    return [(code, getattr(block, f"title_{code}")) for code in LANGUAGES]


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
            ("stages", _steps(stages_of(old)), _steps(new.stages)),
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


def _steps(stages: Iterable[ReviewStage]) -> str:
    """Say steps in one line, in all that can change of them."""
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

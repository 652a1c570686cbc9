"""Which line of a new version is which activity: what a person said first, then their words.

Lines are matched by their words, because numbers shift when a line is put in between. Likeness is
the Dice coefficient of letter triples: 1 for the same text, 0 for nothing in common.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bala.concept.enums import ActivityKind
from bala.kernel.translated import LANGUAGES
from bala.programme.models import Activity, Block, Campaign
from bala.programme.queries.drafts import NEW, Review, ReviewBlock, ReviewLine

#: Below this likeness two lines are taken for different ones: a reworded line keeps more than half
#: of its letter triples, two lines about like things ("webinars on …") share fewer.
ALIKE: Final = 0.55
#: In one block two lines of one kind are the same from here on: a ministry rewords whole
#: documents, and a wrong pair is seen on the page of differences before it does anything.
ALIKE_OF_A_KIND: Final = 0.3
#: What was withdrawn comes back only for nearly the same words: nothing else speaks for it.
ALIKE_AGAIN: Final = 0.8
WORTH_A_LOOK: Final = 0.2
SAME_PLACE: Final = 0.05  # bonus for the same block
SAME_NAME: Final = 0.5  # an official name («…») is what a line is known by

Pairs = dict[str, Activity]  # by the line's key
_Lines = Sequence[tuple[ReviewBlock, ReviewLine]]


@dataclass(slots=True)
class Matching:
    """What of a campaign a draft continues."""

    blocks: list[tuple[Block | None, ReviewBlock | None]]
    lines: Pairs
    activities: list[Activity]  # all of the campaign, what was withdrawn too

    @property
    def block_of(self) -> dict[str, Block]:
        """The block that a block of the draft continues, by its key."""
        return {new.key: old for old, new in self.blocks if old and new}


def matching(campaign: Campaign, review: Review) -> Matching:
    """Match a draft with its campaign; three queries, whatever the size."""
    blocks = list(campaign.blocks.order_by("number", "-withdrawn_at", "pk"))
    activities = list(
        campaign.activities.select_related("block")
        .prefetch_related("stages")
        .order_by("block__number", "number", "-withdrawn_at", "pk")
    )
    return Matching(
        match_blocks(blocks, review.blocks), match_lines(activities, review), activities
    )


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1, whatever their case and punctuation."""
    first, second = _triples(one), _triples(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def nearest(line: ReviewLine, number: int, activities: Sequence[Activity]) -> Activity | None:
    """Return which of the activities a person should look at first for a new line, if any.

    It stands under the same number, or is told with some of the same words.
    """
    scored = [
        (likeness(line.text or line.title, one.text or one.title) + SAME_PLACE * at_place, one)
        for one in activities
        for at_place in [one.number == number]
    ]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if best and (score >= WORTH_A_LOOK or best.number == number) else None


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in case, spaces and punctuation at most."""
    return plain(one) == plain(other)


def plain(text: str) -> str:
    """Return the words of a text in small letters."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def match_blocks(
    old: Sequence[Block], new: Sequence[ReviewBlock]
) -> list[tuple[Block | None, ReviewBlock | None]]:
    """Pair the blocks of two versions by title, then by number; unpaired ones stand alone.

    A block that an earlier version withdrew comes back under its title; alone it is left out.
    """
    live = [block for block in old if block.withdrawn_at is None]
    gone = [block for block in old if block.withdrawn_at is not None]
    by_place = _by_title(live, new, least=ALIKE, number_is_enough=True)
    free = [place for place in range(len(new)) if place not in by_place]
    again = _by_title(gone, [new[place] for place in free], least=ALIKE_AGAIN)
    by_place |= {free[place]: block for place, block in again.items()}
    pairs: list[tuple[Block | None, ReviewBlock | None]] = [
        (by_place.get(place), block) for place, block in enumerate(new)
    ]
    kept = {block.pk for block in by_place.values()}
    return pairs + [(block, None) for block in live if block.pk not in kept]


def _by_title(
    old: Sequence[Block],
    new: Sequence[ReviewBlock],
    *,
    least: float,
    number_is_enough: bool = False,
) -> dict[int, Block]:
    scores = sorted(
        (
            (
                max(
                    likeness(getattr(one, f"title_{code}"), block.titles[code])
                    for code in LANGUAGES
                ),
                one.number == block.number,
                -index,
                -place,
            )
            for index, one in enumerate(old)
            for place, block in enumerate(new)
        ),
        reverse=True,
    )
    found: dict[int, Block] = {}
    taken: set[int] = set()
    for score, same_number, index, place in scores:
        if -index in taken or -place in found:
            continue
        if score >= least or (number_is_enough and same_number):
            found[-place] = old[-index]
            taken.add(-index)
    return found


def match_lines(activities: Sequence[Activity], review: Review) -> Pairs:
    """Return which activity each line of the draft continues.

    First comes what a person said of a line (`continues`). Then the same words are the same line,
    whether it stands or was withdrawn before; the rest goes to the likest, from the best pair down,
    to what stands and then to what was withdrawn. Each line and each activity is matched once.
    """
    matched = _by_hand(activities, review)
    lines = [(block, line) for block, _number, line in review.lines() if line.continues != NEW]
    for exact, withdrawn in ((True, False), (True, True), (False, False), (False, True)):
        taken = {activity.pk for activity in matched.values()}
        left = [
            one
            for one in activities
            if one.pk not in taken and (one.withdrawn_at is not None) == withdrawn
        ]
        free = [(block, line) for block, line in lines if line.key not in matched]
        scores = _same(left, free) if exact else _alike(left, free, again=withdrawn)
        for _score, place, index in scores:
            key, activity = free[place][1].key, left[index]
            if key not in matched and activity.pk not in taken:
                matched[key] = activity
                taken.add(activity.pk)
    return matched


def _by_hand(activities: Sequence[Activity], review: Review) -> Pairs:
    known = {activity.public_id: activity for activity in activities}
    matched: Pairs = {}
    for _block, _number, line in review.lines():
        activity = known.pop(line.continues, None)  # each once: the first line of two keeps it
        if activity is not None:
            matched[line.key] = activity
    return matched


def _same(activities: Sequence[Activity], lines: _Lines) -> list[tuple[float, int, int]]:
    """Pairs with the same words, those of the same block first: (score, line, activity)."""
    places: dict[str, list[int]] = {}
    for index, activity in enumerate(activities):
        places.setdefault(plain(activity.text), []).append(index)
    pairs = [
        (float(activities[index].block.number == block.number), place, index)
        for place, (block, line) in enumerate(lines)
        for index in places.get(plain(line.text), ())
        if line.text
    ]
    return sorted(pairs, key=lambda one: (-one[0], one[1], one[2]))


def _alike(
    activities: Sequence[Activity], lines: _Lines, *, again: bool
) -> list[tuple[float, int, int]]:
    """Score the pairs that may match, the best first: (score, place in lines, in activities)."""
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
            of_a_kind = ALIKE_OF_A_KIND if at_home and kind == line.kind else ALIKE
            least = ALIKE_AGAIN if again else of_a_kind
            if score >= least:
                scores.append((score, place, index))
    return sorted(scores, key=lambda one: (-one[0], one[1], one[2]))


def _triples(text: str) -> frozenset[str]:
    padded = f" {plain(text)} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def _mask(text: str, bits: dict[str, int]) -> int:
    """Return the triples of a text as bits; `bits` numbers the triples met so far."""
    mask = 0
    for triple in _triples(text):
        mask |= 1 << bits.setdefault(triple, len(bits))
    return mask

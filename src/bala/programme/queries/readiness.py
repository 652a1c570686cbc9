"""What a draft still lacks before it can be published, and what a person should look at."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bala.kernel.translated import LANGUAGES
from bala.programme.queries.drafts import Review


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason not to publish; `key` names the block or line it is about, "front" the campaign."""

    key: str
    message: str | Promise


def faults_of(review: Review) -> list[Fault]:
    """Return all that stands in the way of publishing, in the order of the document."""
    faults = [*_front_faults(review)]
    numbers: set[int] = set()
    for block in review.blocks:
        if not any(block.titles.values()):
            faults.append(Fault(block.key, _("A block has no title.")))
        if block.number in numbers:
            faults.append(Fault(block.key, _("Two blocks have the same number.")))
        numbers.add(block.number)
        for line in block.lines:
            if not any(line.titles.values()):
                faults.append(Fault(line.key, _("An activity has no title.")))
            if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
                faults.append(Fault(line.key, _("An activity ends before it starts.")))
            if None not in (line.min_age, line.max_age) and line.max_age < line.min_age:  # type: ignore[operator]
                faults.append(Fault(line.key, _("The highest age is below the lowest.")))
    return faults


def _front_faults(review: Review) -> list[Fault]:
    faults = []
    if not any(review.titles.values()):
        faults.append(Fault("front", _("The campaign has no title.")))
    if review.starts_on is None or review.ends_on is None:
        faults.append(Fault("front", _("The campaign's first and last day must be given.")))
    elif review.ends_on < review.starts_on:
        faults.append(Fault("front", _("The campaign ends before it starts.")))
    if not any(True for _line in review.lines()):
        faults.append(Fault("front", _("There are no activities.")))
    return faults


def notes_of(review: Review) -> list[Fault]:
    """Return what does not stand in the way, but that a person should have seen."""
    notes = [
        Fault(block.key, _("A block has no activities."))
        for block in review.blocks
        if not block.lines
    ]
    if review.starts_on and review.ends_on:
        for _block, _number, line in review.lines():
            first, last = line.starts_on or line.ends_on, line.ends_on or line.starts_on
            if first and last and (first < review.starts_on or last > review.ends_on):
                notes.append(
                    Fault(line.key, _("An activity lies outside of the campaign's period."))
                )
    unclear = sum(1 for _block, _number, line in review.lines() if line.kind == "other")
    if unclear:
        notes.append(
            Fault(
                "",
                ngettext(
                    "%(count)d activity has no clear kind.",
                    "%(count)d activities have no clear kind.",
                    unclear,
                )
                % {"count": unclear},
            )
        )
    missing = missing_translations(review)
    if missing:
        notes.append(
            Fault(
                "",
                ngettext(
                    "%(count)d title is not yet translated.",
                    "%(count)d titles are not yet translated.",
                    missing,
                )
                % {"count": missing},
            )
        )
    return notes


def missing_translations(review: Review) -> int:
    """Count the titles of campaign, blocks and lines that a language lacks."""
    texts = [review.titles, *(block.titles for block in review.blocks)]
    texts += [line.titles for _block, _number, line in review.lines()]
    return sum(1 for one in texts for code in LANGUAGES if not one.get(code))

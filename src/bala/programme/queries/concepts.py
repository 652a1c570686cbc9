"""What the pages of a concept under review show."""

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bala.programme.models import Campaign, ConceptDocument
from bala.programme.queries.drafts import Review, ReviewWarning, review_of

#: From this likeness of titles on a person is asked whether the document is a next version.
SAME_CAMPAIGN = 0.8


@dataclass(slots=True)
class SourceLine:
    """A line of the document with what was made of it."""

    number: int
    text: str
    warnings: list[ReviewWarning] = field(default_factory=list)
    targets: list[tuple[str, str]] = field(default_factory=list)  # (anchor, "1.2")


@dataclass(slots=True)
class ReviewPage:
    """The source text and the draft, side by side."""

    document: ConceptDocument
    review: Review
    source: list[SourceLine]
    general: list[ReviewWarning]
    activities: int
    warned: dict[int, list[ReviewWarning]]


def review_page(document: ConceptDocument) -> ReviewPage:
    """Put the source text beside its draft; no query."""
    review = review_of(document)
    warned: dict[int, list[ReviewWarning]] = defaultdict(list)
    for warning in review.warnings:
        warned[warning.line].append(warning)
    targets: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for block in review.blocks:
        if block.line:
            targets[block.line].append((block.key, str(block.number)))
    count = 0
    for block, number, line in review.lines():
        count += 1
        if line.line:
            targets[line.line].append((line.key, f"{block.number}.{number}"))
    source = [
        SourceLine(number, text, warned.get(number, []), targets.get(number, []))
        for number, text in enumerate(document.source_lines, start=1)
    ]
    return ReviewPage(document, review, source, warned.get(0, []), count, dict(warned))


def alike_campaign(review: Review, campaigns: list[Campaign]) -> Campaign | None:
    """Return the campaign of the same year with nearly the same title, if there is one."""
    if review.starts_on is None:
        return None
    for campaign in campaigns:
        if campaign.year != review.starts_on.year:
            continue
        for code, title in review.titles.items():
            other = getattr(campaign, f"title_{code}")
            if title and other:
                ratio = SequenceMatcher(None, title.casefold(), other.casefold()).ratio()
                if ratio >= SAME_CAMPAIGN:
                    return campaign
    return None

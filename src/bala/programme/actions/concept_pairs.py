"""Saying by hand which activity a line of a later version is."""

from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import NotHere, PersonError
from bala.programme.actions.concept_lines import changing_draft, line_in
from bala.programme.models import Activity, ConceptDocument
from bala.programme.queries.drafts import NEW, Review, ReviewLine
from bala.programme.queries.version_matching import Matching, matching
from bala.programme.queries.versions import drop_known_texts, take_known_texts


class PairedAlready(PersonError):
    """Another line of the draft was said to be the same activity."""

    def __init__(self, block: int, number: int) -> None:
        super().__init__(
            _("Line %(line)s was said to be this activity: change it there first.")
            % {"line": f"{block}.{number}"}
        )


def pair_line(*, document: ConceptDocument, key: str, revision: int, continues: str) -> None:
    """Say that a line is the activity of a public id, or NEW; "" leaves it to its words again.

    Every line whose activity changes by it takes over what is known of the new one in the other
    languages, and loses what came from the old one. Raises PairedAlready, DraftChanged, NotHere
    (also for an activity of another campaign).
    """
    with changing_draft(document) as review:
        _block, _index, line = line_in(review, key, revision)
        if document.campaign is None:
            raise NotHere(_("This document is not a version of a campaign."))
        if continues == line.continues:
            return
        before = matching(document.campaign, review)
        if continues and continues != NEW:
            _check(review, before, line, continues)
        line.continues = continues
        after = matching(document.campaign, review)
        for _block, _number, one in review.lines():
            old, new = before.lines.get(one.key), after.lines.get(one.key)
            if one is line or old != new:
                _exchange(one, old, new, document.language)


def _check(review: Review, found: Matching, line: ReviewLine, continues: str) -> None:
    if all(activity.public_id != continues for activity in found.activities):
        raise NotHere(_("There is no such activity."))
    for block, number, other in review.lines():
        if other is not line and other.continues == continues:
            raise PairedAlready(block.number, number)


def _exchange(line: ReviewLine, old: Activity | None, new: Activity | None, language: str) -> None:
    if old != new:
        if old is not None:
            drop_known_texts(line, old, language)
        if new is not None:
            take_known_texts(line, new)
    line.revision += 1

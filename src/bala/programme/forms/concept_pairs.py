"""Which activity of the campaign a line of its next version is, chosen by hand."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from bala.programme.actions.concept_pairs import pair_line
from bala.programme.forms.concept import RevisedForm
from bala.programme.models import Activity, ConceptDocument
from bala.programme.queries.drafts import NEW, ReviewLine, review_of
from bala.programme.queries.version_matching import matching

_BY_WORDS = (
    "words"  # nobody says anything: a choice of its own, so that the field is no optional one
)
_LONGEST = 110  # letters of a choice: a phone shows some forty, a desk the rest


class PairForm(RevisedForm):
    """A line, and the activity that it continues."""

    continues = forms.ChoiceField(
        label=gettext_lazy("activity"),
        help_text=gettext_lazy(
            "Plans and results stay with the activity that is chosen. What nobody chooses is found by"
            " its words."
        ),
    )

    def __init__(self, data: Any = None, *, document: ConceptDocument, line: ReviewLine) -> None:
        super().__init__(
            data, initial={"revision": line.revision, "continues": line.continues or _BY_WORDS}
        )
        self.line = line
        assert document.campaign is not None  # noqa: S101 - access gives versions of campaigns only
        review = review_of(document)
        for _block, _number, one in review.lines():
            if one.key == line.key:
                one.continues = ""
        found = matching(document.campaign, review)
        self.guess = found.lines.get(line.key)
        chosen = [one for one in found.activities if one.public_id == line.continues]
        self.activity = chosen[0] if chosen else None if line.continues == NEW else self.guess
        field = self.fields["continues"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [
            (_BY_WORDS, gettext("as its words say: %(line)s") % {"line": self._guessed()}),
            (NEW, gettext("a new activity")),
            *_by_block([one for one in found.activities if one.withdrawn_at is None]),
            *_withdrawn([one for one in found.activities if one.withdrawn_at is not None]),
        ]

    def _guessed(self) -> str:
        return _named(self.guess) if self.guess else gettext("a new activity")

    def save(self, document: ConceptDocument) -> None:
        """Write the choice; raises PairedAlready, DraftChanged, NotHere."""
        chosen = self.cleaned_data["continues"]
        pair_line(
            document=document,
            key=self.line.key,
            revision=self.cleaned_data["revision"],
            continues="" if chosen == _BY_WORDS else chosen,
        )


def _by_block(activities: list[Activity]) -> list[tuple[str, list[tuple[str, str]]]]:
    blocks: dict[str, list[tuple[str, str]]] = {}
    for one in activities:
        label = f"{one.block.number}. {one.block.title}"
        blocks.setdefault(label, []).append((one.public_id, _named(one)))
    return list(blocks.items())


def _withdrawn(activities: list[Activity]) -> list[tuple[str, list[tuple[str, str]]]]:
    if not activities:
        return []
    return [(gettext("Withdrawn earlier"), [(one.public_id, _named(one)) for one in activities])]


def _named(activity: Activity) -> str:
    title = Truncator(str(activity.title)).chars(_LONGEST)
    return f"{activity.block.number}.{activity.number} {title}"

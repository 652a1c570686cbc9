"""The steps of a contest, typed row by row."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bala.concept.enums import Level
from bala.kernel.revised_forms import RevisedForm
from bala.kernel.translated import LANGUAGES
from bala.programme.actions.activities import set_stages
from bala.programme.actions.concept_lines import correct_stages
from bala.programme.forms.concept import CapitalLabels, DayInput
from bala.programme.models import Activity, ConceptDocument
from bala.programme.queries.drafts import NAME_LENGTH, ReviewLine, ReviewStage
from bala.programme.queries.versions import in_one_line, stages_of

MORE_ROWS = 2
MOST_ROWS = 20
_NAMES = {
    "kk": gettext_lazy("name in Kazakh"),
    "ru": gettext_lazy("name in Russian"),
    "en": gettext_lazy("name in English"),
}


class StagesForm(CapitalLabels, RevisedForm, forms.Form):
    """Steps of an activity: those that there are, and empty rows for more."""

    def __init__(
        self, data: Any = None, *, stages: Sequence[ReviewStage], revision: int, **more: Any
    ) -> None:
        self.rows = min(len(stages) + MORE_ROWS, MOST_ROWS)
        if data is not None:  # whoever typed into a third row keeps it after somebody else's save
            typed = [number for number in range(MOST_ROWS) if f"level_{number}" in data]
            self.rows = max([self.rows, *(number + 1 for number in typed)])
        initial: dict[str, Any] = {"revision": revision}
        for number, stage in enumerate(stages):
            initial |= {f"name_{code}_{number}": stage.names[code] for code in LANGUAGES}
            initial |= {
                f"level_{number}": stage.level,
                f"starts_on_{number}": stage.starts_on,
                f"ends_on_{number}": stage.ends_on,
            }
        super().__init__(data, initial=initial, revision=revision, **more)
        for number in range(self.rows):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        for code, label in _NAMES.items():
            self.fields[f"name_{code}_{number}"] = forms.CharField(
                label=label,
                required=False,
                max_length=NAME_LENGTH,
                widget=forms.TextInput({"lang": code}),
            )
        self.fields[f"level_{number}"] = forms.ChoiceField(
            label=gettext_lazy("level"), choices=Level.choices, required=False
        )
        for name, label in (("starts_on", gettext_lazy("from")), ("ends_on", gettext_lazy("to"))):
            self.fields[f"{name}_{number}"] = forms.DateField(
                label=label, required=False, widget=DayInput()
            )

    def by_row(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Return the fields of each step with its number from 1."""
        names = (*(f"name_{code}" for code in LANGUAGES), "level", "starts_on", "ends_on")
        return [
            (number + 1, [self[f"{name}_{number}"] for name in names])
            for number in range(self.rows)
        ]

    def clean(self) -> dict[str, Any]:
        """Want a name for every step that has a day."""
        given = super().clean() or {}
        for number in range(self.rows):
            named = any(given.get(f"name_{code}_{number}") for code in LANGUAGES)
            dated = given.get(f"starts_on_{number}") or given.get(f"ends_on_{number}")
            if dated and not named:
                self.add_error(
                    f"name_kk_{number}", gettext_lazy("Give the name in one language at least.")
                )
            first, last = given.get(f"starts_on_{number}"), given.get(f"ends_on_{number}")
            if first and last and last < first:
                self.add_error(
                    f"ends_on_{number}", gettext_lazy("The last day is before the first.")
                )
        return given

    def stages(self) -> list[ReviewStage]:
        """Return the steps that have a name, in their order."""
        rows = [
            ReviewStage(
                {code: self.cleaned_data[f"name_{code}_{number}"] for code in LANGUAGES},
                self.cleaned_data[f"level_{number}"] or Level.REGION.value,
                self.cleaned_data[f"starts_on_{number}"],
                self.cleaned_data[f"ends_on_{number}"],
            )
            for number in range(self.rows)
        ]
        return [row for row in rows if any(row.names.values())]


class LineStagesForm(StagesForm):
    """The steps of a line of a draft."""

    def __init__(self, data: Any = None, *, line: ReviewLine) -> None:
        self.line = line
        super().__init__(data, stages=line.stages, revision=line.revision)

    def save(self, document: ConceptDocument) -> None:
        """Write the steps; raises DraftChanged, NotHere, DatesReversed."""
        correct_stages(
            document=document, key=self.line.key, revision=self.revision, stages=self.stages()
        )


class ActivityStagesForm(StagesForm):
    """The steps of an activity of a campaign that stands."""

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        self.activity = activity
        steps, revision = stages_of(activity), activity.stages_revision
        super().__init__(data, stages=steps, revision=revision)

    def stands(self, row: Any, name: str) -> str:
        """What the steps say now, in one line."""
        return in_one_line(row.stages) if name == "stages" else super().stands(row, name)

    def save(self) -> None:
        """Write the steps; raises RowConflict, DatesReversed."""
        set_stages(activity=self.activity, revision=self.revision, stages=self.stages())

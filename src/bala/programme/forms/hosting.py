"""What hosts type: a row of their own, a whole block, a result."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import Format
from bala.kernel.dates import format_numeric
from bala.kernel.public_ids import LENGTH
from bala.kernel.revised_forms import RevisedForm
from bala.programme.actions.hosting import HOST_FIELDS
from bala.programme.actions.outcomes import MOST_PEOPLE, MediaLink
from bala.programme.models import PlanItem
from bala.programme.queries.outcomes import media_of, money_of


class DateInput(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, by the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def check_order(cleaned: dict[str, Any], form: forms.BaseForm) -> None:
    """Say next to the field that a period ends before it starts."""
    start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
    if start and end and end < start:
        form.add_error("ends_on", _("The last day lies before the first."))


class HostRowForm(RevisedForm, forms.ModelForm[PlanItem]):
    """A row of the host's own programme."""

    key = forms.CharField(max_length=LENGTH, min_length=LENGTH, widget=forms.HiddenInput)

    class Meta:
        model = PlanItem
        fields = HOST_FIELDS
        widgets = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "starts_at": TimeInput(),
            "ends_at": TimeInput(),
        }
        help_texts = {
            "venue_kind": _("The sanitary limit is worked out from it."),
            "adaptations": _("A ramp, sign language, a quiet room…"),
        }

    def clean(self) -> dict[str, Any]:
        """Check what no single field can tell."""
        cleaned = super().clean() or self.cleaned_data
        check_order(cleaned, self)
        if not any(cleaned.get(f"title_{code}") for code in ("kk", "ru", "en")):
            self.add_error("title_kk", _("Give the row a title in at least one language."))
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end < start and cleaned.get("starts_on") == cleaned.get("ends_on"):
            self.add_error("ends_at", _("It ends before it begins."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The row as the action takes it."""
        return {name: self.cleaned_data[name] for name in HOST_FIELDS}


class AdoptBlockForm(forms.Form):
    """A whole block at once: what is the same for all its activities."""

    starts_on = forms.DateField(label=_("from"), widget=DateInput())
    ends_on = forms.DateField(label=_("to"), widget=DateInput())
    form = forms.ChoiceField(label=_("format"), choices=Format.choices)
    expected_children = forms.IntegerField(
        label=_("children expected at each"), min_value=0, max_value=MOST_PEOPLE, initial=0
    )

    def clean(self) -> dict[str, Any]:
        """Check the period."""
        check_order(self.cleaned_data, self)
        return self.cleaned_data


class ReasonForm(forms.Form):
    """Why something is sent back or called off."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("reason"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )


#: Which field of the form writes which value of the row.
_RESULT_FIELDS = {
    "actual_children": "children",
    "actual_adults": "adults",
    "result_note": "note",
}


class ResultForm(RevisedForm, forms.Form):
    """What was held, in a minute on a phone."""

    held_on = forms.DateField(label=_("held on"), widget=DateInput())
    children = forms.IntegerField(
        label=_("children who came"),
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_("A number is enough, for a whole class too: no child is named here."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    adults = forms.IntegerField(
        label=_("adults who came"),
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    nobody_came = forms.BooleanField(label=_("It was held, and nobody came"), required=False)
    note = forms.CharField(
        label=_("note"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )
    captions = forms.CharField(
        label=_("captions of photos"),
        max_length=6000,
        required=False,
        help_text=_("One in a line. No names of children."),
        widget=forms.Textarea({"rows": 3}),
    )
    money = forms.DecimalField(
        label=_("money spent, tenge"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.01"}),
    )

    def field_of(self, name: str) -> str | None:
        """The field that writes a value of the row; the links have rows of their own."""
        return super().field_of(_RESULT_FIELDS.get(name, name))

    def stands(self, row: PlanItem, name: str) -> str:
        """What the result says now, in words."""
        if name == "media":
            return ", ".join(one["url"] for one in media_of(row)) or "–"
        if name == "captions":
            return "; ".join(row.photo_captions.values_list("text", flat=True)) or "–"
        if name == "money":
            return str(money_of(row) or "–")
        value = getattr(row, name)
        return (
            format_numeric(value)
            if name == "held_on" and value
            else ("–" if value in (None, "") else str(value))
        )

    def clean_captions(self) -> list[str]:
        """Split the captions by line."""
        lines = [line.strip() for line in self.cleaned_data["captions"].splitlines()]
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("A caption has at most 300 characters."))
        return [line for line in lines if line]

    def clean(self) -> dict[str, Any]:
        """Ask twice before an event is entered as held with nobody."""
        cleaned = self.cleaned_data
        nobody = cleaned.get("children") == 0 and cleaned.get("adults") == 0
        if nobody and not cleaned.get("nobody_came"):
            self.add_error(
                "nobody_came", _("Both numbers are zero. Confirm that nobody came, or enter them.")
            )
        return cleaned

    @property
    def asks_about_nobody(self) -> bool:
        """Whether the question about nobody is to be shown."""
        return "nobody_came" in self.errors or bool(self["nobody_came"].value())


class MediaForm(forms.Form):
    """Where the media told of it; an empty row counts for nothing."""

    url = forms.URLField(label=_("link"), max_length=500, required=False, assume_scheme="https")
    outlet = forms.CharField(label=_("media outlet"), max_length=200, required=False)
    title = forms.CharField(label=_("headline"), max_length=300, required=False)
    published_on = forms.DateField(label=_("published on"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """A row that says anything needs its link."""
        cleaned = self.cleaned_data
        rest = ("outlet", "title", "published_on")
        if not cleaned.get("url") and any(cleaned.get(name) for name in rest):
            self.add_error("url", _("Give the link."))
        return cleaned

    @property
    def link(self) -> MediaLink | None:
        """The row as the action takes it."""
        data = getattr(self, "cleaned_data", {})
        if not data.get("url"):
            return None
        return MediaLink(
            url=data["url"],
            outlet=data["outlet"],
            title=data["title"],
            published_on=data["published_on"],
        )


MediaFormSet = forms.formset_factory(MediaForm, extra=1, max_num=30, validate_max=True)


class DeadlinesForm(RevisedForm, forms.Form):
    """The days on which plans and returns are due."""

    plans_due_on = forms.DateField(label=_("plans are due on"), required=False, widget=DateInput())
    returns_due_on = forms.DateField(
        label=_("returns are due on"), required=False, widget=DateInput()
    )


class LetterForm(forms.Form):
    """A letter to those responsible for a region."""

    text = forms.CharField(label=_("letter"), max_length=4000, widget=forms.Textarea({"rows": 7}))

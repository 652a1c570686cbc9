"""What people type into plans."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import Format
from bala.kernel.public_ids import ALPHABET, LENGTH, new_public_id
from bala.programme.enums import PlanStatus
from bala.programme.models import Activity, Block, PlanItem
from bala.programme.queries.plan_cells import LABELS, CellFault, PlanWords, read_cell, typed
from bala.programme.queries.plans import ORDERS, PlanFilter
from bala.territory.enums import VenueKind
from bala.territory.models import District

TITLES = ("title_kk", "title_ru", "title_en")


class CellField(forms.CharField):
    """A text that means what the same cell of the table means; cleans to fields of PlanItem."""

    def __init__(self, column: str, **kwargs: Any) -> None:
        self.column = column
        self.words: PlanWords | None = None
        kwargs.setdefault("label", LABELS[column])
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Return the fields that the text sets."""
        text = super().clean(value)
        if self.words is None:
            raise ValueError("A CellField wants to know the words of its plan")
        try:
            return read_cell(self.words, self.column, text)
        except CellFault as fault:
            raise forms.ValidationError(str(fault.message), code=fault.code) from fault


class ActivityField(forms.ModelChoiceField[Activity]):
    """A choice among the activities, by block."""

    def label_from_instance(self, obj: Any) -> str:
        """Return «1.3 Семейные спортивные эстафеты»."""
        return f"{obj.block.number}.{obj.number} {obj.title}"


class PlanItemForm(forms.Form):
    """All that a row plans, on a page of its own."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    key = forms.RegexField(
        f"^[{ALPHABET}]{{{LENGTH}}}$",
        widget=forms.HiddenInput,
        required=False,
        initial=new_public_id,
    )
    activity = ActivityField(
        queryset=Activity.objects.none(), to_field_name="public_id", label=LABELS["activity"]
    )
    title_kk = forms.CharField(label=_("Title in Kazakh"), max_length=300, required=False)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    organisation = CellField(
        "organisation",
        required=False,
        help_text=_("Name or code, as in the list of organisations of the region."),
    )
    district = forms.ModelChoiceField(
        queryset=District.objects.none(),
        to_field_name="code",
        label=LABELS["district"],
        required=False,
        empty_label=_("The whole region"),
    )
    responsible = CellField("responsible", required=False)
    dates = CellField(
        "dates", help_text=_("29.05.2021, 1-15 июня, 29 и 31 мая, Май-июнь 2021 года, 2 квартал")
    )
    time = CellField("time", required=False, help_text=_("15:00 or 15:00-17:30, local time"))
    format = forms.ChoiceField(label=LABELS["format"], choices=Format.choices)
    place = CellField("place", required=False)
    venue_kind = forms.ChoiceField(
        label=_("Kind of venue"), choices=[("", "–"), *VenueKind.choices], required=False
    )
    venue_capacity = forms.IntegerField(
        label=_("Seats of the venue"), required=False, min_value=0, max_value=1_000_000
    )
    venue_area_m2 = forms.DecimalField(
        label=_("Area of the venue, m²"),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=1,
    )
    adaptations = forms.CharField(
        label=_("Adaptations of the venue"),
        required=False,
        max_length=300,
        help_text=_("A ramp, sign language, a quiet room…"),
    )
    children = CellField("children", required=False)
    adults = CellField("adults", required=False)
    funding = CellField("funding", required=False)
    tenge = CellField("tenge", required=False)
    completion = CellField(
        "completion",
        required=False,
        help_text=_("What is left of it: a media item, an exhibition, a video, information"),
    )

    def __init__(
        self,
        *args: Any,
        words: PlanWords,
        districts: Iterable[District],
        item: PlanItem | None = None,
        **kwargs: Any,
    ) -> None:
        if item is not None:
            kwargs["initial"] = {**initial_of(item), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = (  # type: ignore[attr-defined]
            words.campaign.activities.filter(withdrawn_at__isnull=True)
            .select_related("block")
            .order_by("block__number", "number")
        )
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, CellField):
                field.words = words
        self.fields["organisation"].widget.attrs["list"] = "organisations"

    def values(self) -> dict[str, Any]:
        """Return the fields of PlanItem that the form sets; only for a valid form."""
        given = self.cleaned_data
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            if isinstance(field, CellField):
                values |= given[name]
            elif name not in ("revision", "key"):
                values[name] = given[name]
        return values


def initial_of(item: PlanItem) -> dict[str, Any]:
    """Return a row as the form shows it."""
    shown: dict[str, Any] = {
        name: typed(item, name)
        for name in LABELS
        if name not in ("activity", "district", "format", "title")
    }
    return shown | {
        "revision": item.revision,
        "activity": item.activity.public_id,
        "district": item.district.code if item.district else "",
        "format": item.format,
        "venue_kind": item.venue_kind,
        "venue_capacity": item.venue_capacity,
        "venue_area_m2": item.venue_area_m2,
        "adaptations": item.adaptations,
        **{name: getattr(item, name) for name in TITLES},
    }


class FilterForm(forms.Form):
    """What narrows the table."""

    text = forms.CharField(label=_("Search"), required=False, max_length=100)
    block = forms.TypedChoiceField(
        label=_("Block"), required=False, coerce=int, empty_value=None, choices=[]
    )
    activity = forms.CharField(label=LABELS["activity"], required=False, max_length=LENGTH)
    status = forms.ChoiceField(label=_("Status"), required=False)
    district = forms.TypedChoiceField(
        label=LABELS["district"], required=False, coerce=int, empty_value=None, choices=[]
    )
    organisation = forms.CharField(label=LABELS["organisation"], required=False, max_length=100)
    format = forms.ChoiceField(label=LABELS["format"], required=False)
    starts = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    ends = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(
        self, *args: Any, blocks: Iterable[Block], words: PlanWords, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        any_choice = ("", _("all"))
        self._choose("block", [any_choice, *((b.number, f"{b.number}. {b.title}") for b in blocks)])
        self._choose("status", [any_choice, *PlanStatus.choices])
        self._choose("format", [any_choice, *Format.choices])
        self._choose("district", [any_choice, *((d.pk, d.name) for d in words.districts)])
        self.fields["activity"].widget = forms.Select(
            choices=[
                any_choice,
                *(
                    (a.public_id, f"{a.block.number}.{a.number} {a.title}"[:80])
                    for a in words.activities
                ),
            ]
        )

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> PlanFilter:
        """Return what is asked for; what cannot be read narrows nothing."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return PlanFilter(**{name: given[name] for name in self.fields if given.get(name)})


class SortForm(forms.Form):
    """By which column, which way, and from where on."""

    sort = forms.ChoiceField(choices=[(name, name) for name in ORDERS], required=False)
    down = forms.BooleanField(required=False)
    cursor = forms.CharField(required=False, max_length=2000)


class StatusForm(forms.Form):
    """A step of one row."""

    status = forms.ChoiceField(label=_("Status"), choices=[])
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("Wanted when a row is cancelled or moved."),
        widget=forms.Textarea({"rows": 2}),
    )
    dates = CellField("dates", required=False, label=_("New dates"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, steps: Iterable[PlanStatus], words: PlanWords, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(s.value, s.label) for s in steps]  # type: ignore[attr-defined]
        dates = self.fields["dates"]
        if isinstance(dates, CellField):
            dates.words = words
        self._moves = self.data.get(self.add_prefix("status")) == PlanStatus.MOVED
        if not self._moves:
            del self.fields["dates"]
            if not self.is_bound and PlanStatus.MOVED in steps:
                self.fields["dates"] = dates

    def values(self) -> dict[str, Any] | None:
        """Return the new dates, or None."""
        return self.cleaned_data.get("dates") if self._moves else None


class CarryForm(forms.Form):
    """The districts to which rows are carried."""

    districts = forms.ModelMultipleChoiceField(
        queryset=District.objects.none(),
        to_field_name="code",
        label=_("Districts"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, districts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["districts"].queryset = districts  # type: ignore[attr-defined]


class BulkForm(forms.Form):
    """What is done with the rows that are ticked."""

    do = forms.ChoiceField(
        label=_("With the ticked rows"),
        choices=[
            ("planned", _("into the plan")),
            ("approved", _("approve")),
            ("draft", _("back to the drafts")),
            ("cancelled", _("cancel, with a reason")),
            ("carry", _("carry to districts")),
            ("delete", _("delete drafts")),
        ],
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
    rows = forms.CharField(required=False)


class CellsForm(forms.Form):
    """One or more cells of a row as the table sends them, with the row's revision."""

    revision = forms.IntegerField(min_value=1)

    def __init__(self, *args: Any, words: PlanWords, item: PlanItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        for column in LABELS:
            if column in self.data:
                field = CellField(column, required=False)
                field.words = words
                self.fields[column] = field

    def values(self) -> dict[str, Any]:
        """Return the fields of PlanItem that the cells set."""
        values: dict[str, Any] = {}
        for name in self.columns:
            values |= self.cleaned_data[name]
        if "title" in self.columns and self.item.title:
            # What one edits is the title that one sees, unless the new text is plainly Kazakh.
            ((name, text),) = self.cleaned_data["title"].items()
            if name != "title_kk":
                values.pop(name)
                values[f"title_{self.item.title.language}"] = text
        return values

    @property
    def columns(self) -> list[str]:
        """The columns that were sent."""
        return [name for name in self.fields if name != "revision"]

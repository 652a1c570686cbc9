"""What people type about the country: organisations, districts, sanitary rules."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from bala.kernel.dates import format_numeric
from bala.kernel.revisions import RowConflict
from bala.territory.enums import DistrictKind, OrganisationKind, Zone
from bala.territory.models import DISTRICT_CODE, District, Organisation, Region, SanitaryLimit


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RevisedForm(forms.BaseForm):
    """A form over a row that another may be writing: it knows which revision was on the screen."""

    def __init__(self, *args: Any, revision: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=revision, required=False, min_value=0
        )

    @property
    def revision(self) -> int:
        """The revision that the person saw; 0 of a new row."""
        return self.cleaned_data.get("revision") or 0

    def stands(self, row: Any, name: str) -> str:
        """What a field of the row says now, in words."""
        value = getattr(row, name)
        choices = dict(getattr(self.fields[name], "choices", ()) or ())
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, date):
            return format_numeric(value)
        if isinstance(value, Model) or value not in choices:
            return "–" if value in (None, "") else str(value)
        return str(choices[value])

    def tell(self, conflict: RowConflict) -> None:
        """Say beside each field what another person wrote, and send mine over it next time."""
        for name in conflict.fields:
            text = _("Now stands here: “%(text)s”. What you typed is kept in the field.")
            self.add_error(name, text % {"text": self.stands(conflict.theirs, name)})
        seen = {self.add_prefix("revision"): str(conflict.theirs.revision)}
        self.data = dict(self.data.items()) | seen


class DecreeForm(RevisedForm, forms.Form):
    """The zones from a day on: one choice for each region."""

    effective_on = forms.DateField(label=_("in force from"), widget=DayInput())
    number = forms.CharField(label=_("number of the decree"), max_length=120, required=False)

    def __init__(self, *args: Any, regions: list[Region], zones: dict[int, Zone], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.regions = regions
        for region in regions:
            self.fields[f"zone_{region.pk}"] = forms.ChoiceField(
                label=region.name,
                choices=Zone.choices,
                initial=zones.get(region.pk, Zone.GREEN),
            )

    def zones(self) -> dict[int, Zone]:
        """The zone chosen for each region, by its id."""
        return {r.pk: Zone(self.cleaned_data[f"zone_{r.pk}"]) for r in self.regions}


class LimitForm(RevisedForm, forms.ModelForm[SanitaryLimit]):
    """A limit by zone and kind of venue."""

    class Meta:
        model = SanitaryLimit
        fields = (
            "venue_kind",
            "zone",
            "region",
            "max_occupancy_percent",
            "max_people",
            "min_m2_per_person",
            "decree_number",
            "valid_from",
            "valid_until",
            "note",
        )
        labels = {
            "venue_kind": _("kind of venue"),
            "zone": _("zone"),
            "region": _("region"),
            "max_occupancy_percent": _("at most, % of the seats"),
            "max_people": _("at most, people"),
            "min_m2_per_person": _("at least, m² for each person"),
            "decree_number": _("number of the decree"),
            "valid_from": _("in force from"),
            "valid_until": _("in force until"),
            "note": _("note"),
        }
        help_texts = {
            "zone": _("Without a zone: in every zone."),
            "region": _("Without a region: in the whole country."),
        }
        widgets = {"valid_from": DayInput(), "valid_until": DayInput()}

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def clean(self) -> dict[str, Any]:
        """A limit limits something, and ends after it starts."""
        cleaned = super().clean() or self.cleaned_data
        names = ("max_occupancy_percent", "max_people", "min_m2_per_person")
        if all(cleaned.get(name) is None for name in names) and not self.errors:
            self.add_error("max_people", _("Say what is limited: a share, a number or an area."))
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("The last day lies before the first."))
        if (cleaned.get("max_occupancy_percent") or 0) > 100:
            self.add_error("max_occupancy_percent", _("A share has at most 100 per cent."))
        return cleaned


class ListFileForm(forms.Form):
    """A list as a file."""

    file = forms.FileField(
        label=_("file, .xlsx or .csv"),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx,.txt,.tsv"}),
    )


class OrganisationForm(RevisedForm, forms.ModelForm[Organisation]):
    """A school, museum, state body…"""

    website = forms.URLField(
        label=_("website"), max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = Organisation
        fields = (
            "kind",
            "region",
            "district",
            "name_kk",
            "name_ru",
            "name_en",
            "external_code",
            "address",
            "phone",
            "email",
            "website",
            "is_active",
        )
        labels = {"region": _("region"), "district": _("district"), "is_active": _("works")}

    def __init__(self, *args: Any, region_ids: frozenset[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = (
            Region.objects.all() if region_ids is None else Region.objects.filter(pk__in=region_ids)
        )
        self.fields["region"] = forms.ModelChoiceField(
            regions, label=_("region"), initial=regions.first() if regions.count() == 1 else None
        )
        self.fields["district"] = forms.ModelChoiceField(
            District.objects.filter(
                Q(is_active=True) | Q(pk=self.instance.district_id), region__in=regions
            ).select_related("region"),
            label=_("district"),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """The district lies in the region; there is a name; the code is not taken."""
        cleaned = super().clean() or self.cleaned_data
        district, region = cleaned.get("district"), cleaned.get("region")
        if district and region and district.region_id != region.pk:
            self.add_error("district", _("The district lies in another region."))
        if not any(cleaned.get(f"name_{code}") for code in ("kk", "ru", "en")):
            self.add_error("name_kk", _("Give a name in at least one language."))
        code = cleaned.get("external_code")
        if code and region:
            taken = Organisation.objects.filter(region=region, external_code=code)
            if taken.exclude(pk=self.instance.pk).exists():
                self.add_error("external_code", _("An organisation of this region has this code."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class DistrictForm(RevisedForm, forms.ModelForm[District]):
    """A district or city."""

    class Meta:
        model = District
        fields = ("region", "kind", "code", "name_kk", "name_ru", "name_en", "is_active")
        labels = {
            "region": _("region"),
            "kind": _("kind"),
            "code": _("code"),
            "name_kk": _("name in Kazakh"),
            "name_ru": _("name in Russian"),
            "name_en": _("name in English"),
            "is_active": _("exists"),
        }
        help_texts = {
            "code": _("By the state classifier (KATO), or one of your own."),
            "is_active": _(
                "A district that was closed or merged is not offered any more; what was planned and "
                "held there stays."
            ),
        }

    def __init__(self, *args: Any, region_ids: frozenset[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = (
            Region.objects.all() if region_ids is None else Region.objects.filter(pk__in=region_ids)
        )
        self.fields["region"] = forms.ModelChoiceField(
            regions,
            label=_("region"),
            initial=regions.first() if regions.count() == 1 else None,
            disabled=bool(self.instance.pk),
        )
        if not self.instance.pk:
            del self.fields["is_active"]

    def clean_code(self) -> str:
        """A code can stand in an address."""
        code = str(self.cleaned_data["code"]).strip()
        if not DISTRICT_CODE.fullmatch(code):
            raise forms.ValidationError(_("A code has letters, digits, dots and dashes only."))
        return code

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        return {n: self.cleaned_data[n] for n in self.Meta.fields if n in self.cleaned_data}


class DistrictFilter(forms.Form):
    """Narrowing the list of districts."""

    q = forms.CharField(label=_("name or code"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("kind"), choices=[("", _("every kind")), *DistrictKind.choices], required=False
    )
    region = forms.ModelChoiceField(Region.objects.none(), required=False)
    closed = forms.BooleanField(label=_("closed ones too"), required=False)

    def __init__(self, *args: Any, regions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = forms.ModelChoiceField(
            regions,
            label=_("region"),
            required=False,
            to_field_name="iso_code",
            empty_label=_("every region"),
        )


class OrganisationFilter(forms.Form):
    """Narrowing the list of organisations."""

    q = forms.CharField(label=_("name or code"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("kind"), choices=[("", _("every kind")), *OrganisationKind.choices], required=False
    )
    region = forms.ModelChoiceField(Region.objects.none(), label=_("region"), required=False)
    district = forms.ModelChoiceField(District.objects.none(), label=_("district"), required=False)

    def __init__(self, *args: Any, regions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = forms.ModelChoiceField(
            regions,
            label=_("region"),
            required=False,
            to_field_name="iso_code",
            empty_label=_("every region"),
        )
        chosen = self.data.get("region", "")
        districts = District.objects.filter(region__in=regions, region__iso_code=chosen)
        self.fields["district"] = forms.ModelChoiceField(
            districts,
            label=_("district"),
            required=False,
            to_field_name="code",
            empty_label=_("every district"),
        )

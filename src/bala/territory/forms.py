"""What people type about the country: organisations, districts, sanitary rules; choices of regions."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from bala.kernel.revised_forms import RevisedForm
from bala.territory.enums import DistrictKind, OrganisationKind, Zone
from bala.territory.models import DISTRICT_CODE, District, Organisation, Region, SanitaryLimit
from bala.territory.queries.regions import in_order


class _InOrder(ModelChoiceIterator):  # type: ignore[type-arg]
    """Gives the regions in Kazakh order of the names in force: no column of theirs knows it."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for region in in_order(self.queryset.all()):
            yield self.choice(region)


class RegionField(forms.ModelChoiceField[Region]):
    """One region, named and sorted as in the year of the campaign at work."""

    iterator = _InOrder


class RegionsField(forms.ModelMultipleChoiceField[Region]):
    """Several regions, named and sorted as in the year of the campaign at work."""

    iterator = _InOrder


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


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
        field_classes = {"region": RegionField}
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


class _InRegion(RevisedForm):
    """A form over something that lies in one of the regions within a person's reach."""

    def __init__(self, *args: Any, region_ids: frozenset[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = Region.objects.order_by("pk")
        self.regions = everywhere if region_ids is None else everywhere.filter(pk__in=region_ids)
        only = self.regions.first() if region_ids is not None and len(region_ids) == 1 else None
        self.fields["region"] = RegionField(self.regions, label=_("region"), initial=only)


class _ByRegion(forms.Form):
    """Narrowing a list by a region within a person's reach."""

    region = RegionField(
        Region.objects.none(),
        label=_("region"),
        required=False,
        to_field_name="iso_code",
        empty_label=_("every region"),
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, RegionField)  # noqa: S101 - for the type checker
        field.queryset = regions


class ListFileForm(forms.Form):
    """A list as a file."""

    file = forms.FileField(
        label=_("file, .xlsx or .csv"),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx,.txt,.tsv"}),
    )


class OrganisationForm(_InRegion, forms.ModelForm[Organisation]):
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"] = forms.ModelChoiceField(
            District.objects.filter(
                Q(is_active=True) | Q(pk=self.instance.district_id), region__in=self.regions
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


class DistrictForm(_InRegion, forms.ModelForm[District]):
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].disabled = bool(self.instance.pk)
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


class DistrictFilter(_ByRegion):
    """Narrowing the list of districts."""

    q = forms.CharField(label=_("name or code"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("kind"), choices=[("", _("every kind")), *DistrictKind.choices], required=False
    )
    closed = forms.BooleanField(label=_("closed ones too"), required=False)
    field_order = ("q", "kind", "region", "closed")


class OrganisationFilter(_ByRegion):
    """Narrowing the list of organisations."""

    q = forms.CharField(label=_("name or code"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("kind"), choices=[("", _("every kind")), *OrganisationKind.choices], required=False
    )
    district = forms.ModelChoiceField(
        District.objects.none(),
        label=_("district"),
        required=False,
        to_field_name="code",
        empty_label=_("every district"),
    )
    field_order = ("q", "kind", "region", "district")

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, **kwargs)
        field = self.fields["district"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        chosen = self.data.get("region", "")
        field.queryset = District.objects.filter(region__in=regions, region__iso_code=chosen)

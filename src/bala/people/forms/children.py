"""What a guardian types about a child, and about consents."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.public_ids import new_public_id
from bala.people.actions.children import (
    ChildData,
    DistrictElsewhere,
    NotAChild,
    SurnameShown,
    add_child,
    edit_child,
)
from bala.people.enums import CHOSEN_KINDS, GuardianshipKind, Language
from bala.people.forms.birth_date import BirthDateField
from bala.people.models import Account, Child
from bala.people.queries.families import schools_named
from bala.people.queries.names import clean_optional_name
from bala.territory.forms import RegionField
from bala.territory.models import District, Organisation, Region
from bala.territory.queries import regions_of_year

_KINDS = [(kind.value, kind.label) for kind in CHOSEN_KINDS]


class ChildForm(forms.Form):
    """A child of the family. With `child` it changes one, else it adds one to `guardian`."""

    kind = forms.ChoiceField(
        label=_("You are the child's"), choices=_KINDS, widget=forms.RadioSelect
    )
    given_name = forms.CharField(
        label=_("First name"),
        widget=forms.TextInput(attrs={"maxlength": 200, "autocomplete": "off"}),
    )
    family_name = forms.CharField(
        label=_("Surname"),
        required=False,
        help_text=_("Never shown to the public. Needed only for certificates."),
        widget=forms.TextInput(attrs={"maxlength": 200, "autocomplete": "off"}),
    )
    pseudonym = forms.CharField(
        label=_("Name shown to others"),
        max_length=60,
        required=False,
        help_text=_("If you would rather not show the first name: any other name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born_on = BirthDateField(label=_("Date of birth"))
    region = RegionField(Region.objects.none(), label=_("Region"))
    district = forms.ModelChoiceField(
        District.objects.none(), label=_("District or city"), required=False
    )
    school = forms.CharField(
        label=_("School or kindergarten"),
        max_length=300,
        required=False,
        help_text=_("Begin with its name or number and choose. Never shown to the public."),
        widget=forms.TextInput(attrs={"list": "schools", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("The child's language"), choices=Language.choices)
    needs = forms.CharField(
        label=_("What helps the child to take part"),
        required=False,
        max_length=1000,
        help_text=_(
            "For example: sign language, a wheelchair, large print. Kept encrypted; only the host "
            "of an event that the child is signed up for reads it. No diagnoses, please."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, *args: Any, guardian: Account, child: Child | None = None, **kwargs: Any
    ) -> None:
        self.guardian, self.child = guardian, child
        if child is not None:
            kwargs["initial"] = self._initial(child)
        else:
            kwargs["initial"] = {
                "once": new_public_id(),
                "language": (get_language() or "kk")[:2],
                **(kwargs.get("initial") or {}),
            }
        super().__init__(*args, **kwargs)
        if child is not None:
            del self.fields["kind"], self.fields["once"]
        else:
            del self.fields["revision"]
        regions = regions_of_year(clock.today().year)
        self._set("region", regions)
        districts = District.objects.filter(region__in=regions).select_related("region")
        self._set("district", districts)
        grouped: dict[str, list[tuple[int, str]]] = {}
        for district in districts.order_by("region__sort_key", "sort_key", "pk"):
            grouped.setdefault(str(district.region), []).append((district.pk, str(district)))
        self.fields["district"].widget.choices = [("", "—"), *grouped.items()]
        self.schools: list[Organisation] = []

    def _set(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = queryset

    @staticmethod
    def _initial(child: Child) -> dict[str, Any]:
        kept = {
            name: getattr(child, name)
            for name in (
                *("given_name", "family_name", "pseudonym", "born_on", "region", "district"),
                *("language", "needs", "revision"),
            )
        }
        return {**kept, "school": child.school.name if child.school else ""}

    def clean_given_name(self) -> str:
        """Take a name, and nothing else."""
        return self._name("given_name")

    def clean_family_name(self) -> str:
        """Take a name, and nothing else."""
        return self._name("family_name")

    def clean_pseudonym(self) -> str:
        """Take a name, and nothing else."""
        return self._name("pseudonym")

    def _name(self, field: str) -> str:
        try:
            return clean_optional_name(self.cleaned_data[field])
        except PersonError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Find the school in the region; let the district be the region's."""
        cleaned = super().clean() or {}
        region, district = cleaned.get("region"), cleaned.get("district")
        if region and district and district.region_id != region.pk:
            self.add_error("district", _("This district lies in another region."))
        text = (cleaned.get("school") or "").strip()
        cleaned["school"] = None
        if text and region:
            cleaned["school"] = self._school(region, text)
        return cleaned

    def _school(self, region: Region, text: str) -> Organisation | None:
        known = self.child.school if self.child else None
        if known is not None and known.name == text and known.region_id == region.pk:
            return known
        exact = Q(name_kk__iexact=text) | Q(name_ru__iexact=text) | Q(name_en__iexact=text)
        found = list(schools_named(region, "").filter(exact)[:2]) or list(
            schools_named(region, text)[:8]
        )
        if len(found) == 1:
            return found[0]
        if found:
            self.schools = found
            self.add_error("school", _("Several schools are called so: choose one of the list."))
        else:
            self.add_error(
                "school", _("No school of this region is called so. You can leave it empty.")
            )
        return None

    def save(self) -> Child | None:
        """Add or change the child; None when a rule spoke against it: its words are at the field.

        Raises EditConflict.
        """
        data = ChildData(
            **{
                name: self.cleaned_data[name]
                for name in (
                    *("given_name", "family_name", "pseudonym", "born_on", "region"),
                    *("district", "school", "needs"),
                )
            },
            language=Language(self.cleaned_data["language"]),
        )
        try:
            if self.child is not None:
                revision = self.cleaned_data["revision"]
                return edit_child(
                    child=self.child, data=data, revision=-1 if revision is None else revision
                )
            return add_child(
                guardian=self.guardian,
                kind=GuardianshipKind(self.cleaned_data["kind"]),
                data=data,
                once=self.cleaned_data["once"],
            )
        except NotAChild as error:
            self.add_error("born_on", str(error))
        except SurnameShown as error:
            self.add_error("pseudonym" if data.pseudonym else "given_name", str(error))
        except DistrictElsewhere as error:
            self.add_error("district", str(error))
        return None

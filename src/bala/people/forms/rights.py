"""What a person types about rights."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bala.people.access import GivingReach
from bala.people.actions import give_role
from bala.people.enums import Language, Role
from bala.people.models import RoleGrant
from bala.territory.forms import RegionField
from bala.territory.models import District, Organisation, Region


class GiveRoleForm(forms.Form):
    """Who gets which role, where and why."""

    email = forms.EmailField(label=_("e-mail"), max_length=254)
    full_name = forms.CharField(
        label=_("full name"), max_length=200, help_text=_("Used when the person is new here.")
    )
    language = forms.ChoiceField(label=_("language of letters"), choices=Language.choices)
    role = forms.ChoiceField(label=_("role"))
    region = RegionField(Region.objects.none(), label=_("region"), required=False)
    district = forms.ModelChoiceField(
        District.objects.none(),
        label=_("district"),
        required=False,
        help_text=_("Empty: the whole region."),
    )
    organisation = forms.CharField(
        label=_("organisation"),
        required=False,
        max_length=300,
        help_text=_(
            "For hosts and representatives: the name or code of the organisation as it stands in "
            "the list."
        ),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    block = forms.IntegerField(
        label=_("block"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("For jurors and moderators: the number of a block. Empty: every block."),
    )
    reason = forms.CharField(
        label=_("reason"),
        max_length=300,
        required=False,
        help_text=_("For example, an order's number."),
    )

    def __init__(self, *args: Any, reach: GivingReach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        self.role_field.choices = [(role.value, role.label) for role in reach.roles]
        regions = Region.objects.order_by("pk")
        districts = District.objects.filter(is_active=True).select_related("region")
        if reach.region_ids is not None:
            regions = regions.filter(pk__in=reach.region_ids)
            districts = districts.filter(region_id__in=reach.region_ids)
        self._choices("region").queryset = regions
        self._choices("district").queryset = districts

    @property
    def role_field(self) -> forms.ChoiceField:
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        return field

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def organisations(self) -> list[Organisation]:
        """Organisations to propose while typing: the first hundred of the reach."""
        return list(self._organisations()[:100])

    def _organisations(self) -> Any:
        found = Organisation.objects.filter(is_active=True)
        if self.reach.region_ids is not None:
            found = found.filter(region_id__in=self.reach.region_ids)
        return found.order_by("sort_key", "pk")

    def clean_organisation(self) -> Organisation | None:
        """Find the one organisation of that name or code."""
        text = self.cleaned_data["organisation"].strip()
        if not text:
            return None
        named = Q(name_kk__iexact=text) | Q(name_ru__iexact=text) | Q(name_en__iexact=text)
        found = list(self._organisations().filter(named | Q(external_code=text))[:2])
        if not found:
            raise forms.ValidationError(_("No organisation has this name or code."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several organisations are called so: give the code."))
        organisation: Organisation = found[0]
        return organisation

    def clean(self) -> dict[str, Any]:
        """Let district and region fit each other."""
        cleaned = super().clean() or {}
        region, district = cleaned.get("region"), cleaned.get("district")
        if district is not None and region is None:
            cleaned["region"] = district.region
        elif district is not None and region is not None and district.region_id != region.pk:
            self.add_error("district", _("This district lies in another region."))
        return cleaned

    def save(self) -> RoleGrant:
        """Give the role."""
        data = self.cleaned_data
        return give_role(
            reach=self.reach,
            email=data["email"],
            full_name=data["full_name"],
            language=data["language"],
            role=Role(data["role"]),
            region=data["region"],
            district=data["district"],
            organisation=data["organisation"],
            block=data["block"],
            reason=data["reason"],
        )

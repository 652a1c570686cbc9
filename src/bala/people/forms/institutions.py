"""What a representative of an institution and a teacher type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.people.actions.groups import GroupData, keep_group
from bala.people.enums import ConsentPurpose
from bala.people.models import Account, ClassGroup
from bala.territory.models import Organisation


class ListForm(forms.Form):
    """A list of children."""

    file = forms.FileField(
        label=_("List of children (.xlsx or .csv)"),
        help_text=_("Columns: first name, surname, date of birth, language. No personal numbers."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class PaperConsentForm(forms.Form):
    """Consents that were signed on paper."""

    purposes = forms.MultipleChoiceField(
        label=_("Consented to"),
        choices=ConsentPurpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    number = forms.CharField(
        label=_("Number of the document"),
        max_length=160,
        help_text=_("For example: order No. 17, or the number in the register of consents."),
    )
    signed_on = forms.DateField(
        label=_("Day on which it was signed"), widget=forms.DateInput(attrs={"type": "date"})
    )
    whom = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            ("all", _("all children of the institution")),
            ("chosen", _("those ticked below")),
        ],
        widget=forms.RadioSelect,
        initial="chosen",
    )


class GroupForm(forms.Form):
    """A class or group as numbers."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=60,
        help_text=_("For example: 5 «A». No names of children."),
    )
    boys = forms.IntegerField(label=_("Boys"), min_value=0, max_value=200)
    girls = forms.IntegerField(label=_("Girls"), min_value=0, max_value=200)
    age_from = forms.IntegerField(label=_("Age of the youngest"), min_value=1, max_value=20)
    age_to = forms.IntegerField(label=_("Age of the eldest"), min_value=1, max_value=20)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        *args: Any,
        keeper: Account,
        organisations: Any,
        group: ClassGroup | None = None,
        **kwargs: Any,
    ) -> None:
        self.keeper, self.group = keeper, group
        names = ("organisation", "name", "boys", "girls", "age_from", "age_to", "revision")
        if group is not None:
            kwargs["initial"] = {name: getattr(group, name) for name in names}
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = organisations
        field.empty_label = None
        if group is not None:
            del self.fields["organisation"]

    def save(self) -> ClassGroup:
        """Keep the group; raises what keep_group raises."""
        data = self.cleaned_data
        organisation = self.group.organisation if self.group else data["organisation"]
        return keep_group(
            account=self.keeper,
            organisation=organisation,
            data=GroupData(**{n: data[n] for n in ("name", "boys", "girls", "age_from", "age_to")}),
            group=self.group,
            revision=-1 if data["revision"] is None else data["revision"],
        )

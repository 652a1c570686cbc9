"""How a visitor narrows the programme: a plain GET form, and links that keep the rest."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import Format
from bala.programme.models import Block
from bala.programme.queries.public import AGE_BANDS
from bala.territory.models import Region


class ProgrammeFilter(forms.Form):
    """Every field is optional; what cannot be read is left out rather than complained about."""

    q = forms.CharField(
        label=_("What to look for"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    block = forms.ChoiceField(label=_("Block"), required=False)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    format = forms.ChoiceField(label=_("How it is held"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False)
    activity = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    organisation = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, blocks: list[Block], regions: list[Region]) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "region": [
                ("", _("The whole country")),
                *((region.iso_code, region.name) for region in regions),
            ],
            "block": [
                ("", _("All blocks")),
                *((str(block.number), f"{block.number}. {block.title}") for block in blocks),
            ],
            "format": [
                ("", _("Any")),
                (Format.ON_SITE, _("in person")),
                (Format.ONLINE, _("online")),
            ],
            "age": [("", _("Any age")), *((band, band.replace("-", "–")) for band in AGE_BANDS)],
        }
        for name, offered in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = offered

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen and can be read, by the name of the field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

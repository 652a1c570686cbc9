"""What a person types on pages that cross rooms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import Format, Level


class SampleForm(forms.Form):
    """One field of each sort, for the style guide."""

    title = forms.CharField(
        label=_("Title of the event"),
        help_text=_("As it will stand on the poster, up to 120 letters"),
    )
    email = forms.EmailField(label=_("E-mail"))
    kind = forms.ChoiceField(
        label=_("How it is held"),
        choices=Format.choices,
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=0)
    level = forms.ChoiceField(
        label=_("Level"),
        widget=forms.RadioSelect,
        choices=Level.choices,
        initial=Level.REGION,
    )
    about = forms.CharField(
        label=_("About"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    document = forms.FileField(label=_("Document"), required=False)
    locked = forms.CharField(label=_("Cannot be changed"), disabled=True, required=False)
    agreed = forms.BooleanField(label=_("I have read the rules and agree"))

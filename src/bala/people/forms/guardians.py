"""Second guardians: invited, accepted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.people.enums import CHOSEN_KINDS, Language

KINDS = [(kind.value, kind.label) for kind in CHOSEN_KINDS]


class InviteForm(forms.Form):
    """Whom the letter goes to."""

    email = forms.EmailField(
        label=_("E-mail of the other parent or guardian"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)


class AcceptForm(forms.Form):
    """By which right the person represents the child."""

    kind = forms.ChoiceField(
        label=_("You are the child's"), choices=KINDS, widget=forms.RadioSelect
    )
    lawful = forms.BooleanField(
        label=_("I am of age and a legal representative of this child."),
        error_messages={"required": _("Only a legal representative can accept.")},
    )

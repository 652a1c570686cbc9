"""What a guardian confirms before the family is erased."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """A tick that says: I have understood."""

    understood = forms.BooleanField(
        label=_("I have understood that it cannot be undone once it is done."),
        error_messages={"required": _("Tick this if you want everything to be erased.")},
    )

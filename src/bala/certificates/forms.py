"""What people type."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code of a certificate, to check it."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        max_length=200,
        help_text=_("Sixteen letters and digits beside the QR. Blanks do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )

"""A child's own sign-in: what the guardian chooses, what the child types."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Name and password that a guardian chooses for a child; both are proposed."""

    name = forms.CharField(
        label=_("Name to sign in with"),
        max_length=30,
        help_text=_("Latin letters, digits and hyphens. Nothing that tells who the child is."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=100,
        help_text=_("Write it down for the child: it is not shown again."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class ChildSignInForm(forms.Form):
    """What a child types to sign in."""

    name = forms.CharField(
        label=_("Your name here"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Your secret word"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

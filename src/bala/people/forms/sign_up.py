"""How a guardian opens an account."""

from typing import Any, ClassVar

from allauth.account.forms import ResetPasswordKeyForm, SignupForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock, limits
from bala.kernel.errors import PersonError
from bala.kernel.guarded_forms import Allowance, GuardedForm
from bala.people.actions import confirm_address
from bala.people.enums import Language
from bala.people.forms.birth_date import BirthDateField
from bala.people.queries.families import age_on
from bala.people.queries.names import clean_name


class FamilySignUpForm(GuardedForm, SignupForm):  # type: ignore[misc] # allauth is untyped
    """Name, e-mail, password, language; the date of birth is looked at once and not kept."""

    allowance: ClassVar[Allowance] = Allowance("people.sign_up", with_proof=60, without=5)
    field_order = [
        "full_name",
        "email",
        "password1",
        "born_on",
        "language",
        "proof",
    ]

    full_name = forms.CharField(
        label=_("Your name and surname"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    born_on = BirthDateField(
        label=_("Your date of birth"),
        help_text=_("Only to see that you are grown up. We do not keep it."),
        autocomplete=True,
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=Language.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, visitor=limits.visitor(context.request), **kwargs)
        self.fields["language"].initial = (get_language() or "kk")[:2]
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["password1"].widget.attrs.pop("placeholder", None)

    def clean_full_name(self) -> str:
        """Take a name, and nothing else."""
        try:
            return clean_name(self.cleaned_data["full_name"])
        except PersonError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_born_on(self) -> None:
        """Let in who is of age; the date ends here."""
        born_on = self.cleaned_data["born_on"]
        if age_on(born_on, clock.today()) < settings.BALA_ADULT_AGE:
            raise forms.ValidationError(
                _(
                    "Only a grown-up can open a family's account. Ask your mother, father or guardian."
                )
            )


class ChoosePasswordForm(ResetPasswordKeyForm):  # type: ignore[misc] # allauth is untyped
    """A new password by the link of a letter: whoever has the link has the address."""

    def save(self) -> None:
        """Keep the password, and that the address is its owner's."""
        super().save()
        confirm_address(account=self.user)

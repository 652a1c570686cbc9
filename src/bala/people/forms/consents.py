"""A guardian's answers to what is asked for a child."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bala.people.actions.consents import decide_consents
from bala.people.enums import ConsentPurpose
from bala.people.models import Account, Child, Consent
from bala.people.queries.consents import Standing

ANSWERS = [("yes", _("Yes, I consent")), ("no", _("No"))]


class ConsentsForm(forms.Form):
    """One question for each purpose that is not answered in the words in force; nothing is ticked."""

    def __init__(
        self,
        *args: Any,
        account: Account,
        child: Child,
        standings: list[Standing],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.account, self.child = account, child
        self.asked = [s for s in standings if s.notice and (s.consent is None or s.outdated)]
        for standing in self.asked:
            assert standing.notice is not None  # noqa: S101
            self.fields[standing.purpose] = forms.ChoiceField(
                label=standing.purpose.label,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"{standing.purpose}_version"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=standing.notice.version
            )

    def questions(self) -> list[tuple[Standing, Any, Any]]:
        """Each question with its field and the hidden version of its words."""
        return [
            (standing, self[standing.purpose], self[f"{standing.purpose}_version"])
            for standing in self.asked
        ]

    def clean(self) -> dict[str, Any]:
        """At least one question is answered."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(s.purpose) for s in self.asked):
            raise forms.ValidationError(_("Choose yes or no for at least one of them."))
        return cleaned

    def save(self) -> list[Consent]:
        """Write the answers; raises what decide_consents raises."""
        answers = {s.purpose: self.cleaned_data[s.purpose] for s in self.asked}
        return decide_consents(
            account=self.account,
            child=self.child,
            yes={
                purpose: self.cleaned_data[f"{purpose}_version"] or 0
                for purpose, answer in answers.items()
                if answer == "yes"
            },
            no=[
                standing.purpose
                for standing in self.asked
                if answers[standing.purpose] == "no" and standing.consent
            ],
            language=(get_language() or "kk")[:2],
        )


def purposes_of(values: list[str]) -> list[ConsentPurpose]:
    """Return the purposes that a form's buttons named; what is none is left out."""
    return [ConsentPurpose(value) for value in values if value in ConsentPurpose.values]

"""What a person chooses about letters."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import PersonError
from bala.notify.actions.linking import confirm_phone, start_phone
from bala.notify.actions.preferences import choose
from bala.notify.enums import CARRIERS, MessageState, Way
from bala.notify.models import Preference
from bala.notify.queries.addresses import read_phone
from bala.notify.queries.kinds import DIGEST, Kind, kinds
from bala.notify.queries.outbox import Wanted
from bala.people.models import Account


class PreferencesForm(forms.Form):
    """For each kind of letter, how it comes."""

    def __init__(
        self, *args: Any, account: Account, kinds: list[Kind], ways: set[Way], **kwargs: Any
    ) -> None:
        """`ways` are those that lead to the person; the others are not offered, nor are kinds that
        come one way only."""
        super().__init__(*args, **kwargs)
        self.account = account
        self.kinds: dict[str, Kind] = {}
        chosen = dict(Preference.objects.filter(account=account).values_list("kind", "way"))
        # The daily letter last: it holds what is chosen above it.
        for kind in sorted(kinds, key=lambda one: (one.name == DIGEST, str(one.label))):
            offered = [way for way in kind.ways if way not in CARRIERS or way in ways]
            if len(offered) < 2:
                continue
            name = kind.name.replace(".", "-")
            self.kinds[name] = kind
            now = chosen.get(kind.name, Way.EMAIL)
            self.fields[name] = forms.ChoiceField(
                label=kind.label,
                choices=[(way.value, way.label) for way in offered],
                initial=now if now in offered else Way.EMAIL,
            )

    def save(self) -> None:
        """Keep what was chosen."""
        choose(
            account=self.account,
            ways={kind: Way(self.cleaned_data[name]) for name, kind in self.kinds.items()},
        )


class OutboxFilter(forms.Form):
    """What somebody wants to see of the letters; anything odd means all."""

    q = forms.CharField(
        label=_("Name or e-mail"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    way = forms.ChoiceField(label=_("Way"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted((str(kind.label), kind.name) for kind in kinds())
        for field, choices in (
            ("kind", [(name, label) for label, name in named]),
            ("state", list(MessageState.choices)),
            ("way", [(way.value, way.label) for way in CARRIERS]),
        ):
            offered = self.fields[field]
            if isinstance(offered, forms.ChoiceField):
                offered.choices = [("", _("all")), *choices]

    def wanted(self) -> Wanted:
        """Return what was chosen."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return Wanted(text=str(chosen.pop("q", "")).strip(), **chosen)

    @property
    def is_narrowed(self) -> bool:
        """Whether something was chosen."""
        return self.wanted() != Wanted()


class PhoneForm(forms.Form):
    """A telephone that letters should come to."""

    number = forms.CharField(
        label=_("Mobile telephone"),
        max_length=40,
        help_text=_("For example 8 701 123 45 67. We send a code there."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, account: Account, visitor: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account, self.visitor = account, visitor
        self.status = 200

    def clean_number(self) -> str:
        """Return the telephone as "+77011234567"."""
        number = read_phone(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(
                _("This is not a mobile telephone to which we can send. Look at its digits again.")
            )
        return number

    def save(self) -> bool:
        """Send a code to the telephone; False, with the error in its place, where that cannot be."""
        return _saved(
            self,
            "number",
            lambda: start_phone(
                account=self.account, number=self.cleaned_data["number"], visitor=self.visitor
            ),
        )


class CodeForm(forms.Form):
    """The code that came to the telephone."""

    code = forms.CharField(
        label=_("Code from the message"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.status = 200

    def clean_code(self) -> str:
        """Return the code without the gaps that people type."""
        return "".join(self.cleaned_data["code"].split())

    def save(self) -> bool:
        """Confirm the telephone; False, with the error in its place, where the code is wrong."""
        return _saved(
            self,
            "code",
            lambda: confirm_phone(account=self.account, code=self.cleaned_data["code"]),
        )


def _saved(form: PhoneForm | CodeForm, field: str, act: Callable[[], None]) -> bool:
    """Act on a form that is valid; put what a person did wrong beside the field."""
    if form.is_valid():
        try:
            act()
        except PersonError as error:
            form.add_error(field, str(error))
            form.status = error.status if error.status == 429 else 422
            return False
        return True
    form.status = 422
    return False

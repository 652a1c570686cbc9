"""What a person chooses about letters."""

from typing import Any

from django import forms

from bala.notify.actions.preferences import choose
from bala.notify.enums import CARRIERS, Way
from bala.notify.models import Preference
from bala.notify.queries.kinds import Kind
from bala.people.models import Account


class PreferencesForm(forms.Form):
    """For each kind of letter, how it comes."""

    def __init__(
        self, *args: Any, account: Account, kinds: list[Kind], ways: set[Way], **kwargs: Any
    ) -> None:
        """`ways` are those that lead to the person; the others are not offered."""
        super().__init__(*args, **kwargs)
        self.account = account
        self.kinds = {kind.name.replace(".", "-"): kind for kind in kinds}
        chosen = dict(Preference.objects.filter(account=account).values_list("kind", "way"))
        for name, kind in self.kinds.items():
            offered = [way for way in kind.ways if way not in CARRIERS or way in ways]
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

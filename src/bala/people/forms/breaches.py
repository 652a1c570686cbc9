"""What a coordinator says of a breach."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.territory.models import Region
from bala.territory.queries import regions_of_year


class BreachListForm(forms.Form):
    """The scope of a list of those affected."""

    reason = forms.CharField(
        label=_("What happened?"),
        max_length=1000,
        help_text=_("Which data, how it was seen, since when it is known. It stays with the list."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("Region"), required=False, empty_label=_("all regions")
    )
    since = forms.DateField(
        label=_("Families that came since"),
        required=False,
        help_text=_("Leave it empty for all families."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = regions_of_year(clock.today().year)

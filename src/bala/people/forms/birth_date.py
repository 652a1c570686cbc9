"""A date of birth as three fields: nobody leafs through ten years of a calendar on a phone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.dates import MONTHS, month_name

_PARTS = ("day", "month", "year")


class BirthDateWidget(forms.Widget):
    """Day, month by name, year."""

    template_name = "people/widgets/birth_date.html"
    use_fieldset = True
    with_autocomplete = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template what was typed, however wrong, or the date that is known."""
        parts = self._parts(value)
        months = [(str(n), month_name(n)) for n in range(1, len(MONTHS["ru"].split()) + 1)]
        return {
            **super().get_context(name, None, attrs),
            "day": parts[0],
            "month": parts[1],
            "year": parts[2],
            "months": months,
            "invalid": (attrs or {}).get("aria-invalid"),
            "autocomplete": self.with_autocomplete,
        }

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002
        name: str,
    ) -> str:
        """Put the parts together as YYYY-MM-DD; "" where nothing was typed."""
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in _PARTS)
        if not (day or month or year):
            return str(data.get(name, "")).strip()  # programs send one text
        return f"{year}-{month}-{day}"

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002
        name: str,
    ) -> bool:
        """Whether none of the parts was sent."""
        return not any(f"{name}_{part}" in data for part in _PARTS) and name not in data

    def id_for_label(self, id_: str) -> str:
        """The first part."""
        return f"{id_}_day" if id_ else id_

    @staticmethod
    def _parts(value: Any) -> tuple[str, str, str]:
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        year, _dash, rest = str(value or "").partition("-")
        month, _dash, day = rest.partition("-")
        return day.lstrip("0"), month.lstrip("0"), year


class BirthDateField(forms.Field):
    """A day that is over: neither in the future nor more than 120 years ago."""

    widget = BirthDateWidget
    default_error_messages = {
        "invalid": _("There is no such day. Write it like this: 8, March, 2011."),
        "future": _("This day has not come yet."),
        "past": _("This year is too long ago. Write all four digits of the year."),
    }

    def __init__(self, *, autocomplete: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.with_autocomplete = autocomplete

    def to_python(self, value: Any) -> date | None:
        """Read YYYY-M-D."""
        if not value:
            return None
        try:
            year, month, day = (int(part) for part in str(value).split("-"))
            found = date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error
        today = clock.today()
        if found > today:
            raise forms.ValidationError(self.error_messages["future"], "future")
        if found.year < today.year - 120:
            raise forms.ValidationError(self.error_messages["past"], "past")
        return found

"""A block of cells as a spreadsheet puts it on the clipboard."""

import csv
import io
from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet

from bala.programme.models import PlanItem
from bala.programme.queries.plans import rows_named


class PasteForm(forms.Form):
    """What was pasted, and over which rows from which column on."""

    text = forms.CharField(strip=False, max_length=2_000_000)
    column = forms.CharField(max_length=20)
    seen = forms.CharField(required=False, max_length=200_000)  # public id:revision, …

    def clean_seen(self) -> list[tuple[str, int]]:
        """Return public ids with the revisions that the person saw."""
        pairs = [one.split(":") for one in self.cleaned_data["seen"].split(",") if one]
        try:
            return [(name, int(revision)) for name, revision in pairs]
        except ValueError:
            raise forms.ValidationError("seen", code="seen") from None

    def rows(self, items: QuerySet[PlanItem]) -> list[tuple[PlanItem, int]]:
        """Return the rows in the order in which they were seen, with their revisions."""
        seen: list[tuple[str, int]] = self.cleaned_data["seen"]
        wanted = seen[: len(self.lines())]
        found = {one.public_id: one for one in rows_named(items, ",".join(n for n, _r in wanted))}
        return [(found[name], revision) for name, revision in wanted if name in found]

    def columns(self, shown: Sequence[str]) -> list[str]:
        """Return the shown columns from the one on where it was pasted."""
        start = self.cleaned_data["column"]
        return list(shown[shown.index(start) :]) if start in shown else []

    def lines(self) -> list[list[str]]:
        """Return the cells by line; empty lines at the end do not count."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").rstrip("\n")
        return list(csv.reader(io.StringIO(text), delimiter="\t"))

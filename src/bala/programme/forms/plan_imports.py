"""A table that somebody sends in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """A file, or a table copied out of one."""

    file = forms.FileField(
        label=_("Excel, CSV or Word file"),
        required=False,
        help_text=_(
            "The headings may be those of an official plan, in Kazakh, Russian or English."
        ),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv,.tsv,.txt,.docx"}),
    )
    text = forms.CharField(
        label=_("Or paste the table here, with its headings"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        max_length=4_000_000,
    )

    def clean(self) -> dict[str, Any]:
        """Want one of the two."""
        given = super().clean() or {}
        if not given.get("file") and not given.get("text") and not self.errors:
            raise forms.ValidationError(_("Choose a file or paste a table."))
        return given

    def filename(self) -> str:
        """Return the name of the file."""
        file = self.cleaned_data.get("file")
        return str(file.name) if file else "table.tsv"

    def content(self) -> bytes:
        """Return the bytes of the file or of the pasted text."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else str(self.cleaned_data["text"]).encode()

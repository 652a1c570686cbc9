"""Forms over a row that another may be writing: both versions are shown, and nothing typed is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from bala.kernel.dates import format_numeric
from bala.kernel.errors import PersonError
from bala.kernel.revisions import RowConflict


class RevisedForm(forms.BaseForm):
    """A form that knows which revision of its row was on the screen; 0 of a new row."""

    def __init__(self, *args: Any, revision: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=revision, required=False, min_value=0
        )

    #: What to say above the form where another person changed the same; "" while nobody did.
    conflict = ""

    def written(self, write: Callable[[], object]) -> bool:
        """Call what writes the valid form; False where it could not, which the form then tells.

        Beside the fields where another person changed the same (`conflict` says so), above them all
        where a rule stands in the way. What is neither is raised.
        """
        try:
            write()
        except RowConflict as error:
            self.tell(error)
            self.conflict = str(error)
        except PersonError as error:
            self.add_error(None, str(error))
        else:
            return True
        return False

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows the form."""
        return 409 if self.conflict else 422 if self.errors else 200

    @property
    def revision(self) -> int:
        """The revision that the person saw; 0 of a new row."""
        return self.cleaned_data.get("revision") or 0

    def stands(self, row: Any, name: str) -> str:
        """What a field of the row says now, in words."""
        value = getattr(row, name)
        choices = dict(getattr(self.fields[name], "choices", ()) or ())
        if isinstance(value, list | tuple):
            return ", ".join(str(choices.get(one, one)) for one in value) or "–"
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, date):
            return format_numeric(value)
        if isinstance(value, Model) or value not in choices:
            return "–" if value in (None, "") else str(value)
        return str(choices[value])

    def tell(self, conflict: RowConflict) -> None:
        """Say beside each field what another person wrote, and send mine over it next time.

        What the form has no field for is said above all fields.
        """
        for name in conflict.fields:
            text = _("Now stands here: “%(text)s”. What you typed is kept in the field.")
            self.add_error(self.field_of(name), text % {"text": self.stands(conflict.theirs, name)})
        self.see(conflict.theirs.revision)

    def field_of(self, name: str) -> str | None:
        """The field that writes a value of the row; None: no single one does."""
        return name if name in self.fields else None

    def see(self, revision: int) -> None:
        """Take the person to have seen this revision: what is sent next is meant to stand."""
        data: Any = self.data
        data = data.copy()  # a QueryDict keeps fields of several values
        data[self.add_prefix("revision")] = str(revision)
        self.data = data

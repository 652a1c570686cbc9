"""What a family or a host says of a picture."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bala.files.enums import FileKind
from bala.files.forms import UploadField, uploads_by
from bala.files.models import StoredFile
from bala.kernel.public_ids import LENGTH, new_public_id
from bala.people.enums import Language
from bala.people.models import Account, Child
from bala.people.queries.names import names_a_surname
from bala.programme.models import Activity, Block, PhotoCaption, Picture

_YES_NO = (("yes", _("yes")), ("no", _("no")))


class PictureForm(forms.Form):
    """A picture with its caption. A file that has arrived is kept when another field is at fault."""

    key = forms.CharField(max_length=LENGTH, min_length=LENGTH, widget=forms.HiddenInput)
    picture = UploadField(
        kinds=(FileKind.PICTURE,),
        label=_("Picture"),
        help_text=_("Place, time and camera are removed from it, and the original is deleted."),
    )
    caption = forms.CharField(
        label=_("What is to be seen?"),
        max_length=300,
        help_text=_("First names only: no surnames, schools, telephones or addresses."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    language = forms.ChoiceField(label=_("Language of the caption"), choices=Language.choices)

    def __init__(
        self,
        *args: Any,
        account: Account,
        picture: Picture | None = None,
        **kwargs: Any,
    ) -> None:
        self.known = picture
        kwargs["initial"] = {
            "key": new_public_id(),
            "language": (get_language() or "kk")[:2],
            "picture": picture.file if picture else None,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        uploads_by(self, account)

    @property
    def file(self) -> StoredFile:
        """The file of a valid form."""
        found: list[StoredFile] = self.cleaned_data["picture"]
        return found[0]


class FamilyPictureForm(PictureForm):
    """A family's picture: of which activity, and which of the children."""

    activity = forms.ChoiceField(label=_("Activity"))
    children = forms.MultipleChoiceField(
        label=_("Who can be seen, or made what is shown?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say which of your children it is of.")},
        help_text=_(
            "The first is named with the picture: by first name, age band and region. "
            "Send only pictures on which no other children can be recognised."
        ),
    )
    field_order = ("key", "picture", "activity", "children", "caption", "language")

    def __init__(
        self,
        *args: Any,
        children: Sequence[Child],
        activities: Sequence[tuple[Block, Sequence[Activity]]],
        **kwargs: Any,
    ) -> None:
        self.family = {child.public_id: child for child in children}
        self.activities = {one.public_id: one for _b, lines in activities for one in lines}
        if len(children) == 1:
            first = [children[0].public_id]
            kwargs["initial"] = {"children": first, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        grouped = [
            (str(block.title), [(one.public_id, str(one.title)) for one in lines])
            for block, lines in activities
            if lines
        ]
        _offer(self, "activity", [("", "—"), *grouped])
        named = [(child.public_id, child.given_name) for child in children]
        _offer(self, "children", named)

    def clean(self) -> dict[str, Any]:
        """No surname goes out with a picture."""
        data = super().clean() or {}
        caption = str(data.get("caption", ""))
        for child in self.chosen_children:
            if child.family_name and names_a_surname(caption, child.family_name):
                self.add_error("caption", _("Leave the surname out: everybody will read this."))
                break
        return data

    @property
    def chosen_children(self) -> list[Child]:
        """The children who were ticked, in the order of the family."""
        chosen = set(self.cleaned_data.get("children", ()))
        return [child for key, child in self.family.items() if key in chosen]


class HostPictureForm(PictureForm):
    """A host's picture of an event."""

    shows_children = forms.ChoiceField(
        label=_("Can a child be recognised?"), choices=_YES_NO, widget=forms.RadioSelect
    )
    on_paper = forms.BooleanField(
        label=_("Each of them has the written consent of a legal representative; we keep it."),
        required=False,
    )
    captioned = forms.ChoiceField(label=_("Caption from the result"), required=False)
    field_order = ("key", "picture", "captioned", "caption", "language")

    def __init__(self, *args: Any, captions: Sequence[PhotoCaption] = (), **kwargs: Any) -> None:
        self.captions = {str(one.pk): one for one in captions}
        super().__init__(*args, **kwargs)
        if captions and self.known is None:
            listed = [(str(one.pk), one.text) for one in captions]
            _offer(self, "captioned", [("", _("another one, written below")), *listed])
            self.fields["caption"].required = False
        else:
            del self.fields["captioned"]

    def clean(self) -> dict[str, Any]:
        """Take the words of the result's caption; want consents where children can be seen."""
        data = super().clean() or {}
        chosen = self.chosen_caption
        if chosen is not None:
            data["caption"] = chosen.text
        elif not data.get("caption") and "caption" not in self.errors:
            self.add_error("caption", _("Say in a few words what is to be seen."))
        if data.get("shows_children") == "yes" and not data.get("on_paper"):
            self.add_error(
                "on_paper",
                _("Children can be seen: each needs the consent of a legal representative."),
            )
        return data

    @property
    def chosen_caption(self) -> PhotoCaption | None:
        """The caption of the result that the picture belongs to."""
        return self.captions.get(str(self.cleaned_data.get("captioned") or ""))


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = choices

"""What moderators, coordinators and the public type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bala.kernel.guarded_forms import Allowance, GuardedForm
from bala.people.enums import Language
from bala.safeguarding.enums import KINDS, ReasonUse, WordKind
from bala.safeguarding.models import ModerationItem
from bala.safeguarding.queries.queue import WAITED, Wanted
from bala.safeguarding.queries.reasons import reasons_to
from bala.territory.models import Region

_FACES = (("yes", _("yes, a face can be seen")), ("no", _("no faces")))


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Let a field of a form offer these choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = choices


class AskedField(forms.ChoiceField):
    """A choice that one of the form's answers needs; the form knows which, and asks for it then."""

    def clean(self, value: Any) -> Any:
        """Let the form judge an empty one."""
        return super().clean(value) if value not in self.empty_values else ""


class QueueFilter(forms.Form):
    """What a moderator wants to see of the queue; anything odd means all."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    waited = forms.ChoiceField(label=_("Waits"), required=False)
    only = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, *args: Any, regions: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("all"))
        choices: dict[str, list[Any]] = {
            "region": [(r.iso_code, r.short_name or r.name) for r in regions],
            "language": list(Language.choices),
            "kind": [(kind.name, kind.label) for kind in KINDS.values()],
            "waited": [(n, _("over %(hours)s h") % {"hours": n}) for n in WAITED],
            "only": [
                ("urgent", _("urgent")),
                ("reported", _("reported")),
                ("second", _("wants a second look")),
            ],
        }
        for name, offered in choices.items():
            _offer(self, name, [everything, *offered])

    def wanted(self) -> Wanted:
        """Return what was chosen."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return Wanted(**{**chosen, "waited": int(chosen.get("waited", 0))})


class DecisionForm(forms.Form):
    """A moderator's yes or no to an item."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])
    faces = AskedField(
        label=_("Can a face be seen in a picture or film?"),
        choices=_FACES,
        widget=forms.RadioSelect,
    )
    reason = AskedField(label=_("Reason, if not"))
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("The guardian reads this. Leave it empty where the reason says it all."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, item: ModerationItem, has_files: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_files = has_files
        self.fields["revision"].initial = item.revision
        listed = [(reason.code, reason.title) for reason in reasons_to(ReasonUse.REFUSE)]
        _offer(self, "reason", [("", "—"), *listed])
        if not has_files:
            del self.fields["faces"]

    def clean(self) -> dict[str, Any]:
        """Put what is missing beside its field."""
        data = super().clean() or {}
        if data.get("decision") == "approve":
            if self.has_files and not data.get("faces"):
                self.add_error("faces", _("Say whether a face can be seen."))
        elif not data.get("reason"):
            self.add_error("reason", _("Choose a reason: the author will read it."))
        elif data["reason"] == "other" and not data.get("words", "").strip():
            self.add_error("words", _("Say the reason in your own words."))
        return data

    @property
    def shows_face(self) -> bool | None:
        """What was said of faces; None: nothing."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("faces") or "")


class SecondLookForm(forms.Form):
    """What another moderator thinks of a decision."""

    agrees = forms.ChoiceField(
        label=_("Would you have decided so too?"),
        choices=[("yes", _("yes")), ("no", _("no: back to the queue"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Why not"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Want words with a no."""
        data = super().clean() or {}
        if data.get("agrees") == "no" and not data.get("words", "").strip():
            self.add_error("words", _("Say in a few words why you see it differently."))
        return data


class WordForm(forms.Form):
    """A word for the screening."""

    kind = forms.ChoiceField(label=_("List"), choices=WordKind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    words = forms.CharField(
        label=_("Beginning of the word, or of each word of a phrase"),
        help_text=_("«дурак» finds «дураки» too. A $ at the end closes a word: «лох$»."),
        max_length=120,
    )

    def clean_words(self) -> str:
        """Spaces in order, capitals small; no word too short to mean something."""
        words = " ".join(str(self.cleaned_data["words"]).lower().split())
        if any(len(part.removesuffix("$")) < 2 for part in words.split()):
            raise forms.ValidationError(_("Each part needs at least two letters."))
        return words


class ReportForm(GuardedForm):
    """What somebody says against a piece of public content."""

    allowance = Allowance("safeguarding.report", with_proof=60, without=5)

    reason = forms.ChoiceField(label=_("What is wrong with it?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Tell us more"),
        help_text=_("You need not say who you are. Do not write names or telephones here."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "reason", [(r.code, r.title) for r in reasons_to(ReasonUse.REPORT)])


class NumberForm(forms.Form):
    """The number of a report, to read the answer."""

    number = forms.CharField(label=_("Number of the report"), max_length=40)

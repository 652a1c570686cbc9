"""What a person types while a concept is brought in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from bala.concept.enums import ActivityKind, Format, Level
from bala.kernel.translated import LANGUAGES
from bala.people.models import Account
from bala.programme.access.concepts import coordinated_campaigns
from bala.programme.actions.concept import import_concept
from bala.programme.actions.concept_lines import (
    LineValues,
    add_activity,
    add_block,
    correct_activity,
    correct_block,
    correct_front,
    split_at_marker,
)
from bala.programme.models import Campaign, ConceptDocument
from bala.programme.queries.drafts import (
    LINE_TITLE_LENGTH,
    NAME_LENGTH,
    TITLE_LENGTH,
    Review,
    ReviewBlock,
    ReviewLine,
)

SUFFIXES = (".docx", ".odt", ".pdf", ".txt", ".md")
TITLES = {
    "kk": gettext_lazy("title in Kazakh"),
    "ru": gettext_lazy("title in Russian"),
    "en": gettext_lazy("title in English"),
}
_GOALS = {
    "kk": gettext_lazy("goal in Kazakh"),
    "ru": gettext_lazy("goal in Russian"),
    "en": gettext_lazy("goal in English"),
}
_FRONT = {
    "purposes": {
        "kk": gettext_lazy("purpose in Kazakh"),
        "ru": gettext_lazy("purpose in Russian"),
        "en": gettext_lazy("purpose in English"),
    },
    "places": {
        "kk": gettext_lazy("place in Kazakh"),
        "ru": gettext_lazy("place in Russian"),
        "en": gettext_lazy("place in English"),
    },
    "participants": {
        "kk": gettext_lazy("participants in Kazakh"),
        "ru": gettext_lazy("participants in Russian"),
        "en": gettext_lazy("participants in English"),
    },
}

_LINE_FACTS = ("name", "kind", "level", "formats", "starts_on", "ends_on", "min_age", "max_age")


class CapitalLabels:
    """Begins every label with a capital; the words themselves are shared with tables and models."""

    def __getitem__(self, name: str) -> forms.BoundField:
        """Return the field as it is shown."""
        bound: forms.BoundField = super().__getitem__(name)  # type: ignore[misc]
        bound.label = capfirst(bound.label)
        return bound


class DayInput(forms.DateInput):
    """A day as browsers choose it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def text_area(label: Any, rows: int = 2) -> forms.CharField:
    """Make an optional field of several lines."""
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000
    )


class TitleField(forms.CharField):
    """A title: it may wrap on the screen, but has no line breaks of its own."""

    def to_python(self, value: Any) -> str:
        """Collapse white space."""
        return " ".join(str(super().to_python(value) or "").split())


def title_field(label: Any, length: int) -> forms.CharField:
    """Make an optional field for a title of at most `length` characters."""
    return TitleField(
        label=label,
        required=False,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": length}),
    )


class UploadForm(CapitalLabels, forms.Form):
    """A document, and the campaign that it is a new version of."""

    file = forms.FileField(
        label=gettext_lazy("document"),
        allow_empty_file=True,  # the reader says it in its own words
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=gettext_lazy("what for"),
        required=False,
        empty_label=gettext_lazy("a new campaign"),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        megabytes = settings.BALA_MAX_DOCUMENT_MB
        self.max_bytes = megabytes * 1024 * 1024
        self.fields["file"].help_text = gettext(
            "Word (.docx), OpenDocument (.odt), PDF with text, .txt or .md; up to %(size)d MB."
        ) % {"size": megabytes}
        self.fields["file"].widget.attrs["data-max-bytes"] = self.max_bytes
        field = self.fields["campaign"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = coordinated_campaigns(account)

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before a byte of it is read into memory."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > self.max_bytes:
            raise forms.ValidationError(
                gettext("The file has %(size)s; at most %(limit)s are accepted.")
                % {"size": filesizeformat(file.size or 0), "limit": filesizeformat(self.max_bytes)}
            )
        return file

    def save(self) -> ConceptDocument:
        """Keep the draft; raises the reader's errors."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return import_concept(
            account=self.account,
            filename=file.name or "",
            data=file.read(),
            campaign=self.cleaned_data["campaign"],
        )


class RevisedForm(CapitalLabels, forms.Form):
    """A form over a piece of the draft, with the revision that the person opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def texts(self, name: str) -> dict[str, str]:
        """Gather the languages of a text."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}


class FrontForm(RevisedForm):
    """What the draft says about the whole campaign."""

    starts_on = forms.DateField(label=gettext_lazy("starts on"), required=False, widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("ends on"), required=False, widget=DayInput())

    def __init__(self, data: Any = None, *, review: Review) -> None:
        initial = {
            "revision": review.revision,
            "starts_on": review.starts_on,
            "ends_on": review.ends_on,
        }
        for name in ("titles", *_FRONT):
            initial |= {f"{name}_{code}": getattr(review, name)[code] for code in LANGUAGES}
        super().__init__(data, initial=initial)
        for code, label in TITLES.items():
            self.fields[f"titles_{code}"] = title_field(label, TITLE_LENGTH)
        for name, labels in _FRONT.items():
            for code, label in labels.items():
                self.fields[f"{name}_{code}"] = text_area(label)

    def save(self, document: ConceptDocument) -> None:
        """Write the front; raises DraftChanged, DatesReversed."""
        values: dict[str, Any] = {name: self.texts(name) for name in ("titles", *_FRONT)}
        values |= {name: self.cleaned_data[name] for name in ("starts_on", "ends_on")}
        correct_front(document=document, revision=self.cleaned_data["revision"], values=values)


class BlockForm(RevisedForm):
    """A block of the draft."""

    number = forms.IntegerField(label=gettext_lazy("number"), min_value=0, max_value=999)

    def __init__(self, data: Any = None, *, block: ReviewBlock) -> None:
        self.block = block
        initial: dict[str, Any] = {"revision": block.revision, "number": block.number}
        initial |= {f"title_{code}": block.titles[code] for code in LANGUAGES}
        initial |= {f"goal_{code}": block.goals[code] for code in LANGUAGES}
        super().__init__(data, initial=initial)
        for code, label in TITLES.items():
            self.fields[f"title_{code}"] = title_field(label, TITLE_LENGTH)
        for code, label in _GOALS.items():
            self.fields[f"goal_{code}"] = text_area(label)

    def save(self, document: ConceptDocument) -> None:
        """Write the block; raises DraftChanged, NotHere, NumberTaken."""
        correct_block(
            document=document,
            key=self.block.key,
            revision=self.cleaned_data["revision"],
            number=self.cleaned_data["number"],
            titles=self.texts("title"),
            goals=self.texts("goal"),
        )


class ActivityFields(CapitalLabels, forms.Form):
    """What an activity is, when, and for whom: of a draft as of a campaign that stands."""

    name = forms.CharField(
        label=gettext_lazy("official name"), required=False, max_length=NAME_LENGTH
    )
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=ActivityKind.choices)
    level = forms.ChoiceField(label=gettext_lazy("level"), choices=Level.choices)
    formats = forms.MultipleChoiceField(
        label=gettext_lazy("formats"),
        choices=Format.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = forms.DateField(label=gettext_lazy("from"), required=False, widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("to"), required=False, widget=DayInput())
    min_age = forms.IntegerField(
        label=gettext_lazy("age from"), required=False, min_value=0, max_value=120
    )
    max_age = forms.IntegerField(
        label=gettext_lazy("age to"), required=False, min_value=0, max_value=120
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in TITLES.items():
            self.fields[f"title_{code}"] = title_field(label, LINE_TITLE_LENGTH)


class LineForm(ActivityFields, RevisedForm):
    """An activity of the draft."""

    kind = forms.ChoiceField(
        label=gettext_lazy("kind"), choices=ActivityKind.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, line: ReviewLine) -> None:
        self.line = line
        initial = {name: getattr(line, name) for name in ("revision", *_LINE_FACTS)}
        initial |= {f"title_{code}": line.titles[code] for code in LANGUAGES}
        super().__init__(data, initial=initial, prefix=line.key)

    def save(self, document: ConceptDocument) -> None:
        """Write the line; raises DraftChanged, NotHere, DatesReversed, AgesReversed."""
        correct_activity(
            document=document,
            key=self.line.key,
            revision=self.cleaned_data["revision"],
            values=LineValues(
                titles=self.texts("title"),
                **{name: self.cleaned_data[name] for name in _LINE_FACTS},
            ),
        )


class SplitForm(RevisedForm):
    """Where a line is cut: a line break put into its text."""

    text = forms.CharField(
        label=gettext_lazy("text"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Put the cursor where the second activity begins and press Enter."),
    )

    def __init__(self, data: Any = None, *, line: ReviewLine) -> None:
        self.line = line
        super().__init__(data, initial={"revision": line.revision, "text": line.text})

    def save(self, document: ConceptDocument) -> str:
        """Cut the line and return the new one's key; raises NothingToSplit, DraftChanged."""
        return split_at_marker(
            document=document,
            key=self.line.key,
            revision=self.cleaned_data["revision"],
            text=self.cleaned_data["text"],
        )


class AddLineForm(CapitalLabels, forms.Form):
    """An activity that the document does not have."""

    text = forms.CharField(
        label=gettext_lazy("activity"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def __init__(self, *args: Any, block: ReviewBlock, **kwargs: Any) -> None:
        self.block = block
        super().__init__(*args, **kwargs)

    def save(self, document: ConceptDocument) -> str:
        """Add the line and return its key."""
        return add_activity(
            document=document, block_key=self.block.key, text=self.cleaned_data["text"]
        )


class AddBlockForm(CapitalLabels, forms.Form):
    """A block that the document does not have."""

    title = forms.CharField(label=gettext_lazy("title"), max_length=TITLE_LENGTH)

    def save(self, document: ConceptDocument) -> str:
        """Add the block and return its key."""
        return add_block(document=document, title=self.cleaned_data["title"])

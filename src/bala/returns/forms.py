"""What people type into returns and reports."""

from typing import Any, cast

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bala.people.enums import Language
from bala.programme.models import Campaign
from bala.returns.actions.returns import Media
from bala.returns.enums import ReportFormat, Step
from bala.returns.models import RegionalReturn
from bala.returns.queries.returns import BlockPart
from bala.territory.forms import RegionField
from bala.territory.models import Region

LONGEST_TEXT = 8000


class ReturnForm(forms.Form):
    """The words of a region's return: a text for each block, difficulties, proposals."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    difficulties = forms.CharField(
        label=gettext_lazy("Difficulties"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proposals = forms.CharField(
        label=gettext_lazy("Proposals"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, one: RegionalReturn | None, parts: list[BlockPart], **kwargs: Any
    ) -> None:
        self.parts = parts
        kwargs["initial"] = {
            "revision": one.revision if one else 0,
            "difficulties": one.difficulties if one else "",
            "proposals": one.proposals if one else "",
            # The numbers in words are a help that the organiser edits; a saved text is never
            # written over, not even an empty one.
            **{f"block_{part.block.pk}": part.text if one else part.proposed for part in parts},
        }
        super().__init__(*args, **kwargs)
        for part in parts:
            self.fields[f"block_{part.block.pk}"] = forms.CharField(
                label=_("Text of the block"),
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def blocks(self) -> list[tuple[BlockPart, forms.BoundField]]:
        """The blocks with their fields, in order."""
        return [(part, self[f"block_{part.block.pk}"]) for part in self.parts]

    def texts(self) -> dict[int, str]:
        """The texts by id of block."""
        return {p.block.pk: self.cleaned_data[f"block_{p.block.pk}"] for p in self.parts}


class MediaForm(forms.Form):
    """A media item that the region adds; a row without a link is left out."""

    outlet = forms.CharField(label=gettext_lazy("Media outlet"), required=False, max_length=200)
    title = forms.CharField(label=gettext_lazy("Headline"), required=False, max_length=300)
    url = forms.URLField(
        label=gettext_lazy("Link"), required=False, max_length=500, assume_scheme="https"
    )
    published_on = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the link where anything else is filled in."""
        given = super().clean() or {}
        rest = any(given.get(name) for name in ("outlet", "title", "published_on"))
        if rest and not given.get("url") and "url" not in self.errors:
            self.add_error("url", _("Give the link of the publication."))
        return given


MediaFormSet = formset_factory(MediaForm, extra=1, max_num=500, validate_max=True)


def media_formset(one: RegionalReturn | None, data: Any = None) -> Any:
    """Return the forms of the media items that the region adds, with an empty one at the end."""
    initial = [
        {"outlet": m.outlet, "title": m.title, "url": m.url, "published_on": m.published_on}
        for m in (one.media.all() if one else ())
    ]
    return MediaFormSet(data, prefix="media", initial=initial)


def media_of(formset: Any) -> list[Media]:
    """Return the media items that were typed."""
    return [
        Media(
            url=form.cleaned_data["url"],
            title=form.cleaned_data["title"],
            outlet=form.cleaned_data["outlet"],
            published_on=form.cleaned_data["published_on"],
        )
        for form in formset
        if form.cleaned_data.get("url")
    ]


class DecisionForm(forms.Form):
    """What the coordinator decides, and why."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    step = forms.ChoiceField(
        choices=[(s.value, s.label) for s in (Step.ACCEPTED, Step.SENT_BACK, Step.REOPENED)]
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the region"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SubmitForm(forms.Form):
    """Which state of the return is handed in."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReportForm(forms.Form):
    """Which report to make."""

    region = RegionField(
        Region.objects.none(),
        label=gettext_lazy("Region"),
        required=False,
        to_field_name="iso_code",
        empty_label=gettext_lazy("Consolidated, all regions"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
    file_format = forms.ChoiceField(label=gettext_lazy("Format"), choices=ReportFormat.choices)

    def __init__(
        self, *args: Any, campaign: Campaign, region_ids: frozenset[int] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        regions = campaign.regions.order_by("pk")
        field = cast(RegionField, self.fields["region"])
        if region_ids is not None:  # an organiser makes the reports of the own regions only
            regions = regions.filter(pk__in=region_ids)
            field.empty_label = None
            field.required = True
        field.queryset = regions

"""What a person types about a campaign that stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bala.kernel.revised_forms import RevisedForm
from bala.kernel.translated import LANGUAGES, columns
from bala.people.models import Account
from bala.programme.actions.activities import ACTIVITY_FIELDS, update_activity
from bala.programme.actions.campaigns import (
    CAMPAIGN_TEXTS,
    carry_campaign,
    set_texts,
    update_campaign,
)
from bala.programme.actions.not_applicable import mark_not_applicable
from bala.programme.forms.concept import (
    TITLES,
    ActivityFields,
    CapitalLabels,
    DayInput,
    text_area,
    title_field,
)
from bala.programme.models import Activity, Block, Campaign
from bala.territory.models import Region

_DATES = ("starts_on", "ends_on", "plans_due_on", "returns_due_on")


class CampaignForm(RevisedForm, forms.ModelForm[Campaign]):
    """Texts, period and deadlines of a campaign."""

    class Meta:
        model = Campaign
        fields = [*_DATES, *(column for name in CAMPAIGN_TEXTS for column in columns(name))]
        widgets = {
            **{name: DayInput() for name in _DATES},
            **{
                column: forms.Textarea(attrs={"rows": 2 if name == "title" else 4})
                for name in CAMPAIGN_TEXTS
                for column in columns(name)
            },
        }

    def _post_clean(self) -> None:
        """Leave the instance as it is stored: the action writes it, and says what is wrong."""

    def write(self) -> Campaign:
        """Write what was typed; raises RowConflict, NoTitle, CampaignDatesWrong."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return update_campaign(campaign=self.instance, revision=self.revision, values=values)


class TextsForm(CapitalLabels, RevisedForm, forms.Form):
    """Texts of a block or an activity in three languages."""

    def __init__(self, data: Any = None, *, piece: Block | Activity) -> None:
        self.piece = piece
        self.names = ("title", "goal") if isinstance(piece, Block) else ("title",)
        initial = {column: getattr(piece, column) for n in self.names for column in columns(n)}
        super().__init__(data, initial=initial, prefix=piece.public_id, revision=piece.revision)
        length = 300 if isinstance(piece, Block) else 500
        labels = {
            "title": TITLES,
            "goal": {
                "kk": gettext_lazy("goal in Kazakh"),
                "ru": gettext_lazy("goal in Russian"),
                "en": gettext_lazy("goal in English"),
            },
        }
        for name in self.names:
            for code in LANGUAGES:
                label = labels[name][code]
                field = title_field(label, length) if name == "title" else text_area(label, 3)
                field.widget.attrs["lang"] = code
                self.fields[f"{name}_{code}"] = field

    def save(self) -> Block | Activity:
        """Write the texts; raises RowConflict, NoTitle."""
        values = {
            column: self.cleaned_data[column].replace("\r\n", "\n")
            for name in self.names
            for column in columns(name)
        }
        if isinstance(self.piece, Block):
            return set_texts(piece=self.piece, revision=self.revision, values=values)
        return set_texts(piece=self.piece, revision=self.revision, values=values)


class ActivityForm(ActivityFields, RevisedForm):
    """What an activity of a campaign that stands is, when, and for whom."""

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        self.activity = activity
        initial = {name: getattr(activity, name) for name in ACTIVITY_FIELDS}
        super().__init__(data, initial=initial, revision=activity.revision)

    def clean(self) -> dict[str, Any]:
        """Say beside the field that a period or an age range is upside down."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext_lazy("The last day is before the first."))
        youngest, oldest = given.get("min_age"), given.get("max_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("max_age", gettext_lazy("The highest age is below the lowest."))
        return given

    def save(self) -> Activity:
        """Write the activity; raises RowConflict, NoTitle."""
        values = {name: self.cleaned_data[name] for name in ACTIVITY_FIELDS}
        return update_activity(activity=self.activity, revision=self.revision, values=values)


class YearForm(CapitalLabels, forms.Form):
    """Which year a campaign is carried to."""

    year = forms.IntegerField(label=gettext_lazy("year"), min_value=1991, max_value=2100)


class CarryForm(YearForm):
    """The year, and the titles of the campaign there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].widget = forms.HiddenInput()
        for code, label in TITLES.items():
            self.fields[f"title_{code}"] = title_field(label, 300)

    def save(self, *, account: Account, campaign: Campaign) -> Campaign:
        """Carry the campaign; raises SameYear, AlreadyCarried, NoTitle."""
        return carry_campaign(
            account=account,
            campaign=campaign,
            year=self.cleaned_data["year"],
            titles={code: self.cleaned_data[f"title_{code}"] for code in LANGUAGES},
        )


class NotApplicableForm(CapitalLabels, RevisedForm, forms.Form):
    """Why a region does not hold an activity."""

    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why the activity does not apply.")},
    )

    def save(self, *, account: Account, activity: Activity, region: Region) -> None:
        """Say it; raises RowConflict, HasPlans, NotHere."""
        mark_not_applicable(
            account=account,
            activity=activity,
            region=region,
            reason=self.cleaned_data["reason"],
            revision=self.revision,
        )

"""What a person types about a campaign that stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bala.kernel.translated import LANGUAGES, columns
from bala.people.models import Account
from bala.programme.actions.campaigns import (
    CAMPAIGN_TEXTS,
    carry_campaign,
    mark_not_applicable,
    set_activity_texts,
    set_block_texts,
    update_campaign,
)
from bala.programme.forms.concept import TITLES, CapitalLabels, DayInput, text_area, title_field
from bala.programme.models import Activity, Block, Campaign
from bala.territory.models import Region

_DATES = ("starts_on", "ends_on", "plans_due_on", "returns_due_on")


class CampaignForm(forms.ModelForm[Campaign]):
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

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision

    def _post_clean(self) -> None:
        """Leave the instance as it is stored: the action writes it, and says what is wrong."""

    def write(self) -> Campaign:
        """Write what was typed; raises CampaignChanged, NoTitle, CampaignDatesWrong."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return update_campaign(
            campaign=self.instance, revision=self.cleaned_data["revision"], values=values
        )


class TextsForm(CapitalLabels, forms.Form):
    """Texts of a block or an activity in three languages, and what stood there when it was opened."""

    def __init__(self, data: Any = None, *, piece: Block | Activity) -> None:
        self.piece = piece
        self.names = ("title", "goal") if isinstance(piece, Block) else ("title",)
        initial: dict[str, str] = {}
        for name in self.names:
            for code in LANGUAGES:
                text = getattr(piece, f"{name}_{code}")
                initial |= {f"{name}_{code}": text, f"seen_{name}_{code}": text}
        super().__init__(data, initial=initial, prefix=piece.public_id)
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
                self.fields[f"seen_{name}_{code}"] = forms.CharField(
                    required=False, widget=forms.HiddenInput, strip=False
                )

    def save(self) -> Block | Activity:
        """Write the texts; raises TextChanged, NoTitle."""
        now = {name: self._texts(name) for name in self.names}
        seen = {name: self._texts(f"seen_{name}") for name in self.names}
        if isinstance(self.piece, Activity):
            return set_activity_texts(activity=self.piece, titles=now["title"], seen=seen["title"])
        return set_block_texts(
            block=self.piece,
            titles=now["title"],
            goals=now["goal"],
            seen_titles=seen["title"],
            seen_goals=seen["goal"],
        )

    def _texts(self, name: str) -> dict[str, str]:
        return {
            code: self.cleaned_data[f"{name}_{code}"].replace("\r\n", "\n") for code in LANGUAGES
        }


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


class NotApplicableForm(forms.Form):
    """Why a region does not hold an activity."""

    reason = forms.CharField(label=gettext_lazy("reason"), max_length=300)

    def save(self, *, account: Account, activity: Activity, region: Region) -> None:
        """Say it; raises HasPlans, NotHere."""
        mark_not_applicable(
            account=account, activity=activity, region=region, reason=self.cleaned_data["reason"]
        )

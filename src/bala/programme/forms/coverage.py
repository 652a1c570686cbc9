"""What of the coverage is asked for, and the letter about a gap."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import Level
from bala.kernel import clock
from bala.kernel.dates import format_date, format_day_period
from bala.programme.actions.reminders import LONGEST_LETTER
from bala.programme.enums import OPEN_STATUSES, CellState, PlanStatus
from bala.programme.models import Activity, Campaign, PlanItem
from bala.programme.queries.coverage import Coverage, Filters
from bala.territory.forms import RegionsField
from bala.territory.models import Region


def weeks_of(campaign: Campaign) -> list[tuple[str, str]]:
    """Return the campaign's weeks from Monday to Sunday as (first day, words)."""
    found = []
    first = campaign.starts_on
    while first <= campaign.ends_on:
        last = min(first + timedelta(days=6 - first.weekday()), campaign.ends_on)
        found.append((first.isoformat(), format_day_period(first, last)))
        first = last + timedelta(days=1)
    return found


class CoverageFilters(forms.Form):
    """Block, period, level and region; all of them if empty or unreadable."""

    block = forms.ChoiceField(label=_("Block"), required=False)
    week = forms.ChoiceField(label=_("Period"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    gaps = forms.BooleanField(label=_("Gaps only"), required=False)

    def __init__(self, data: Any, *, campaign: Campaign, regions: list[Region]) -> None:
        super().__init__(data)
        blocks = campaign.blocks.filter(withdrawn_at__isnull=True).order_by("number")
        choices: dict[str, list[tuple[str, Any]]] = {
            "block": [
                ("", _("All blocks")),
                *((str(b.number), f"{b.number}. {b.title}") for b in blocks),
            ],
            "week": [("", _("The whole period")), *weeks_of(campaign)],
            "level": [("", _("All levels")), *Level.choices],
            "region": [("", _("All regions")), *((r.iso_code, r.short_name) for r in regions)],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = offered
        self._campaign = campaign
        self.is_valid()

    def narrow(self, widest: Filters) -> Filters:
        """Return the filters asked for, never wider than those given."""
        asked = self.cleaned_data
        block = asked.get("block")
        since = until = None
        if asked.get("week"):
            since = date.fromisoformat(asked["week"])
            until = min(since + timedelta(days=6 - since.weekday()), self._campaign.ends_on)
        return replace(
            widest,
            block=int(block) if block else None,
            level=asked.get("level") or "",
            region=asked.get("region") or "",
            since=since,
            until=until,
        )

    @property
    def only_gaps(self) -> bool:
        """Whether what has no gap is to be left out."""
        return bool(self.cleaned_data.get("gaps"))


class CellFilters(forms.Form):
    """Which of a cell's rows are asked for."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All rows")),
            ("late", _("Past, no result entered")),
            ("ahead", _("Ahead")),
            ("held", _("Held")),
            ("drafts", _("Drafts and proposals")),
            ("cancelled", _("Cancelled")),
        ],
    )

    @property
    def asks(self) -> bool:
        """Whether a part of the rows is asked for."""
        return self.is_valid() and bool(self.cleaned_data["show"])

    def narrow(self, rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
        """Return the rows asked for; all of them where the question cannot be read."""
        shown = self.cleaned_data.get("show") if self.is_valid() else ""
        today = clock.today()
        match shown:
            case "late":
                return rows.filter(status__in=OPEN_STATUSES, ends_on__lt=today)
            case "ahead":
                return rows.filter(status__in=OPEN_STATUSES, ends_on__gte=today)
            case "held":
                return rows.filter(status=PlanStatus.HELD)
            case "drafts":
                return rows.filter(status__in=(PlanStatus.DRAFT, PlanStatus.PROPOSED))
            case "cancelled":
                return rows.filter(status=PlanStatus.CANCELLED)
            case _:
                return rows


class GapLetter(forms.Form):
    """A letter about an activity to those responsible in some regions."""

    region = RegionsField(
        label=_("Regions"),
        queryset=Region.objects.none(),
        to_field_name="iso_code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one region.")},
    )
    text = forms.CharField(
        label=_("Letter"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("Subject, your name and a link are added. It is sent as it stands here."),
    )

    def __init__(self, data: Any = None, *, campaign: Campaign, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["region"]
        assert isinstance(field, RegionsField)  # noqa: S101 - for the type checker
        field.queryset = campaign.regions.order_by("pk")


def first_words(coverage: Coverage, activity: Activity) -> str:
    """Return the letter to begin with: what is missing in this activity, and what is asked for."""
    gaps = [gap for gap in coverage.gaps if gap.activity.pk == activity.pk]
    parts = []
    silent = [gap for gap in gaps if gap.state is CellState.NOT_PLANNED]
    late = [gap for gap in gaps if gap.state is CellState.LATE]
    if silent:
        parts.append(
            gettext(
                "The activity is not in the plan yet, though plans were due on %(day)s. Please add"
                " it to the plan, or say for what reason it is not held in your region."
            )
            % {"day": format_date(silent[0].since)}
        )
    if late:
        parts.append(
            gettext(
                "The day of the event has passed (the earliest: %(day)s), and no result is entered."
                " Please enter how many children and adults came; if it was not held, move it or"
                " cancel it with the reason."
            )
            % {"day": format_date(min(gap.since for gap in late))}
        )
    return "\n\n".join(parts)

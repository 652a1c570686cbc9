"""What of the coverage is asked for, and the letter about a gap."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bala.concept.enums import Level
from bala.kernel import clock
from bala.kernel.dates import format_day_period
from bala.programme.enums import OPEN_STATUSES, PlanStatus
from bala.programme.models import Campaign, PlanItem
from bala.programme.queries.coverage import Filters
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

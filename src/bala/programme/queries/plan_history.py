"""What became of a row of a plan: its versions, who made them, and what each changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bala.concept.enums import Format
from bala.people.models import Account
from bala.programme.enums import PlanStatus
from bala.programme.models import Activity, PlanItem
from bala.territory.enums import VenueKind
from bala.territory.models import District, Organisation

# What a version of a row is compared by, with the words of each field.
TOLD: dict[str, StrOrPromise] = {
    "activity_id": _("Activity"),
    "title_kk": _("Title in Kazakh"),
    "title_ru": _("Title in Russian"),
    "title_en": _("Title in English"),
    "organisation_id": _("Organisation"),
    "district_id": _("District"),
    "responsible": _("Responsible"),
    "starts_on": _("From"),
    "ends_on": _("To"),
    "days": _("Days"),
    "dates_text": _("Dates"),
    "starts_at": _("Begins at"),
    "ends_at": _("Ends at"),
    "format": _("Format"),
    "place": _("Place"),
    "venue_kind": _("Kind of venue"),
    "venue_capacity": _("Seats of the venue"),
    "venue_area_m2": _("Area of the venue, m²"),
    "adaptations": _("Adaptations of the venue"),
    "expected_children": _("Children expected"),
    "expected_adults": _("Adults expected"),
    "funding": _("Source of funding"),
    "funding_tenge": _("Funding, tenge"),
    "completion_form": _("Form of completion"),
    "status": _("Status"),
    "status_reason": _("Reason"),
    "held_on": _("Held on"),
    "actual_children": _("Children who came"),
    "actual_adults": _("Adults who came"),
    "result_note": _("Note"),
}


_CHOICES: dict[str, Any] = {"status": PlanStatus, "format": Format, "venue_kind": VenueKind}
_NAMED: dict[str, Any] = {
    "activity_id": Activity,
    "organisation_id": Organisation,
    "district_id": District,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A version of a row and what it changed: (words of the field, before, after)."""

    at: datetime
    by: str
    revision: int
    fields: Sequence[tuple[StrOrPromise, str, str]] = field(default_factory=tuple)


def _events() -> Any:
    """The table of versions, which is made beside the model and not written down."""
    return apps.get_model("programme", "PlanItemEvent").objects


def history_of(item: PlanItem) -> list[Change]:
    """Return what became of a row, the latest change first; at most five queries."""
    events = _events()
    before = list(
        events.filter(pgh_obj_id=item.pk, pgh_label="update")
        .select_related("pgh_context")
        .order_by("pgh_id")
    )
    versions = [*before, item]
    authors = [
        one.pgh_context.metadata.get("account") if one.pgh_context else None for one in before
    ]
    people = _people([*authors, item.created_by_id])
    names = _names(versions)
    changes = [Change(item.created_at, people.get(item.created_by_id, ""), 1)]
    for old, new, author in zip(before, versions[1:], authors, strict=True):
        fields = [
            (words, _say(name, getattr(old, name), names), _say(name, getattr(new, name), names))
            for name, words in TOLD.items()
            if getattr(old, name) != getattr(new, name)
        ]
        if fields:
            changes.append(Change(new.updated_at, people.get(author, ""), new.revision, fields))
    return changes[::-1]


def _people(ids: Iterable[int | None]) -> dict[int | None, str]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    return {one.pk: str(one) for one in Account.objects.filter(pk__in=wanted).order_by("pk")}


def _names(versions: Sequence[Any]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for name, model in _NAMED.items():
        ids = {getattr(one, name) for one in versions} - {None}
        if len(ids) > 1 or (ids and any(getattr(one, name) is None for one in versions)):
            for one in model.objects.filter(pk__in=ids).order_by("pk"):
                found[(name, one.pk)] = str(one)
    return found


def _say(name: str, value: Any, names: dict[tuple[str, int], str]) -> str:
    if value in (None, "", []):
        return "–"
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    if name in _NAMED:
        return names.get((name, value), str(value))
    if isinstance(value, list):
        return ", ".join(f"{day:%d.%m.%Y}" for day in value)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return f"{value:%H:%M}" if name in ("starts_at", "ends_at") else str(value)

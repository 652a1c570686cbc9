"""Rows of the programme as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from bala.programme.enums import PlanStatus
from bala.programme.models import PlanItem

if TYPE_CHECKING:
    from icalendar import Event

#: A calendar that is subscribed to holds no more: programmes of phones choke on more.
MOST: Final = 1000
HOUR: Final = timedelta(hours=1)


def calendar_of(rows: Iterable[PlanItem], *, name: str) -> bytes:
    """Return rows as a calendar in the active language.

    A row with a time stands at that time of its region, in UTC; one without is of the whole day. A
    row of several single days becomes an entry for each. The UID is the row's public id (and day),
    the same for ever and in every language, so that a moved row moves in the subscriber's calendar.
    """
    from icalendar import Calendar  # loaded by those processes that are asked for a calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Bala//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT1H")
    for row in rows:
        for event in _events(row):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(row: PlanItem) -> "Iterable[Event]":
    from icalendar import Event

    spans = [(day, day) for day in row.days] or [(row.starts_on, row.ends_on)]
    for first, last in spans:
        event = Event()
        suffix = f"-{first:%Y%m%d}" if row.days else ""
        event.add("uid", f"{row.public_id}{suffix}@bala")
        event.add("dtstamp", row.updated_at.astimezone(UTC))
        event.add("last-modified", row.updated_at.astimezone(UTC))
        event.add("sequence", row.revision)
        event.add("summary", str(row.title or row.activity.title))
        zone = row.region.zone
        if row.starts_at is not None and (first == last):
            start = datetime.combine(first, row.starts_at, zone)
            end = datetime.combine(first, row.ends_at, zone) if row.ends_at else start + HOUR
            event.add("dtstart", start.astimezone(UTC))
            event.add("dtend", (end if end > start else start + HOUR).astimezone(UTC))
        else:
            event.add("dtstart", first)
            event.add("dtend", last + timedelta(1))
            event.add("transp", "TRANSPARENT")
        place = ", ".join(filter(None, [row.place, str(row.region.name)]))
        event.add("location", place)
        event.add("categories", [str(row.activity.block.title)])
        cancelled = row.status == PlanStatus.CANCELLED
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        url = item_address(row)
        event.add("url", url)
        event.add("description", f"{row.activity.title}\n{url}")
        yield event


def item_address(row: PlanItem) -> str:
    """Return the full address of a row's page in the active language."""
    path = reverse("programme:item", args=[row.campaign.slug, row.public_id])
    return f"{settings.BALA_BASE_URL.rstrip('/')}{path}"


def version_of(rows: Iterable[PlanItem]) -> str:
    """Return a text that changes when any of the rows or the language does: for an ETag."""
    return f"{get_language()}|" + "|".join(f"{row.public_id}.{row.revision}" for row in rows)

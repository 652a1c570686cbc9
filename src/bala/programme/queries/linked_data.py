"""What machines read of a page: JSON-LD in the words of schema.org."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest

from bala.concept.enums import Format
from bala.programme.enums import PlanStatus
from bala.programme.models import PlanItem
from bala.programme.queries.calendars import item_address

CONTEXT: Final = "https://schema.org"
ATTENDANCE: Final = {
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.ON_SITE: "OfflineEventAttendanceMode",
    Format.HYBRID: "MixedEventAttendanceMode",
}
STATUSES: Final = {
    PlanStatus.CANCELLED: "EventCancelled",
    PlanStatus.MOVED: "EventRescheduled",
}


def event_data(request: HttpRequest, item: PlanItem) -> dict[str, Any]:
    """Return a row as a schema.org Event."""
    address = item_address(item)
    zone = item.region.zone
    start: Any = item.starts_on.isoformat()
    end: Any = item.ends_on.isoformat()
    if item.starts_at is not None:
        start = datetime.combine(item.starts_on, item.starts_at, zone).isoformat()
    if item.ends_at is not None:
        end = datetime.combine(item.ends_on, item.ends_at, zone).isoformat()
    on_site = {
        "@type": "Place",
        "name": item.place or str(item.region.name),
        "address": {
            "@type": "PostalAddress",
            "addressRegion": str(item.region.name),
            "addressCountry": "KZ",
        },
    }
    online = {"@type": "VirtualLocation", "url": address}
    locations = {Format.ONLINE: online, Format.ON_SITE: on_site, Format.HYBRID: [on_site, online]}
    form = Format(item.format)
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": str(item.title or item.activity.title),
        "description": str(item.activity.title),
        "startDate": start,
        "endDate": end,
        "eventAttendanceMode": f"{CONTEXT}/{ATTENDANCE[form]}",
        "eventStatus": f"{CONTEXT}/{STATUSES.get(PlanStatus(item.status), 'EventScheduled')}",
        "location": locations[form],
        "image": request.build_absolute_uri("/static/bala/img/share.png"),
    }
    if item.organisation is not None:
        made["organizer"] = {"@type": "Organization", "name": str(item.organisation.name)}
    if item.activity.min_age is not None:
        oldest = item.activity.max_age
        made["typicalAgeRange"] = f"{item.activity.min_age}-{oldest if oldest is not None else ''}"
    return made


def breadcrumbs_data(request: HttpRequest, crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the way to a page as a BreadcrumbList."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": str(label),
                "item": request.build_absolute_uri(url or request.path),
            }
            for place, (label, url) in enumerate(crumbs, start=1)
        ],
    }


def campaign_data(request: HttpRequest, title: str) -> dict[str, Any]:
    """Return who publishes the site, as an Organization with its site."""
    here = request.build_absolute_uri("/")
    return {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": title,
        "url": here,
        "logo": request.build_absolute_uri("/static/bala/img/share.png"),
    }

"""What programs read: calendars to subscribe to, news feeds, the map of the site."""

import hashlib
import json
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bala.kernel import clock
from bala.kernel.dates import format_period
from bala.kernel.public_pages import public_page
from bala.programme.access.campaigns import published_block, published_campaign
from bala.programme.access.public import region_of_campaign
from bala.programme.models import Campaign, PlanItem
from bala.programme.queries.calendars import MOST, calendar_of, item_address, version_of
from bala.programme.queries.public import public_rows

NEWS = 50


def _upcoming(rows: QuerySet[PlanItem]) -> list[PlanItem]:
    """Return what is on or to come, and the last week, so that a change of those still arrives."""
    since = clock.today() - timedelta(7)
    return list(rows.filter(ends_on__gte=since).order_by("starts_on", "pk")[:MOST])


def _calendar(request: HttpRequest, rows: Sequence[PlanItem], name: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(f"{name}|{version_of(rows)}".encode()).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = HttpResponse(
        calendar_of(rows, name=name), content_type="text/calendar; charset=utf-8"
    )
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="bala.ics"'
    return response


@public_page
def campaign_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the whole country's calendar."""
    campaign = published_campaign(slug)
    return _calendar(request, _upcoming(public_rows(campaign)), str(campaign.title))


@public_page
def region_calendar(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """Give the calendar of a region."""
    campaign = published_campaign(slug)
    region = region_of_campaign(campaign, iso_code)
    rows = public_rows(campaign).filter(region=region)
    return _calendar(request, _upcoming(rows), f"{campaign.title}: {region.name}")


@public_page
def block_calendar(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the calendar of a block."""
    campaign = published_campaign(slug)
    block = published_block(campaign, number)
    rows = public_rows(campaign).filter(activity__block=block)
    return _calendar(request, _upcoming(rows), f"{campaign.title}: {block.title}")


@public_page
def region_block_calendar(
    request: HttpRequest, slug: str, iso_code: str, number: int
) -> HttpResponse:
    """Give the calendar of one block in one region."""
    campaign = published_campaign(slug)
    region = region_of_campaign(campaign, iso_code)
    block = published_block(campaign, number)
    rows = public_rows(campaign).filter(region=region, activity__block=block)
    return _calendar(request, _upcoming(rows), f"{region.name}: {block.title}")


def _news(request: HttpRequest, campaign: Campaign, title: str, rows: QuerySet[PlanItem]) -> bytes:
    feed = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(reverse("pages:home")),
        description=str(campaign.title),
        language=get_language(),
        feed_url=request.build_absolute_uri(request.path),
    )
    for row in rows.order_by("-updated_at", "-pk")[:NEWS]:
        when = format_period(row.starts_on, row.ends_on)
        feed.add_item(
            title=str(row.title or row.activity.title),
            link=item_address(row),
            unique_id=f"urn:bala:{row.public_id}",
            description=f"{when}. {row.region.name}. {row.activity.title}",
            pubdate=row.created_at,
            updateddate=row.updated_at,
            categories=[str(row.activity.block.title)],
        )
    return feed.writeString("utf-8").encode()


@public_page
def campaign_news(request: HttpRequest, slug: str) -> HttpResponse:
    """Give what was announced or changed last in the country, as Atom."""
    campaign = published_campaign(slug)
    body = _news(request, campaign, str(campaign.title), public_rows(campaign))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@public_page
def region_news(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """Give what was announced or changed last in a region, as Atom."""
    campaign = published_campaign(slug)
    region = region_of_campaign(campaign, iso_code)
    rows = public_rows(campaign).filter(region=region)
    body = _news(request, campaign, f"{campaign.title}: {region.name}", rows)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is public and where its map is."""
    lines = ["User-agent: *"]
    for code in ("kk", "ru", "en"):
        lines += [f"Disallow: /{code}/console/", f"Disallow: /{code}/accounts/"]
        lines += [f"Disallow: /{code}/search/"]
    lines += ["Disallow: /api/", "", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page
def manifest(_request: HttpRequest) -> HttpResponse:
    """Let a telephone keep the site on its first screen."""
    body = {
        "name": _("Happy child"),
        "short_name": _("Happy child"),
        "start_url": reverse("pages:home"),
        "scope": "/",
        "display": "minimal-ui",
        "lang": get_language(),
        "background_color": "#fbfaf5",
        "theme_color": "#00afca",
        "icons": [
            {"src": static("bala/img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {
                "src": static("bala/img/apple-touch-icon.png"),
                "sizes": "180x180",
                "type": "image/png",
            },
        ],
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), content_type="application/manifest+json"
    )

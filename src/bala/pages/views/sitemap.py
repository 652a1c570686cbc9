"""The map of the public site for crawlers: every page in three languages, each naming the others."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bala.kernel import clock
from bala.kernel.public_pages import public_page
from bala.programme.queries.campaigns import current_campaign
from bala.programme.queries.public import blocks_with_activities, public_rows, regions_of

#: So many events of those on or to come are named; what is over is found from its region's page.
MOST_EVENTS: Final = 3000
Place = tuple[str, list[Any]]  # name of the address and its arguments


class _Map(Sitemap[Place]):
    i18n = True
    alternates = True
    x_default = True
    limit = 5000

    def location(self, item: Place) -> str:
        name, arguments = item
        return reverse(name, args=arguments)


class Pages(_Map):
    """Pages of the site and of the campaign."""

    changefreq = "daily"

    def items(self) -> Sequence[Place]:
        """Return the pages that there is one of, and those of blocks, activities, regions, days."""
        names = ("home", "helplines", "about", "privacy", "privacy_children")
        found: list[Place] = [(f"pages:{name}", []) for name in names]
        campaign = current_campaign()
        if campaign is None:
            return found
        slug = campaign.slug
        found += [
            (name, [slug]) for name in ("programme:programme", "pages:calendar", "pages:regions")
        ]
        for block, activities in blocks_with_activities(campaign):
            found.append(("programme:block", [slug, block.number]))
            found += [("programme:activity", [slug, one.public_id]) for one in activities]
        found += [("pages:region", [slug, region.iso_code]) for region in regions_of(campaign)]
        for number in range((campaign.ends_on - campaign.starts_on).days + 1):
            day = campaign.starts_on + timedelta(number)
            found.append(("pages:day", [slug, day.isoformat()]))
        return found


class Events(_Map):
    """Events that are on or to come."""

    changefreq = "weekly"

    def items(self) -> Sequence[Place]:
        """Return the events, soonest first."""
        campaign = current_campaign()
        if campaign is None:
            return []
        rows = public_rows(campaign).filter(ends_on__gte=clock.today())
        ids = rows.order_by("starts_on", "pk").values_list("public_id", flat=True)[:MOST_EVENTS]
        return [("programme:item", [campaign.slug, public_id]) for public_id in ids]


SECTIONS: Final[dict[str, type[Sitemap[Any]] | Sitemap[Any]]] = {"pages": Pages, "events": Events}


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the sections of the map."""
    return index(request, SECTIONS, sitemap_url_name="sitemap_section")


@public_page
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """List the pages of a section."""
    return sitemap(request, SECTIONS, section)

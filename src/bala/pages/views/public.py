"""Public pages that cross rooms: the first page, regions, days, the calendar."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bala.kernel import clock
from bala.kernel.errors import NotHere
from bala.kernel.keeping import kept
from bala.kernel.keyset import page_of
from bala.kernel.public_pages import people_page, public_page, shows_nobody
from bala.pages.queries import home as front
from bala.programme.access.campaigns import campaign_of_the_day, published_campaign
from bala.programme.access.public import region_of_campaign
from bala.programme.models import Campaign
from bala.programme.queries import public
from bala.programme.queries.linked_data import breadcrumbs_data, campaign_data
from bala.programme.queries.pictures import gallery
from bala.territory.queries import helplines_on

A_YEAR = 365 * 24 * 60 * 60
PAGE = 24


def crumbs_of(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the first page."""
    return [(_("Home"), reverse("pages:home")), *more]


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the campaign of the day: what it is, what is on, and where."""
    campaign = campaign_of_the_day()
    if campaign is None:
        return render(request, "pages/home_empty.html")
    blocks = public.blocks_with_activities(campaign)
    regions = public.regions_of(campaign)
    tally = public.tally_of(campaign)
    days = public.days_of(campaign)
    chosen = request.COOKIES.get("region", "")
    mine = next((region for region in regions if region.iso_code == chosen), None)
    rows = public.card_rows(campaign)
    if mine is not None:
        rows = rows.filter(region=mine)
    today = clock.today()
    moment = front.moment_of(campaign)
    activities = [activity for _block, lines in blocks for activity in lines]
    tiles = front.tiles(campaign, regions, tally, chosen)
    context: dict[str, Any] = {
        "campaign": campaign,
        "moment": moment,
        "days_to_start": (campaign.starts_on - today).days,
        "today": today,
        "tomorrow": today + timedelta(1),
        "on_today": days.get(today, 0),
        "on_tomorrow": days.get(today + timedelta(1), 0),
        "cards": front.block_cards(blocks, tally),
        "activities_count": len(activities),
        "regions": regions,
        "mine": mine,
        "rows": public.nearest(rows, size=6) if moment != front.Moment.AFTER else [],
        "tiles": tiles,
        "highest": max((tile.value for tile in tiles), default=0),
        "columns": max((tile.column for tile in tiles), default=7),
        "highlights": front.highlights(activities),
        "total": tally.total,
        "regions_with": sum(1 for figures in tally.regions.values() if figures.rows),
        "linked_data": [campaign_data(request, str(campaign.title))],
    }
    return render(request, "pages/home.html", context)


@csrf_exempt  # it keeps a region and nothing else, and cached pages can carry no token
@login_not_required
@require_POST
def choose_region(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's region in a cookie for a year (an empty one: the country) and go back."""
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("pages:home")
    response = redirect(back.split("#")[0] + "#near")
    chosen = request.POST.get("region", "")
    if not chosen:
        response.delete_cookie("region", samesite="Lax")
    elif len(chosen) == 5 and chosen.startswith("KZ-") and chosen[3:].isdigit():
        response.set_cookie(
            "region",
            chosen,
            max_age=A_YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@public_page
def regions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the country: every region of the campaign with what it holds."""
    campaign = published_campaign(slug)
    tally = public.tally_of(campaign)
    found = public.regions_of(campaign)
    tiles = front.tiles(campaign, found, tally)
    context = {
        "campaign": campaign,
        "tiles": tiles,
        "highest": max((tile.value for tile in tiles), default=0),
        "columns": max((tile.column for tile in tiles), default=7),
        "lines": [(region, tally.regions[region.pk]) for region in found],
        "crumbs": crumbs_of((_("Regions"), "")),
    }
    return render(request, "pages/site/regions.html", context)


@people_page
def region(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """Show a region: what comes next, the blocks, whom to call."""
    campaign = published_campaign(slug)
    found = region_of_campaign(campaign, iso_code)
    tally = public.tally_of(campaign)
    rows = public.card_rows(campaign).filter(region=found)
    days = public.days_of(campaign, found)
    today = clock.today()
    crumbs = crumbs_of((_("Regions"), reverse("pages:regions", args=[slug])), (found.name, ""))
    first = max(today, campaign.starts_on)
    context = {
        "campaign": campaign,
        "region": found,
        "figures": tally.regions[found.pk],
        "on_today": days.get(today, 0),
        "today": today,
        "week": [(day, days.get(day, 0)) for day in (first + timedelta(n) for n in range(7))],
        "rows": public.nearest(rows, size=9),
        "cards": front.block_cards(public.blocks_with_activities(campaign), tally, found),
        "lines_of_help": kept(f"help:{found.pk}", lambda: list(helplines_on(today, found))),
        "is_mine": request.COOKIES.get("region") == found.iso_code,
        "pictures": gallery(campaign, region=found, size=6),
        "crumbs": crumbs,
        "linked_data": [breadcrumbs_data(request, crumbs)],
    }
    response = render(request, "pages/site/region.html", context)
    return response if context["pictures"] else shows_nobody(response)


@public_page
def day(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """Show a day over the country, or over one region of it."""
    campaign = published_campaign(slug)
    when = _read_day(day)
    chosen, found = _region_of(request, campaign)
    rows = public.rows_over(public.card_rows(campaign), when)
    if chosen is not None:
        rows = rows.filter(region=chosen)
    page = page_of(
        rows, order=["-starts_on", "-pk"], cursor=request.GET.get("cursor", ""), size=PAGE
    )
    counts = public.days_of(campaign, chosen)
    crumbs = crumbs_of(
        (_("Calendar"), reverse("pages:calendar", args=[slug])),
        (_day_words(when), ""),
    )
    query = f"region={chosen.iso_code}&" if chosen else ""
    context = {
        "campaign": campaign,
        "day": when,
        "previous": when - timedelta(1),
        "following": when + timedelta(1),
        "region": chosen,
        "regions": found,
        "number": counts.get(when, 0),
        "rows": public.shown(page.rows, when),
        "next_url": f"?{query}cursor={page.next_cursor}" if page.next_cursor else "",
        "previous_url": f"?{query}cursor={page.previous_cursor}" if page.previous_cursor else "",
        "crumbs": crumbs,
        "linked_data": [breadcrumbs_data(request, crumbs)],
    }
    return render(request, "pages/site/day.html", context)


@public_page
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the months of the campaign with the number of events on each day."""
    campaign = published_campaign(slug)
    chosen, found = _region_of(request, campaign)
    counts = public.days_of(campaign, chosen)
    context = {
        "campaign": campaign,
        "months": front.months(campaign, counts),
        "highest": max(counts.values(), default=0),
        "region": chosen,
        "regions": found,
        "weekdays": [date(2021, 5, 24) + timedelta(n) for n in range(7)],
        "crumbs": crumbs_of((_("Calendar"), "")),
    }
    return render(request, "pages/site/calendar.html", context)


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotHere(gettext_lazy("There is no such day.")) from None


def _day_words(when: date) -> str:
    from bala.kernel.dates import format_day

    return format_day(when)


def _region_of(request: HttpRequest, campaign: Campaign) -> tuple[Any, list[Any]]:
    """Return the region that the address names (None: the country) and all to choose from."""
    found = public.regions_of(campaign)
    wanted = request.GET.get("region", "")
    return next((one for one in found if one.iso_code == wanted), None), found

"""Search over everything public, and the pages that explain."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bala.kernel import clock
from bala.kernel.public_pages import public_page
from bala.kernel.search import matches
from bala.pages.views.public import crumbs_of
from bala.programme.access.campaigns import campaign_of_the_day
from bala.programme.models import Campaign
from bala.programme.queries import public
from bala.territory.queries.helplines import helplines_by_region

ROWS, LINES = 12, 8


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Find activities, events, organisations, regions and pages by their words."""
    campaign = campaign_of_the_day()
    text = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    found = _found(campaign, text) if campaign and text else {}
    context: dict[str, Any] = {
        "q": text,
        "found": found,
        "anything": any(found.values()),
        "crumbs": crumbs_of((_("Search"), "")),
    }
    if campaign is not None:
        context["campaign"] = campaign
        if not any(found.values()):
            context["blocks"] = [block for block, _lines in public.blocks_with_activities(campaign)]
    part = request.headers.get("HX-Target") == "results"
    template = "pages/site/found.html" if part else "pages/site/search.html"
    return render(request, template, context)


def _found(campaign: Campaign, text: str) -> dict[str, Any]:
    activities = public.activities_with_words(campaign.activities.select_related("block"), text)
    rows = public.rows_with_words(public.public_rows(campaign), text)
    return {
        "activities": list(activities.order_by("block__number", "number")[:LINES]),
        "rows": public.shown(_coming_first(rows)),
        "organisations": list(public.organisations_with_words(campaign, text)[:LINES]),
        "regions": [
            region for region in public.regions_of(campaign) if matches(text, *region.all_names)
        ],
        "pages": [
            (label, url)
            for label, url, words in _pages(campaign)
            if matches(text, str(label), words)
        ],
    }


def _coming_first(rows: Any) -> list[Any]:
    today = clock.today()
    coming = list(rows.filter(ends_on__gte=today).order_by("starts_on", "pk")[:ROWS])
    if len(coming) < ROWS:
        past = rows.filter(ends_on__lt=today).order_by("-starts_on", "pk")
        coming += list(past[: ROWS - len(coming)])
    return coming


def _pages(campaign: Campaign) -> list[tuple[str, str, str]]:
    """Return the site's own pages: their names, addresses and further words in three languages."""
    slug = [campaign.slug]
    return [
        (_("Programme"), reverse("programme:programme", args=slug), "программа бағдарлама events"),
        (_("Calendar"), reverse("pages:calendar", args=slug), "календарь күнтізбе calendar"),
        (_("Regions"), reverse("pages:regions", args=slug), "регионы өңірлер regions карта map"),
        (
            _("Help"),
            reverse("pages:helplines"),
            "помощь телефон доверия көмек сенім телефоны helpline 111 150",
        ),
        (_("About the campaign"), reverse("pages:about"), "о кампании акция туралы about"),
        (_("Privacy"), reverse("pages:privacy"), "данные приватность құпиялылық privacy cookie"),
    ]


@public_page
def helplines(request: HttpRequest) -> HttpResponse:
    """Show whom a child can call, in the country and in every region."""
    context = {
        "groups": helplines_by_region(clock.today()),
        "crumbs": crumbs_of((_("Help"), "")),
    }
    return render(request, "pages/site/helplines.html", context)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """Tell what the campaign and this site are."""
    campaign = campaign_of_the_day()
    context: dict[str, Any] = {"crumbs": crumbs_of((_("About the campaign"), ""))}
    if campaign is not None:
        context["campaign"] = campaign
    return render(request, "pages/site/about.html", context)


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell adults what the site keeps about its visitors."""
    crumbs = crumbs_of((_("Privacy"), ""))
    return render(request, "pages/site/privacy.html", {"crumbs": crumbs})


@public_page
def privacy_children(request: HttpRequest) -> HttpResponse:
    """Tell children the same in their words."""
    crumbs = crumbs_of((_("Privacy for children"), ""))
    return render(request, "pages/site/privacy_children.html", {"crumbs": crumbs})

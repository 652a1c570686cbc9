"""What everybody may read of a campaign: its programme, blocks, activities and events."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bala.concept.enums import Format
from bala.kernel import clock
from bala.kernel.keyset import page_of
from bala.kernel.public_pages import people_page, public_page, shows_nobody
from bala.programme.access.campaigns import (
    published_activity,
    published_block,
    published_campaign,
)
from bala.programme.access.public import known_organisation, published_item
from bala.programme.enums import CampaignStatus
from bala.programme.forms.public import ProgrammeFilter
from bala.programme.models import Campaign
from bala.programme.queries import public
from bala.programme.queries.calendars import calendar_of
from bala.programme.queries.explained import EXPLAINED
from bala.programme.queries.linked_data import breadcrumbs_data, event_data
from bala.programme.queries.pictures import gallery
from bala.programme.queries.public_limits import limit_on

PAGE = 24


def crumbs_of(campaign: Campaign, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the first page through the campaign's programme."""
    return [
        (_("Home"), reverse("pages:home")),
        (_("Programme"), reverse("programme:programme", args=[campaign.slug])),
        *more,
    ]


@public_page
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the campaign by blocks, or what a visitor looks for, day by day."""
    campaign = published_campaign(slug)
    blocks = public.blocks_with_activities(campaign)
    regions = public.regions_of(campaign)
    form = ProgrammeFilter(request.GET, blocks=[block for block, _x in blocks], regions=regions)
    chosen = form.chosen()
    by_day = bool(chosen) or request.GET.get("view") == "days" or "cursor" in request.GET
    context: dict[str, Any] = {
        "campaign": campaign,
        "form": form,
        "chosen": chosen,
        "by_day": by_day,
        "tally": public.tally_of(campaign),
        "blocks": blocks,
        "crumbs": [*crumbs_of(campaign)[:1], (_("Programme"), "")],
    }
    if by_day:
        rows = public.filtered_rows(public.card_rows(campaign), chosen)
        page = page_of(
            rows,
            order=["starts_on", "pk"],
            cursor=request.GET.get("cursor", ""),
            size=PAGE,
        )
        context |= {
            "days": _by_day(public.shown(page.rows, chosen.get("day"))),
            "next_url": _same_with(request, page.next_cursor),
            "previous_url": _same_with(request, page.previous_cursor),
            "organisation": known_organisation(chosen["organisation"])
            if "organisation" in chosen
            else None,
        }
    else:
        context["blocks"] = [
            (block, context["tally"].blocks[block.pk], _lines(activities, context["tally"]))
            for block, activities in blocks
        ]
    whole = "programme/public/programme.html"
    part = request.headers.get("HX-Target") == "results"
    return render(request, "programme/public/results.html" if part else whole, context)


def _by_day(rows: list[public.Shown]) -> list[tuple[Any, list[public.Shown]]]:
    return [
        (first, list(group)) for first, group in groupby(rows, key=lambda row: row.item.starts_on)
    ]


def _same_with(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


def _lines(activities: list[Any], tally: public.Tally) -> list[tuple[Any, public.Figures]]:
    return [(activity, tally.activities[activity.pk]) for activity in activities]


@public_page
def block(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a block: its goal, its activities and what comes next in it."""
    campaign = published_campaign(slug)
    found = published_block(campaign, number)
    tally = public.tally_of(campaign)
    rows = public.card_rows(campaign).filter(activity__block=found)
    all_blocks = public.blocks_with_activities(campaign)
    activities = next((lines for one, lines in all_blocks if one.pk == found.pk), [])
    crumbs = crumbs_of(campaign, (found.title, ""))
    context = {
        "campaign": campaign,
        "of_block": found,
        "activities": _lines(activities, tally),
        "figures": tally.blocks[found.pk],
        "regions_with": tally.regions_with(one.pk for one in activities),
        "rows": public.nearest(rows, size=6),
        "blocks": [one for one, _lines_of in all_blocks],
        "crumbs": crumbs,
        "linked_data": [breadcrumbs_data(request, crumbs)],
    }
    return render(request, "programme/public/block.html", context)


@people_page
def activity(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Show a line of the concept: what it is, and where and when one can take part."""
    campaign = published_campaign(slug)
    found = published_activity(campaign, public_id)
    tally = public.tally_of(campaign)
    regions = public.regions_of(campaign)
    rows = public.card_rows(campaign).filter(activity=found)
    crumbs = crumbs_of(
        campaign,
        (found.block.title, reverse("programme:block", args=[slug, found.block.number])),
        (found.title, ""),
    )
    held_in = [
        (region, figures)
        for region in regions
        if (figures := tally.cells.get((found.pk, region.pk)))
    ]
    context = {
        "campaign": campaign,
        "activity": found,
        "of_block": found.block,
        "activity_formats": [Format(one).label for one in found.formats],
        "explained": EXPLAINED.get(found.kind, ""),
        "figures": tally.activities[found.pk],
        "stages": found.stages.order_by("number"),
        "held_in": held_in,
        "without": len(regions) - len(held_in),
        "rows": public.nearest(rows, size=6),
        "pictures": gallery(campaign, activity=found),
        "takes_pictures": campaign.status == CampaignStatus.PUBLISHED,
        "crumbs": crumbs,
        "linked_data": [breadcrumbs_data(request, crumbs)],
    }
    response = render(request, "programme/public/activity.html", context)
    return response if context["pictures"] else shows_nobody(response)


@people_page
def item(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Show one event of the programme: when, where, who, for whom."""
    campaign = published_campaign(slug)
    found = published_item(campaign, public_id)
    row = public.shown([found])[0]
    of_block = found.activity.block
    crumbs = crumbs_of(
        campaign,
        (of_block.title, reverse("programme:block", args=[slug, of_block.number])),
        (
            found.activity.title,
            reverse("programme:activity", args=[slug, found.activity.public_id]),
        ),
        (found.title or found.activity.title, ""),
    )
    others = public.card_rows(campaign).filter(region=found.region).exclude(pk=found.pk)
    context = {
        "campaign": campaign,
        "row": row,
        "item": found,
        "title": found.title or found.activity.title,
        "activity": found.activity,
        "of_block": of_block,
        "limit": limit_on(found, row.day),
        "zone_name": clock.now().astimezone(found.region.zone).strftime("UTC%z")[:6],
        "others": public.nearest(others, size=3),
        "pictures": gallery(campaign, item=found),
        "takes_pictures": campaign.status == CampaignStatus.PUBLISHED
        and found.starts_on <= clock.today(),
        "crumbs": crumbs,
        "linked_data": [event_data(request, found), breadcrumbs_data(request, crumbs)],
        "address": request.build_absolute_uri(),
    }
    response = render(request, "programme/public/item.html", context)
    return response if context["pictures"] else shows_nobody(response)


@public_page
def item_calendar(_request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Give one event as a file that calendars read."""
    campaign = published_campaign(slug)
    found = published_item(campaign, public_id)
    body = calendar_of([found], name=found.title or found.activity.title)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bala-{public_id}.ics"'
    return response

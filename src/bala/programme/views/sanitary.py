"""Sanitary zones and limits, and the rows that no longer fit."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.keyset import page_of
from bala.kernel.revisions import RowConflict
from bala.kernel.spreadsheets import Cell
from bala.programme.access.campaigns import campaign_at_work, coordinated_campaign
from bala.programme.access.sanitary import decree_to_edit, limit_to_edit
from bala.programme.models import Campaign
from bala.programme.queries.sanitary import limits_of, misfits, zone_table, zone_tiles
from bala.programme.views.sheets import sheet
from bala.territory.actions.sanitary import (
    BadZones,
    DecreeThere,
    import_zones,
    save_decree,
    save_limit,
)
from bala.territory.enums import Zone
from bala.territory.forms import DecreeForm, LimitForm, ListFileForm
from bala.territory.models import ZoneDecree
from bala.territory.queries.list_files import read_list
from bala.territory.queries.regions import in_order
from bala.territory.queries.sanitary import limits_in_order, rule_book


def sanitary(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the zones by region and day, the limits, and the rows that no longer fit."""
    reach = campaign_at_work(request.user, slug)
    campaign = reach.campaign
    day = _day(request.GET.get("day", "")) or _at_work(campaign)
    book = rule_book()
    regions = in_order(campaign.regions.all())
    ids = None if reach.is_editor else reach.region_ids
    page = page_of(
        misfits(campaign, clock.today(), ids),
        order=["starts_on", "pk"],
        cursor=request.GET.get("from", ""),
        size=30,
    )
    limits = limits_of(page.rows)
    if request.GET.get("as") in ("csv", "xlsx"):
        return _zones_sheet(request.GET["as"], campaign)
    context = {
        "at": campaign,
        "day": day,
        "decree": book.decree_on(day),
        "tiles": zone_tiles(regions, book, day),
        "table": zone_table(regions, book, campaign),
        "limits": limits_in_order(),
        "rows": [(row, limits.get(row.pk)) for row in page.rows],
        "next_url": f"?from={page.next_cursor}#misfits" if page.next_cursor else "",
        "previous_url": f"?from={page.previous_cursor}#misfits" if page.previous_cursor else "",
        "may_edit": reach.is_coordinator,
        "file": ListFileForm(),
    }
    return render(request, "programme/sanitary/sanitary.html", context)


def sanitary_misfits(request: HttpRequest, slug: str) -> HttpResponse:
    """Export the rows that no longer fit."""
    reach = campaign_at_work(request.user, slug)
    rows = misfits(reach.campaign, clock.today(), None if reach.is_editor else reach.region_ids)
    found = list(rows.order_by("starts_on", "pk")[:20_000])
    limits = limits_of(found)
    header = [
        _("Region"),
        _("Activity"),
        _("Title"),
        _("From"),
        _("To"),
        _("Place"),
        _("Organisation"),
        _("Expected"),
        _("Limit"),
        _("Why"),
    ]
    cells = [
        [
            str(row.region.name),
            f"{row.activity.block.number}.{row.activity.number}",
            str(row.title or row.activity.title),
            row.starts_on,
            row.ends_on,
            row.place,
            str(row.organisation.name) if row.organisation else "",
            limits[row.pk].expected,
            limits[row.pk].limit.people,
            limits[row.pk].limit.explanation,
        ]
        for row in found
        if row.pk in limits
    ]
    return sheet("sanitary", request.GET.get("as", "xlsx"), header, cells)


def sanitary_decree(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a decree, beginning from the zones in force."""
    campaign = coordinated_campaign(request.user, slug)
    return _decree(request, campaign, None, clock.today())


def sanitary_decree_edit(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """Edit the zones of a decree."""
    campaign, decree = decree_to_edit(request.user, slug, day)
    return _decree(request, campaign, decree, decree.effective_on)


def sanitary_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over decrees from a list: day, region, zone; all or nothing."""
    campaign = coordinated_campaign(request.user, slug)
    form = ListFileForm(request.POST or None, request.FILES or None)
    faults: Any = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            count = import_zones(rows=read_list(file.read(), filename=file.name))
        except BadZones as error:
            faults = error.faults
            form.add_error("file", str(error))
        except PersonError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Decrees taken over: %(number)s.") % {"number": count})
            return redirect("programme:sanitary", slug=slug)
    context = {"at": campaign, "form": form, "faults": faults}
    return render(request, "programme/sanitary/import.html", context, status=_status(form))


def sanitary_limit(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add a limit or edit one."""
    campaign, limit = limit_to_edit(request.user, slug, pk)
    initial = {"valid_from": clock.today()} if limit is None else {}
    form = LimitForm(
        request.POST or None,
        instance=limit,
        initial=initial,
        revision=limit.revision if limit else 0,
    )
    name = limit.get_venue_kind_display() if limit else ""
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            save_limit(limit=limit, values=form.values(), revision=form.revision)
        except RowConflict as error:
            form.tell(error)
            conflict = str(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("programme:sanitary", slug=slug)
    context = {"at": campaign, "form": form, "name": name, "conflict": conflict}
    status = 409 if conflict else _status(form)
    return render(request, "programme/sanitary/limit.html", context, status=status)


def _decree(
    request: HttpRequest, campaign: Campaign, decree: ZoneDecree | None, day: date
) -> HttpResponse:
    regions = in_order(campaign.regions.all())
    book = rule_book()
    form = DecreeForm(
        request.POST or None,
        regions=regions,
        zones={region.pk: book.zone_of(region.pk, day) for region in regions},
        initial={"effective_on": day, "number": decree.number if decree else ""},
        revision=decree.revision if decree else 0,
    )
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            save_decree(
                decree=decree,
                effective_on=form.cleaned_data["effective_on"],
                number=form.cleaned_data["number"],
                zones=form.zones(),
                revision=form.revision,
            )
        except RowConflict as error:
            form.tell(error)
            conflict = str(error)
        except DecreeThere as error:
            form.add_error("effective_on", str(error))
        else:
            messages.success(request, _("Saved. Rows that no longer fit stand below."))
            return redirect("programme:sanitary", slug=campaign.slug)
    context = {"at": campaign, "form": form, "decree": decree, "conflict": conflict}
    status = 409 if conflict else _status(form)
    return render(request, "programme/sanitary/decree.html", context, status=status)


def _zones_sheet(kind: str, campaign: Campaign) -> HttpResponse:
    regions = list(campaign.regions.order_by("iso_code"))
    # Codes and not words, so that the list can be imported again.
    cells: list[list[Cell]] = [
        [
            decree.effective_on,
            region.iso_code,
            decree.zones.get(region.pk, Zone.GREEN).value,
            decree.number,
        ]
        for decree in rule_book().decrees
        for region in regions
    ]
    return sheet("zones", kind, ["effective_on", "region_code", "zone", "number"], cells)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _at_work(campaign: Campaign) -> date:
    return min(max(clock.today(), campaign.starts_on), campaign.ends_on)


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200

"""Coverage: the matrix, its cells, and what the public may see of it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bala.kernel import clock
from bala.kernel.downloads import CSV, XLSX, attached
from bala.kernel.errors import NotHere
from bala.kernel.keyset import page_of
from bala.kernel.public_pages import public_page
from bala.kernel.spreadsheets import to_csv, to_xlsx
from bala.people.models import Account
from bala.programme.access.campaigns import published_campaign
from bala.programme.access.coverage import (
    activity_rows_at_work,
    cell_at_work,
    coordinated_activity,
    coverage_at_work,
    outcomes_of_cell,
    rows_of_cell,
)
from bala.programme.actions.gaps import write_about_gap
from bala.programme.enums import CellState
from bala.programme.forms.coverage import CellFilters, CoverageFilters, GapLetter, first_words
from bala.programme.models import Activity
from bala.programme.queries.coverage import Filters, coverage, regions_within
from bala.programme.queries.coverage_tables import cells_table, gaps_table, matrix_table
from bala.programme.queries.deadlines import gap_addressees
from bala.programme.queries.public_coverage import public_coverage
from bala.territory.models import Region

_GAPS_SHOWN = 8


def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Show activities × regions; with htmx the same page is asked for again every minute."""
    reach, widest = coverage_at_work(request.user, slug)
    form, found = _asked(request, reach.campaign, widest)
    return render(
        request,
        "programme/coverage/matrix.html",
        {
            "campaign": reach.campaign,
            "reach": reach,
            "form": form,
            "found": found,
            "base": reverse("programme:coverage", args=[slug]),
            "query": request.GET.urlencode(),
            "gaps_first": found.gap_groups[:_GAPS_SHOWN],
            "gaps_rest": found.gap_groups[_GAPS_SHOWN:],
            "legend": LEGEND,
            "day_number": (found.day - reach.campaign.starts_on).days + 1,
            "day_count": (reach.campaign.ends_on - reach.campaign.starts_on).days + 1,
        },
    )


LEGEND = [
    (CellState.HELD, "7"),
    (CellState.PLANNED, "3"),
    (CellState.DUE, "!1"),
    (CellState.LATE, "‼2"),
    (CellState.NOT_PLANNED, "–"),
    (CellState.ZERO, "0"),
    (CellState.NOT_APPLICABLE, "·"),
]


def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send what the matrix shows as a spreadsheet: CSV has the cells, XLSX the rest too."""
    reach, widest = coverage_at_work(request.user, slug)
    _form, found = _asked(request, reach.campaign, widest)
    if form == "csv":
        _name, header, rows = cells_table(found)
        body, content_type = to_csv(header, rows), CSV
    elif form == "xlsx":
        sheets = [matrix_table(found), cells_table(found), gaps_table(found)]
        body, content_type = to_xlsx(sheets), XLSX
    else:
        raise NotHere("")
    return attached(body, content_type, f"coverage-{slug}-{found.day.isoformat()}.{form}")


def cell(request: HttpRequest, slug: str, public_id: str, iso_code: str) -> HttpResponse:
    """Show the rows of the plan behind a cell, and figure by figure what came of them."""
    reach, widest, line, region = cell_at_work(request.user, slug, public_id, iso_code)
    narrow = Filters(block=line.block.number, region=region.iso_code, districts=widest.districts)
    found = coverage(reach.campaign, narrow)
    context = {
        "reach": reach,
        "region": region,
        "cell": next((one for one in found.cells if one.activity.pk == line.pk), None),
        "gap": next((one for one in found.gaps if one.activity.pk == line.pk), None),
    }
    context |= _records(request, line, widest, region)
    return render(request, "programme/coverage/cell.html", context)


def activity(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Show the rows of an activity in all regions that the person reaches; withdrawn ones too."""
    reach, widest, line = activity_rows_at_work(request.user, slug, public_id)
    context = {"reach": reach, **_records(request, line, widest)}
    return render(request, "programme/coverage/activity.html", context)


def _records(
    request: HttpRequest, line: Activity, widest: Filters, region: Region | None = None
) -> dict[str, Any]:
    """Give a page of rows and a page of outcomes, each with its own place in the address."""
    form = CellFilters(request.GET)
    rows = rows_of_cell(widest, line, region)
    figures = outcomes_of_cell(widest, line, region)
    if form.asks:
        rows = form.narrow(rows)
        figures = figures.filter(plan_item__in=rows.select_related(None))
    page = page_of(rows, order=["starts_on", "pk"], cursor=request.GET.get("page", ""))
    outcomes = page_of(
        figures,
        order=["happened_on", "pk"],
        cursor=request.GET.get("outcomes", ""),
    )
    return {
        "campaign": line.campaign,
        "activity": line,
        "form": form,
        "page": page,
        "outcomes": outcomes,
        "day": clock.today(),
        "next_url": _page_url(request, "page", page.next_cursor),
        "previous_url": _page_url(request, "page", page.previous_cursor),
        "next_outcomes_url": _page_url(request, "outcomes", outcomes.next_cursor),
        "previous_outcomes_url": _page_url(request, "outcomes", outcomes.previous_cursor),
        "base": reverse("programme:coverage", args=[line.campaign.slug]),
    }


def write(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Let a coordinator write to those responsible for the gaps of an activity."""
    activity = coordinated_activity(request.user, slug, public_id)
    account = cast(Account, request.user)
    back = reverse("programme:coverage", args=[slug])
    form = GapLetter(request.POST or None, campaign=activity.campaign)
    if request.method == "POST" and form.is_valid():
        written = write_about_gap(
            account=account,
            activity=activity,
            regions=form.cleaned_data["region"],
            text=form.cleaned_data["text"],
        )
        _say(request, written)
        return redirect(f"{back}#gaps")
    if request.method != "POST":
        found = coverage(activity.campaign, Filters(block=activity.block.number))
        given = {"region": request.GET.getlist("region"), "text": first_words(found, activity)}
        form = GapLetter(campaign=activity.campaign, initial=given)
    people = gap_addressees(activity.campaign)
    return render(
        request,
        "programme/coverage/write.html",
        {
            "campaign": activity.campaign,
            "activity": activity,
            "form": form,
            "people": people,
            "base": back,
        },
    )


def _say(request: HttpRequest, letters: int) -> None:
    if letters:
        text = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", letters)
        messages.success(request, text % {"n": letters})
    else:
        messages.info(request, _("They have had a letter about this today already."))


@public_page
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everybody what is planned and held, by block and region."""
    campaign = published_campaign(slug)
    found = public_coverage(campaign)
    return render(
        request,
        "programme/coverage/public.html",
        {"campaign": campaign, "found": found, "rows": found.by_region()},
    )


def _asked(request: HttpRequest, campaign: Any, widest: Filters) -> tuple[CoverageFilters, Any]:
    form = CoverageFilters(request.GET, campaign=campaign, regions=regions_within(campaign, widest))
    found = coverage(campaign, form.narrow(widest))
    if form.only_gaps:
        found.only_gaps()
    return form, found


def _page_url(request: HttpRequest, name: str, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query[name] = cursor
    return f"?{query.urlencode()}#{name}"

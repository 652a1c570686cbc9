"""The plans of the regions: who planned what, and the table one works in."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from bala.kernel.downloads import XLSX, attached
from bala.people.models import Account
from bala.programme.access.campaigns import Reach
from bala.programme.access.plans import plan_of_region, plans_at_work
from bala.programme.actions.plans import allowed_steps, may_edit
from bala.programme.enums import PlanStatus
from bala.programme.forms.plans import BulkForm, FilterForm, SortForm
from bala.programme.models import PlanItem
from bala.programme.queries import plan_export as export
from bala.programme.queries.plan_cells import LABELS, PlanWords
from bala.programme.queries.plan_grid import GridRow, cells_of, chosen_columns
from bala.programme.queries.plans import ORDERS, plan_is_late, plan_page, region_plans
from bala.programme.queries.sanitary import CHECKED_STATUSES, ItemLimit, limits_of
from bala.territory.models import Region

COLUMNS_KEY = "plan_columns"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def plans(request: HttpRequest, slug: str) -> HttpResponse:
    """All regions: rows by status, when plans are due, who is silent."""
    reach = plans_at_work(request.user, slug)
    rows = region_plans(reach.campaign, None if reach.is_editor else reach.region_ids)
    return render(
        request,
        "programme/plans/overview.html",
        {
            "reach": reach,
            "plan_campaign": reach.campaign,
            "rows": rows,
            "silent": sum(row.is_silent for row in rows),
            "total": sum(row.total for row in rows),
            "late": plan_is_late(reach.campaign),
            "statuses": PlanStatus,
        },
    )


@require_GET
def plan_region(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """The table of one region."""
    reach, region, items = plan_of_region(request.user, slug, iso_code)
    words = PlanWords(reach.campaign, region)
    blocks = reach.campaign.blocks.filter(withdrawn_at__isnull=True).order_by("number")
    filters = FilterForm(request.GET, blocks=blocks, words=words)
    wanted = filters.chosen()
    sorting = SortForm(request.GET)
    order = sorting.cleaned_data if sorting.is_valid() else {}
    columns = columns_of(request)
    sort, down = order.get("sort") or "dates", bool(order.get("down"))
    page = plan_page(
        wanted.narrow(items), sort=sort, descending=down, cursor=order.get("cursor", "")
    )
    limits = limits_of(page)
    return render(
        request,
        "programme/plans/region.html",
        {
            "reach": reach,
            "plan_campaign": reach.campaign,
            "region": region,
            "rows": [grid_row(reach, item, columns, over=over_of(limits, item)) for item in page],
            "heads": heads(request.GET, columns, sort, down=down),
            "columns": [(name, label, name in columns) for name, label in LABELS.items()],
            "filters": filters,
            "filtered": bool(wanted),
            "words": words,
            "bulk": BulkForm(),
            "may_add": may_add(reach, region),
            "next_url": _page_url(request.GET, page.next_cursor),
            "previous_url": _page_url(request.GET, page.previous_cursor),
            "query": _without(request.GET, "cursor", "columns"),
            "late": plan_is_late(reach.campaign),
        },
    )


@require_GET
def plan_export(request: HttpRequest, slug: str, iso_code: str, form: str) -> HttpResponse:
    """The rows that the filters leave, as a file."""
    reach, region, items = plan_of_region(request.user, slug, iso_code)
    words = PlanWords(reach.campaign, region)
    blocks = reach.campaign.blocks.filter(withdrawn_at__isnull=True).order_by("number")
    rows = FilterForm(request.GET, blocks=blocks, words=words).chosen().narrow(items)
    if form == "csv":
        return download(export.as_csv(rows), "text/csv; charset=utf-8", region, "csv")
    if form == "docx":
        return download(export.as_docx(rows, region, reach.campaign.title), DOCX, region, "docx")
    return download(export.as_xlsx(rows, region), XLSX, region, "xlsx")


def columns_of(request: HttpRequest) -> list[str]:
    """Return the columns that the person chose; a new choice is kept for the session."""
    if "columns" in request.GET:
        request.session[COLUMNS_KEY] = chosen_columns(request.GET.getlist("columns"))
    return chosen_columns(request.session.get(COLUMNS_KEY, ()))


def grid_row(reach: Reach, item: PlanItem, columns: list[str], **more: Any) -> GridRow:
    """Return a row as the table shows it to this person."""
    refused = {name: more.pop(name) for name in ("typed_texts", "faults") if name in more}
    steps = [(step.value, str(step.label)) for step in allowed_steps(reach, item)]
    return GridRow(
        item=item,
        cells=cells_of(item, columns, **refused),
        editable=may_edit(reach, item),
        steps=steps,
        **more,
    )


def over_of(limits: Mapping[int, ItemLimit], item: PlanItem) -> int:
    """Return how many more are expected than the row's sanitary limit lets in."""
    limit = limits.get(item.pk)
    return limit.over if limit and item.status in CHECKED_STATUSES else 0


def may_add(reach: Reach, region: Region) -> bool:
    """Whether the person may write rows into the region's plan."""
    if reach.is_coordinator:
        return True
    return any(scope.region_id == region.pk for scope in reach.organiser)


def heads(query: QueryDict, columns: list[str], sort: str, *, down: bool) -> list[dict[str, Any]]:
    """Return the headings of the columns with the addresses that sort by them."""
    found = []
    for name in [*columns, "status"]:
        label = LABELS[name] if name in LABELS else gettext("Status")
        url, direction = "", ""
        if name in ORDERS:
            asked = _without(query, "cursor", "columns", "sort", "down")
            flip = {"down": "on"} if sort == name and not down else {}
            url = "?" + "&".join(p for p in (asked, urlencode({"sort": name, **flip})) if p)
            direction = ("descending" if down else "ascending") if sort == name else "none"
        found.append({"name": name, "label": label, "url": url, "direction": direction})
    return found


def download(data: bytes, kind: str, region: Region, ending: str) -> HttpResponse:
    """Answer with a file named for the region and the language."""
    name = f"plan-{slugify(region.iso_code)}-{(get_language() or 'ru')[:2]}.{ending}"
    return attached(data, kind, name)


def signed_in(request: HttpRequest) -> Account:
    """Return the person; access let nobody in who is not signed in."""
    if not isinstance(request.user, Account):
        raise TypeError("Only people who signed in come here")
    return request.user


def back_to_plan(slug: str, iso_code: str) -> HttpResponse:
    """Go to the table of a region."""
    return redirect(reverse("programme:plan_region", args=[slug, iso_code]))


def _page_url(query: QueryDict, cursor: str) -> str:
    if not cursor:
        return ""
    asked = _without(query, "cursor", "columns")
    return "?" + "&".join(part for part in (asked, urlencode({"cursor": cursor})) if part)


def _without(query: QueryDict, *names: str) -> str:
    left = query.copy()
    for name in names:
        left.pop(name, None)
    return left.urlencode()

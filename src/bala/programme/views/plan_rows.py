"""One row of a plan, and several at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bala.kernel.errors import PersonError
from bala.kernel.revisions import RowConflict
from bala.programme.access.campaigns import organised_region, writable_plan_item
from bala.programme.access.plans import districts_of, plan_of_region, readable_plan_item
from bala.programme.actions import plans as actions
from bala.programme.actions.plan_paste import PasteRefused, paste_block
from bala.programme.enums import PUBLIC_STATUSES, PlanStatus
from bala.programme.forms.plan_paste import PasteForm
from bala.programme.forms.plans import BulkForm, CarryForm, CellsForm, PlanItemForm, StatusForm
from bala.programme.models import PlanItem
from bala.programme.queries.plan_cells import PlanWords, typed
from bala.programme.queries.plan_history import history_of
from bala.programme.queries.plans import organisations_like, rows_named
from bala.programme.queries.sanitary import limit_of, limits_of
from bala.programme.views.plans import back_to_plan, columns_of, grid_row, over_of, signed_in


@require_http_methods(["GET", "POST"])
def plan_row(request: HttpRequest, public_id: str) -> HttpResponse:
    """A row of the table; posted cells are written, and the row comes back as it stands."""
    if request.method == "GET":
        reach, item = readable_plan_item(request.user, public_id)
        return _row(request, grid_row(reach, item, columns_of(request)))
    reach, item = writable_plan_item(request.user, public_id)
    form = CellsForm(request.POST, words=PlanWords(item.campaign, item.region), item=item)
    typed_texts = {name: request.POST[name] for name in form.columns}
    columns = columns_of(request)
    if not form.is_valid():
        faults = {name: " ".join(str(e) for e in errors) for name, errors in form.errors.items()}
        row = grid_row(reach, item, columns, typed_texts=typed_texts, faults=faults)
        return _row(request, row, 422)
    try:
        saved = actions.update_plan_item(
            account=signed_in(request),
            reach=reach,
            item=item,
            revision=form.cleaned_data["revision"],
            values=form.values(),
        )
    except RowConflict as conflict:
        told = dict.fromkeys(form.columns, str(conflict.message))
        row = grid_row(
            reach, conflict.theirs, columns, typed_texts=typed_texts, faults=told, conflict=True
        )
        return _row(request, row, 409)
    except PersonError as error:
        faults = dict.fromkeys(form.columns, str(error.message))
        row = grid_row(reach, item, columns, typed_texts=typed_texts, faults=faults)
        return _row(request, row, 422)
    over = over_of(limits_of([saved]), saved)
    return _row(request, grid_row(reach, saved, columns, over=over))


def _row(request: HttpRequest, row: Any, status: int = 200) -> HttpResponse:
    return render(request, "programme/plans/row.html", {"row": row}, status=status)


@require_http_methods(["GET", "POST"])
def plan_item(request: HttpRequest, public_id: str) -> HttpResponse:
    """All about a row: its plan to edit, its steps, its result, its history."""
    if request.method == "GET":
        reach, item = readable_plan_item(request.user, public_id)
        editable = actions.may_edit(reach, item)
        form = _form(item, reach) if editable else None
        return _item_page(request, reach, item, form)
    reach, item = writable_plan_item(request.user, public_id)
    form = _form(item, reach, request.POST)
    if not form.is_valid():
        return _item_page(request, reach, item, form, status=422)
    try:
        actions.update_plan_item(
            account=signed_in(request),
            reach=reach,
            item=item,
            revision=form.cleaned_data["revision"] or 0,
            values=form.values(),
        )
    except RowConflict as conflict:
        return _conflict_page(request, reach, conflict)
    except PersonError as error:
        form.add_error(None, str(error.message))
        return _item_page(request, reach, item, form, status=422)
    messages.success(request, _("The row is saved."))
    return redirect("programme:plan_item", public_id=item.public_id)


def _form(item: PlanItem, reach: Any, data: Any = None) -> PlanItemForm:
    return PlanItemForm(
        data,
        words=PlanWords(item.campaign, item.region),
        districts=districts_of(reach, item.region, keep=item.district_id),
        item=item,
    )


def _conflict_page(request: HttpRequest, reach: Any, conflict: RowConflict) -> HttpResponse:
    """Show what stands beside what was typed; sending again writes over it, knowingly."""
    theirs = conflict.theirs
    data = request.POST.copy()
    data["revision"] = str(theirs.revision)
    form = _form(theirs, reach, data)
    columns = {"starts_on": "dates", "ends_on": "dates", "days": "dates", "dates_text": "dates"}
    columns |= {"starts_at": "time", "ends_at": "time", "organisation_id": "organisation"}
    columns |= {"expected_children": "children", "expected_adults": "adults"}
    columns |= {"completion_form": "completion", "funding_tenge": "tenge"}
    columns |= {"activity_id": "activity", "district_id": "district"}
    for name in dict.fromkeys(columns.get(name, name) for name in conflict.fields):
        stands = str(getattr(theirs, name)) if name.startswith(("title_", "venue_")) else ""
        stands = stands or (typed(theirs, name) if name in form.fields and not stands else "")
        text = _("Now stands here: “%(text)s”. What you typed is kept in the field.")
        form.add_error(name if name in form.fields else None, text % {"text": stands or "–"})
    return _item_page(request, reach, theirs, form, status=409, conflict=conflict.message)


def _item_page(
    request: HttpRequest,
    reach: Any,
    item: PlanItem,
    form: PlanItemForm | None,
    *,
    status: int = 200,
    conflict: Any = "",
) -> HttpResponse:
    return render(
        request,
        "programme/plans/item.html",
        {
            "reach": reach,
            "plan_campaign": item.campaign,
            "item": item,
            "region": item.region,
            "form": form,
            "row": grid_row(reach, item, columns_of(request)),
            "may_delete": item.status == PlanStatus.DRAFT and actions.may_edit(reach, item),
            "may_write": bool(reach.roles_on(item)),
            "history": history_of(item),
            "media": list(item.media_mentions.order_by("pk")),
            "captions": list(item.photo_captions.order_by("pk")),
            "outcomes": list(item.outcomes.filter(superseded_at=None).order_by("metric")),
            "conflict": conflict,
            "limit": limit_of(item),
            "in_public": item.status in PUBLIC_STATUSES,
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
def plan_add(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """A new row."""
    reach, region = organised_region(request.user, slug, iso_code)
    words = PlanWords(reach.campaign, region)
    form = PlanItemForm(
        request.POST or None,
        words=words,
        districts=districts_of(reach, region),
        initial={"activity": request.GET.get("activity", "")},
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and (item := _added(request, form, reach, region.pk)):
            messages.success(request, _("The row is added as a draft."))
            if "again" in request.POST:
                asked = f"?activity={item.activity.public_id}"
                return redirect(reverse("programme:plan_add", args=[slug, iso_code]) + asked)
            return back_to_plan(slug, iso_code)
        status = 422
    context = {"form": form, "region": region, "plan_campaign": reach.campaign}
    return render(request, "programme/plans/add.html", context, status=status)


def _added(request: HttpRequest, form: PlanItemForm, reach: Any, region_id: int) -> PlanItem | None:
    try:
        return actions.add_plan_item(
            account=signed_in(request),
            reach=reach,
            region_id=region_id,
            values=form.values(),
            key=form.cleaned_data["key"] or PlanItem().public_id,
        )
    except PersonError as error:
        form.add_error(None, str(error.message))
        return None


@require_http_methods(["GET", "POST"])
def plan_copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """A draft with the same plan."""
    reach, item = writable_plan_item(request.user, public_id)
    if request.method == "GET":
        context = {"item": item, "region": item.region, "key": PlanItem().public_id}
        return render(
            request, "programme/plans/copy.html", {**context, "plan_campaign": item.campaign}
        )
    key = request.POST.get("key") or PlanItem().public_id
    copied = actions.copy_plan_item(
        account=signed_in(request), reach=reach, item=item, key=key[:16]
    )
    messages.success(request, _("The row is copied. This is the copy: change what differs."))
    return redirect("programme:plan_item", public_id=copied.public_id)


@require_http_methods(["GET", "POST"])
def plan_status(request: HttpRequest, public_id: str) -> HttpResponse:
    """A step of a row, with its reason; the table gets the row back."""
    reach, item = writable_plan_item(request.user, public_id)
    steps = actions.allowed_steps(reach, item)
    form = StatusForm(
        request.POST if request.method == "POST" else None,
        steps=steps,
        words=PlanWords(item.campaign, item.region),
        initial={"status": request.GET.get("to", ""), "revision": item.revision},
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and (saved := _stepped(request, form, reach, item)):
            if request.headers.get("HX-Request"):
                return _row(request, grid_row(reach, saved, columns_of(request)))
            messages.success(
                request, _("Status: %(status)s.") % {"status": saved.get_status_display()}
            )
            return redirect("programme:plan_item", public_id=item.public_id)
        status = 422
        if request.headers.get("HX-Request"):
            told = " ".join(str(e) for errors in form.errors.values() for e in errors)
            return _row(request, grid_row(reach, item, columns_of(request), fault=told), status)
    context = {"form": form, "item": item, "region": item.region, "plan_campaign": item.campaign}
    return render(
        request, "programme/plans/status.html", {**context, "steps": steps}, status=status
    )


def _stepped(request: HttpRequest, form: StatusForm, reach: Any, item: PlanItem) -> PlanItem | None:
    try:
        return actions.change_status(
            account=signed_in(request),
            reach=reach,
            item=item,
            status=PlanStatus(form.cleaned_data["status"]),
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            values=form.values(),
        )
    except PersonError as error:
        form.add_error(None, str(error.message))
        return None


@require_http_methods(["GET", "POST"])
def plan_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete a draft, after a question."""
    reach, item = writable_plan_item(request.user, public_id)
    if request.method == "GET":
        context = {"item": item, "region": item.region, "plan_campaign": item.campaign}
        return render(request, "programme/plans/delete.html", context)
    actions.delete_draft(account=signed_in(request), reach=reach, item=item)
    messages.success(request, _("The draft is deleted."))
    return back_to_plan(item.campaign.slug, item.region.iso_code)


@require_http_methods(["GET", "POST"])
def plan_carry(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """Rows carried to several districts at once."""
    reach, region, items = plan_of_region(request.user, slug, iso_code)
    rows = rows_named(items, (request.POST or request.GET).get("rows", ""))
    districts = districts_of(reach, region)
    form = CarryForm(request.POST or None, districts=districts)
    if request.method == "POST" and form.is_valid():
        made = actions.carry_many(
            account=signed_in(request),
            reach=reach,
            items=rows,
            districts=form.cleaned_data["districts"],
        )
        text = ngettext("%(n)s draft is added.", "%(n)s drafts are added.", made)
        messages.success(request, text % {"n": made})
        return back_to_plan(slug, iso_code)
    context = {"form": form, "region": region, "plan_campaign": reach.campaign, "rows": rows}
    status = 422 if request.method == "POST" else 200
    context |= {
        "names": ",".join(row.public_id for row in rows),
        "has_districts": districts.exists(),
    }
    return render(request, "programme/plans/carry.html", context, status=status)


@require_POST
def plan_bulk(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """Something done with all ticked rows."""
    reach, _region, items = plan_of_region(request.user, slug, iso_code)
    form = BulkForm(request.POST)
    rows = rows_named(items, ",".join(request.POST.getlist("rows")))
    if not rows or not form.is_valid():
        messages.warning(request, _("Tick the rows first, then choose what to do with them."))
        return back_to_plan(slug, iso_code)
    do = form.cleaned_data["do"]
    if do == "carry":
        names = ",".join(row.public_id for row in rows)
        return redirect(reverse("programme:plan_carry", args=[slug, iso_code]) + f"?rows={names}")
    try:
        done = actions.do_with_many(
            account=signed_in(request),
            reach=reach,
            items=rows,
            do=do,
            reason=form.cleaned_data["reason"],
        )
    except PersonError as error:
        messages.error(request, str(error.message))
        return back_to_plan(slug, iso_code)
    if done.done:
        text = ngettext("Done with %(n)s row.", "Done with %(n)s rows.", done.done)
        messages.success(request, text % {"n": done.done})
    for item, why in done.refused[:10]:
        messages.warning(request, f"{item.title or item.activity.title}: {why}")
    return back_to_plan(slug, iso_code)


@require_POST
def plan_paste(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """A block of cells from a spreadsheet, over the table."""
    reach, region, items = plan_of_region(request.user, slug, iso_code)
    form = PasteForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    try:
        pasted = paste_block(
            account=signed_in(request),
            reach=reach,
            words=PlanWords(reach.campaign, region),
            rows=form.rows(items),
            columns=form.columns(columns_of(request)),
            lines=form.lines(),
        )
    except PasteRefused as refused:
        context = {"refused": refused, "text": form.cleaned_data["text"]}
        return render(request, "programme/plans/paste_faults.html", context, status=422)
    text = _("Pasted: %(changed)s rows changed, %(added)s added.")
    messages.success(request, text % {"changed": pasted.changed, "added": pasted.added})
    return HttpResponse(status=204)


@require_GET
def plan_organisations(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """Names of organisations that contain what is typed, as options."""
    _reach, region, _items = plan_of_region(request.user, slug, iso_code)
    found = organisations_like(region, request.GET.get("q", ""))
    return render(request, "programme/plans/organisations.html", {"organisations": found})

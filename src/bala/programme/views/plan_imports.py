"""A plan out of a file: send it, look at what it would become, take it in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bala.concept.errors import DocumentTooLarge
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.keyset import page_of
from bala.programme.access.campaigns import organised_region
from bala.programme.access.plans import plan_import_at_work
from bala.programme.actions import plan_import as actions
from bala.programme.forms.plan_imports import ImportForm
from bala.programme.models import PlanImport
from bala.programme.queries.plan_cells import PlanWords
from bala.programme.queries.plan_imports import (
    COLUMNS,
    SHOWN,
    imports_of,
    preview_page,
    problem_of,
)
from bala.programme.views.plans import back_to_plan, signed_in


@require_http_methods(["GET", "POST"])
def plan_import(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """Send a table in, or go on with one that was sent."""
    reach, region = organised_region(request.user, slug, iso_code)
    form = ImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                kept = _uploaded(request, form, reach, region)
                return redirect("programme:plan_import_preview", slug, iso_code, kept.public_id)
            except PersonError as error:
                form.add_error("file" if form.cleaned_data["file"] else "text", str(error.message))
    context = {
        "form": form,
        "region": region,
        "plan_campaign": reach.campaign,
        "columns": COLUMNS,
        "kept_days": settings.BALA_PLAN_FILES_DAYS,
        "page": page_of(
            imports_of(reach.campaign, region),
            order=("-uploaded_at", "-pk"),
            cursor=request.GET.get("cursor", ""),
            size=10,
        ),
    }
    return render(request, "programme/plans/import.html", context, status=status)


def _uploaded(request: HttpRequest, form: ImportForm, reach: Any, region: Any) -> PlanImport:
    file = form.cleaned_data["file"]
    if file and file.size > settings.BALA_MAX_DOCUMENT_MB * 1024 * 1024:
        raise DocumentTooLarge  # before it is read
    return actions.upload_plan(
        account=signed_in(request),
        reach=reach,
        region=region,
        filename=form.filename(),
        data=form.content(),
    )


@require_http_methods(["GET", "POST"])
def plan_import_preview(
    request: HttpRequest, slug: str, iso_code: str, public_id: str
) -> HttpResponse:
    """How far an import is, and what its rows would become; posted choices are kept."""
    reach, kept = plan_import_at_work(request.user, slug, iso_code, public_id)
    if request.method == "POST":
        choices = {
            name.removeprefix("row-"): str(value)
            for name, value in request.POST.items()
            if name.startswith("row-")
        }
        try:
            actions.choose_activities(plan_import=kept, choices=choices)
        except actions.ImportOver as error:
            messages.error(request, str(error.message))
        return redirect(request.get_full_path())
    context: dict[str, Any] = {
        "kept": kept,
        "region": kept.region,
        "plan_campaign": reach.campaign,
    }
    if request.headers.get("HX-Request"):
        answer = render(request, "programme/plans/import_progress.html", context)
        if not kept.is_at_work:
            answer["HX-Refresh"] = "true"  # what comes next is the whole page
        return answer
    if not kept.is_at_work:
        context |= {
            "page": preview_page(
                kept, after=request.GET.get("after", ""), faulty="faulty" in request.GET
            ),
            "words": PlanWords(reach.campaign, kept.region),
            "shown": [(name, COLUMNS[name]) for name in SHOWN],
            "problem": problem_of(kept),
        }
    return render(request, "programme/plans/import_preview.html", context)


@require_POST
def plan_import_confirm(
    request: HttpRequest, slug: str, iso_code: str, public_id: str
) -> HttpResponse:
    """Have the rows taken into the plan."""
    _reach, kept = plan_import_at_work(request.user, slug, iso_code, public_id)
    try:
        actions.confirm_import(account=signed_in(request), plan_import=kept)
    except PersonError as error:
        messages.error(request, str(error.message))
    return redirect("programme:plan_import_preview", slug, iso_code, public_id)


@require_http_methods(["POST"])
def plan_import_discard(
    request: HttpRequest, slug: str, iso_code: str, public_id: str
) -> HttpResponse:
    """Put the table aside."""
    _reach, kept = plan_import_at_work(request.user, slug, iso_code, public_id)
    if not actions.discard_import(plan_import=kept):
        messages.error(request, _("It is too late: the rows are in the plan already."))
        return redirect("programme:plan_import_preview", slug, iso_code, public_id)
    messages.success(request, _("The import is discarded: nothing was added to the plan."))
    return back_to_plan(slug, iso_code)


@require_GET
def plan_import_file(
    request: HttpRequest, slug: str, iso_code: str, public_id: str
) -> HttpResponse:
    """The file as it was sent."""
    _reach, kept = plan_import_at_work(request.user, slug, iso_code, public_id)
    if kept.forgotten_at is not None:
        raise NotHere(_("The file was deleted: its days are over."))
    response = HttpResponse(bytes(kept.data), content_type="application/octet-stream")
    ending = kept.filename.rsplit(".", 1)[-1].lower()
    ending = ending if ending in ("xlsx", "csv", "docx", "tsv") else "bin"
    response["Content-Disposition"] = f'attachment; filename="plan-{kept.public_id}.{ending}"'
    return response

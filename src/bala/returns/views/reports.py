"""Reports: asked for, watched, taken away, compared."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bala.kernel.errors import NotHere
from bala.kernel.keyset import page_of
from bala.people.models import Account
from bala.returns import access, forms
from bala.returns.actions.reports import request_report
from bala.returns.enums import ReportFormat, RunStatus
from bala.returns.queries import runs
from bala.returns.queries.figures import COUNTRY, Figures
from bala.returns.queries.returns import numbers

OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    ReportFormat.DOCX: f"{OFFICE}.wordprocessingml.document",
    ReportFormat.XLSX: f"{OFFICE}.spreadsheetml.sheet",
    ReportFormat.PDF: "application/pdf",
}


def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """List the reports that were made, and make one."""
    reach = access.reports_at(request.user, slug)
    region_ids = access.regions_to_read(reach)
    form = forms.ReportForm(
        request.POST or None,
        campaign=reach.campaign,
        region_ids=region_ids,
        initial={"language": get_language(), "file_format": ReportFormat.DOCX},
    )
    if request.method == "POST" and form.is_valid():
        run = request_report(
            account=request.user if isinstance(request.user, Account) else None,
            campaign=reach.campaign,
            region=form.cleaned_data["region"],
            language=form.cleaned_data["language"],
            file_format=ReportFormat(form.cleaned_data["file_format"]),
        )
        return redirect("returns:report", slug, run.public_id)
    context = {
        "at_work": reach.campaign,
        "form": form,
        "page": page_of(
            runs.runs_of(reach.campaign, region_ids),
            order=("-made_at", "-pk"),
            cursor=request.GET.get("cursor", ""),
            size=30,
        ),
    }
    return render(request, "returns/reports.html", context)


def report(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Show a report: how far it is, its file and what it was frozen from."""
    run = access.readable_report(request.user, slug, public_id)
    context = {
        "at_work": run.campaign,
        "run": run,
        "total": numbers(
            Figures.from_json(run.figures), run.region.iso_code if run.region else COUNTRY
        )
        if run.figures
        else [],
        "waits": run.status in (RunStatus.QUEUED, RunStatus.RUNNING),
    }
    template = (
        "returns/report_state.html" if request.headers.get("HX-Request") else "returns/report.html"
    )
    return render(request, template, context)


def download(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Hand out the file of a report."""
    run = access.readable_report(request.user, slug, public_id)
    path = Path(settings.MEDIA_ROOT) / run.file
    if run.status != RunStatus.DONE or not path.is_file():
        raise NotHere(_("This report has no file."))
    name = "-".join(
        p for p in (run.campaign.slug, run.region.iso_code if run.region else "", run.language) if p
    )
    response = HttpResponse(path.read_bytes(), content_type=KINDS[ReportFormat(run.format)])
    file_name = f"{name}-{run.public_id[:4]}.{run.format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what differs between two finished reports; at first the latest and that before it."""
    reach = access.reports_at(request.user, slug)
    found = runs.finished(reach.campaign, access.regions_to_read(reach))
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    chosen = [access.finished_report(request.user, slug, one) for one in asked if one]
    if len(chosen) < 2:  # one alone is looked at against the one before it
        chosen = runs.before(found, *chosen) or chosen
    context = {
        "at_work": reach.campaign,
        "runs": found,
        "chosen": [run.public_id for run in chosen],
        "older": chosen[0].public_id if len(chosen) == 2 else "",
        "newer": chosen[-1].public_id if chosen else "",
        "comparison": runs.compare(*chosen) if len(chosen) == 2 else None,
        "alone": bool(any(asked)) and len(chosen) == 1,
    }
    return render(request, "returns/compare.html", context)

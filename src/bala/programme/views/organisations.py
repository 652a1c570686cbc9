"""Organisations and districts in the console."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bala.kernel.errors import PersonError
from bala.kernel.keyset import page_of
from bala.programme.access.organisations import (
    country_at_work,
    list_at_work,
    organisation_at_work,
)
from bala.programme.views.sheets import sheet
from bala.territory.actions import organisations as actions
from bala.territory.enums import ListSubject
from bala.territory.forms import (
    DistrictForm,
    ListFileForm,
    OrganisationFilter,
    OrganisationForm,
)
from bala.territory.queries.list_files import read_list
from bala.territory.queries.organisations import organisations_matching, regions_with_districts

SHOWN_ROWS = 100  # of an import's preview; the rest is counted


def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations within reach, searched and narrowed, and export them."""
    reach = country_at_work(request.user)
    form = OrganisationFilter(request.GET, regions=reach.regions())
    form.is_valid()
    chosen = form.cleaned_data
    found = organisations_matching(
        reach.region_ids,
        text=chosen.get("q", ""),
        kind=chosen.get("kind", ""),
        region=chosen.get("region"),
        district=chosen.get("district"),
    )
    if request.GET.get("as") in ("csv", "xlsx"):
        return _sheet(request.GET["as"], found)
    page = page_of(found, order=["sort_key", "pk"], cursor=request.GET.get("from", ""), size=50)
    query = request.GET.copy()
    query.pop("from", None)
    base = query.urlencode()
    context = {
        "form": form,
        "page": page,
        "narrowed": any(chosen.values()),
        "export": f"?{base}&as=" if base else "?as=",
        "next_url": f"?{base}&from={page.next_cursor}" if page.next_cursor else "",
        "previous_url": f"?{base}&from={page.previous_cursor}" if page.previous_cursor else "",
    }
    return render(request, "programme/organisations/list.html", context)


def organisation_add(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    reach = country_at_work(request.user)
    form = OrganisationForm(request.POST or None, region_ids=reach.region_ids)
    if request.method == "POST" and form.is_valid():
        made = actions.save_organisation(organisation=None, values=form.values())
        messages.success(request, _("Added: %(name)s.") % {"name": made.name})
        return redirect("programme:organisations")
    return render(
        request, "programme/organisations/form.html", {"form": form}, status=_status(form)
    )


def organisation_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Edit an organisation."""
    reach, organisation = organisation_at_work(request.user, public_id)
    form = OrganisationForm(
        request.POST or None, instance=organisation, region_ids=reach.region_ids
    )
    if request.method == "POST" and form.is_valid():
        actions.save_organisation(organisation=organisation, values=form.values())
        messages.success(request, _("Saved."))
        return redirect("programme:organisations")
    context = {"form": form, "organisation": organisation}
    return render(request, "programme/organisations/form.html", context, status=_status(form))


def districts(request: HttpRequest) -> HttpResponse:
    """List the districts by region, and add one."""
    reach = country_at_work(request.user)
    form = DistrictForm(request.POST or None, region_ids=reach.region_ids)
    if request.method == "POST" and form.is_valid():
        actions.save_district(values=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("programme:districts")
    context = {"form": form, "regions": regions_with_districts(reach.region_ids)}
    return render(request, "programme/organisations/districts.html", context, status=_status(form))


def organisation_import(request: HttpRequest, subject: str = "organisations") -> HttpResponse:
    """Take in a list as a file, and show what it would do."""
    reach = country_at_work(request.user)
    form = ListFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.keep_list(
                subject=ListSubject(subject),
                filename=file.name,
                rows=read_list(file.read(), filename=file.name),
                owner=reach.account.public_id,
            )
        except PersonError as error:
            form.add_error("file", str(error))
        else:
            return redirect("programme:organisation_import_preview", public_id=kept.public_id)
    context = {
        "form": form,
        "subject": subject,
        "columns": actions.DISTRICT_COLUMNS
        if subject == ListSubject.DISTRICTS
        else actions.ORGANISATION_COLUMNS,
    }
    return render(request, "programme/organisations/import.html", context, status=_status(form))


def organisation_import_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what a list would bring, and what is wrong with it by row."""
    reach, kept = list_at_work(request.user, public_id)
    rows, faults = (
        ([], [])
        if kept.confirmed_at
        else actions.read_rows(ListSubject(kept.subject), kept.rows, reach.region_ids)
    )
    context = {
        "kept": kept,
        "rows": rows[:SHOWN_ROWS],
        "total": len(rows),
        "faults": faults[:SHOWN_ROWS],
        "fault_count": len(faults),
    }
    return render(request, "programme/organisations/preview.html", context)


@require_POST
def organisation_import_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take over the list as a whole."""
    reach, kept = list_at_work(request.user, public_id)
    subject, count = actions.confirm_list(
        public_id=kept.public_id, owner=reach.account.public_id, region_ids=reach.region_ids
    )
    messages.success(request, _("Rows taken over: %(number)s.") % {"number": count})
    home = "districts" if subject is ListSubject.DISTRICTS else "organisations"
    return redirect(f"programme:{home}")


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _sheet(kind: str, found: Any) -> HttpResponse:
    names = list(actions.ORGANISATION_COLUMNS)
    rows = (
        [
            one.external_code,
            one.name_kk,
            one.name_ru,
            one.name_en,
            one.get_kind_display(),
            one.region.iso_code,
            one.district.code if one.district else "",
            one.address,
            one.website,
            one.email,
            one.phone,
        ]
        for one in found.iterator(1000)
    )
    return sheet("organisations", kind, names, rows)

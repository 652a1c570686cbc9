"""Organisations and districts in the console."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bala.kernel.errors import PersonError
from bala.kernel.keyset import page_of
from bala.kernel.revisions import RowConflict
from bala.programme.access.organisations import (
    CountryReach,
    country_at_work,
    district_at_work,
    list_at_work,
    organisation_at_work,
)
from bala.programme.views.sheets import sheet
from bala.territory.actions import organisations as actions
from bala.territory.enums import ListSubject
from bala.territory.forms import (
    DistrictFilter,
    DistrictForm,
    ListFileForm,
    OrganisationFilter,
    OrganisationForm,
)
from bala.territory.models import District
from bala.territory.queries.list_files import read_list
from bala.territory.queries.organisations import districts_matching, organisations_matching

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
    context = {"form": form, "narrowed": any(chosen.values()), **listed(request, page)}
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
    """Edit an organisation; what another person wrote meanwhile is shown beside what was typed."""
    reach, organisation = organisation_at_work(request.user, public_id)
    name, seen = organisation.name, organisation.revision
    form = OrganisationForm(
        request.POST or None, instance=organisation, region_ids=reach.region_ids, revision=seen
    )
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_organisation(
                organisation=organisation, values=form.values(), revision=form.revision
            )
        except RowConflict as error:
            form.tell(error)
            conflict = str(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("programme:organisations")
    context = {"form": form, "name": name, "conflict": conflict}
    status = 409 if conflict else _status(form)
    return render(request, "programme/organisations/form.html", context, status=status)


def districts(request: HttpRequest) -> HttpResponse:
    """List the districts within reach, searched and narrowed, and export them."""
    reach = country_at_work(request.user)
    form = DistrictFilter(request.GET, regions=reach.regions())
    form.is_valid()
    chosen = form.cleaned_data
    found = districts_matching(
        reach.region_ids,
        text=chosen.get("q", ""),
        kind=chosen.get("kind", ""),
        region=chosen.get("region"),
        with_closed=chosen.get("closed", False),
    )
    if request.GET.get("as") in ("csv", "xlsx"):
        return _districts_sheet(request.GET["as"], found)
    order = ["region__sort_key", "sort_key", "pk"]
    page = page_of(found, order=order, cursor=request.GET.get("from", ""), size=50)
    narrowed = any(chosen.values())
    context = {"form": form, "narrowed": narrowed, **listed(request, page)}
    return render(request, "programme/organisations/districts.html", context)


def district_add(request: HttpRequest) -> HttpResponse:
    """Add a district to a region."""
    reach = country_at_work(request.user)
    return _district(request, reach, None)


def district_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a district, or close it."""
    reach, district = district_at_work(request.user, pk)
    return _district(request, reach, district)


def _district(request: HttpRequest, reach: CountryReach, district: District | None) -> HttpResponse:
    name, seen = (district.name, district.revision) if district else ("", 0)
    form = DistrictForm(
        request.POST or None, instance=district, region_ids=reach.region_ids, revision=seen
    )
    conflict = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_district(district=district, values=form.values(), revision=form.revision)
        except RowConflict as error:
            form.tell(error)
            conflict = str(error)
        except actions.CodeTaken as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("programme:districts")
    context = {"form": form, "name": name, "conflict": conflict}
    status = 409 if conflict else _status(form)
    return render(request, "programme/organisations/district.html", context, status=status)


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


def listed(request: HttpRequest, page: Any) -> dict[str, Any]:
    """Return a page of a list, the addresses of its neighbours, and that of its export."""
    query = request.GET.copy()
    query.pop("from", None)
    base = query.urlencode()
    return {
        "page": page,
        "export": f"?{base}&as=" if base else "?as=",
        "next_url": f"?{base}&from={page.next_cursor}" if page.next_cursor else "",
        "previous_url": f"?{base}&from={page.previous_cursor}" if page.previous_cursor else "",
    }


def _districts_sheet(kind: str, found: Any) -> HttpResponse:
    # The columns are those of the import, so that the list can come back.
    names = ["code", "kind", "region", "name_kk", "name_ru", "name_en", "is_active"]
    rows = (
        [
            one.code,
            one.get_kind_display(),
            one.region.iso_code,
            one.name_kk,
            one.name_ru,
            one.name_en,
            int(one.is_active),
        ]
        for one in found.iterator(1000)
    )
    return sheet("districts", kind, names, rows)


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

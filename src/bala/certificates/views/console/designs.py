"""Designs: made, looked at as a picture while they are written, approved, copied, put out of use."""

import base64
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.certificates import access
from bala.certificates.actions import designs as actions
from bala.certificates.actions.printing import poster_pdf, specimen_png
from bala.certificates.enums import DesignState, Kind
from bala.certificates.forms import DesignForm
from bala.certificates.models import Design
from bala.kernel.errors import EditConflict, NotHere, PersonError
from bala.kernel.keyset import page_of

PAGE = 24


@never_cache
@require_safe
def designs(request: HttpRequest, slug: str) -> HttpResponse:
    """The designs that the person may use, see and edit."""
    office = access.office_of(request.user, slug)
    found = office.designs().select_related("region", "organisation")
    if request.GET.get("retired") != "1":
        found = found.exclude(state=DesignState.RETIRED)
    page = page_of(
        found, order=("-made_at", "-pk"), cursor=request.GET.get("cursor", ""), size=PAGE
    )
    context = {"office": office, "page": page, "kinds": Kind, "retired": "retired" in request.GET}
    return render(request, "certificates/console/designs.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def design_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a design of a kind with words that fit it."""
    office = access.office_of(request.user, slug)
    wanted = request.GET.get("kind", Kind.DIPLOMA)
    if wanted not in Kind.values:
        raise NotHere(_("There is no such kind."))
    kind = Kind(wanted)
    form = DesignForm(request.POST or None, office=office, kind=kind)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        made = actions.make_design(
            office=office, place=form.chosen_place(), kind=kind, values=form.values()
        )
        messages.success(request, _("The draft is saved. Look at it, then let it be approved."))
        return redirect("certificates:design", slug=slug, public_id=made.public_id)
    return _page(request, office, form, None)


@never_cache
@require_http_methods(["GET", "POST"])
def design(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A design: its picture, and while it is a draft its texts."""
    office, found = access.design_in_office(request.user, slug, public_id)
    editable = found.state == DesignState.DRAFT and office.may_edit(found)
    if not editable:
        if request.method == "POST":
            raise actions.NotADraft(_("This design is approved: make a copy to change it."))
        return _page(request, office, None, found)
    form = DesignForm(request.POST or None, office=office, kind=Kind(found.kind), instance=found)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            actions.change_design(
                design=found,
                revision=form.cleaned_data.get("revision") or 0,
                values=form.values(),
            )
        except EditConflict as error:
            form.add_error(None, str(error))
            return _page(request, office, form, found, status=409)
        messages.success(request, _("It is saved."))
        return redirect("certificates:design", slug=slug, public_id=public_id)
    return _page(request, office, form, found)


def _page(
    request: HttpRequest,
    office: access.Office,
    form: DesignForm | None,
    found: Design | None,
    status: int = 0,
) -> HttpResponse:
    typed = _typed(office, form) if form is not None and form.is_bound else None
    fresh = found is None and typed is None and form is not None
    shown = typed or found or (_first(office, form) if fresh and form else None)
    context = {
        "office": office,
        "form": form,
        "design": found,
        "kind": form.kind if form else Kind(found.kind) if found else None,
        "picture": _as_data(shown) if shown else "",
        "may_approve": found is not None and office.may_approve(found),
        "may_edit": found is not None and office.may_edit(found),
        "wide": shown is not None and shown.kind not in (Kind.LETTER, Kind.POSTER),
    }
    return render(
        request,
        "certificates/console/design.html",
        context,
        status=status or (422 if form is not None and form.errors else 200),
    )


@require_POST
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of what is being typed, for the page that asks while it is typed."""
    office = access.office_of(request.user, slug)
    wanted = request.POST.get("kind", "")
    if wanted not in Kind.values:
        raise NotHere(_("There is no such kind."))
    form = DesignForm(request.POST, office=office, kind=Kind(wanted))
    shown = _typed(office, form)
    return render(request, "certificates/console/_picture.html", {"picture": _as_data(shown)})


@require_safe
def design_picture(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The picture of a design."""
    _office, found = access.design_in_office(request.user, slug, public_id)
    response = HttpResponse(specimen_png(found, ppi=40), content_type="image/png")
    # What was approved looks the same for ever; a draft does not.
    keep = "private, max-age=86400" if found.state != DesignState.DRAFT else "private, no-cache"
    response["Cache-Control"] = keep
    return response


@require_POST
def design_approve(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Let certificates be issued of a draft."""
    office, found = access.approvable_design(request.user, slug, public_id)
    revision = request.POST.get("revision", "")
    try:
        actions.approve_design(
            by=office.account,
            design=found,
            revision=int(revision) if revision.isascii() and revision.isdigit() else 0,
        )
    except PersonError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Approved: certificates can be issued of it."))
    return redirect("certificates:design", slug=slug, public_id=public_id)


@require_POST
def design_copy(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Make a draft of the person's own with the texts of a design."""
    office, found = access.design_in_office(request.user, slug, public_id)
    made = actions.copy_design(office=office, place=office.places()[0], design=found)
    messages.success(request, _("This is your copy: a draft."))
    return redirect("certificates:design", slug=slug, public_id=made.public_id)


@require_POST
def design_retire(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Put a design out of use; a draft is deleted."""
    _office, found = access.editable_design(request.user, slug, public_id)
    actions.retire_design(design=found)
    messages.success(request, _("It is no longer in use. What was issued of it stands."))
    return redirect("certificates:designs", slug=slug)


@require_safe
def poster(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A poster to print, on A4 or A3."""
    _office, found = access.design_in_office(request.user, slug, public_id)
    if found.kind != Kind.POSTER:
        raise NotHere(_("This design is no poster."))
    paper = "a3" if request.GET.get("paper") == "a3" else "a4"
    response = HttpResponse(poster_pdf(found, paper=paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="poster-{found.public_id}-{paper}.pdf"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _typed(office: access.Office, form: DesignForm) -> Design:
    """Return a design of what was typed, right or wrong; it is not saved."""
    form.is_valid()
    return _unsaved(office, form.kind, {**form.initial, **form.cleaned_data, **_values(form)})


def _first(office: access.Office, form: DesignForm) -> Design:
    return _unsaved(office, form.kind, dict(form.initial))


def _values(form: DesignForm) -> dict[str, Any]:
    try:
        return form.values()
    except KeyError:  # a field that was wrong
        return {}


def _unsaved(office: access.Office, kind: Kind, values: dict[str, Any]) -> Design:
    title = office.campaign.title
    known = {name: values[name] for name in actions.FIELDS if values.get(name) not in (None, "")}
    return Design(
        kind=kind,
        campaign_kk=title.get("kk", "") or title.get("ru", ""),
        campaign_ru=title.get("ru", "") or title.get("kk", ""),
        **known,
    )


def _as_data(design: Design) -> str:
    return "data:image/png;base64," + base64.b64encode(specimen_png(design, ppi=64)).decode()

"""The regions' returns: overview, writing, reading, deciding."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bala.kernel.errors import EditConflict, PersonError
from bala.people.models import Account
from bala.returns import access, forms
from bala.returns.actions import nudges
from bala.returns.actions import returns as actions
from bala.returns.enums import WRITABLE, Step
from bala.returns.queries import returns as queries
from bala.returns.queries.figures import figures_of


def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where every region stands with its return."""
    reach = access.readable_returns(request.user, slug)
    rows = queries.overview(reach.campaign, access.regions_to_read(reach))
    wanted = request.GET.get("status", "")
    context = {
        "at_work": reach.campaign,
        "rows": [row for row in rows if not wanted or row.status == wanted],
        "states": queries.states(rows),
        "all": len(rows),
        "may_decide": reach.is_coordinator,
    }
    return render(request, "returns/overview.html", context)


def show(request: HttpRequest, slug: str, iso: str) -> HttpResponse:
    """Show a region's return, its versions and what differs between two of them."""
    door = access.readable_return(request.user, slug, iso)
    if door.one is None:
        return render(request, "returns/not_begun.html", {"door": door, "at_work": door.campaign})
    shown = queries.shown_return(
        door.one, version=request.GET.get("version", ""), against=request.GET.get("against", "")
    )
    context = {
        "door": door,
        "one": door.one,
        "at_work": door.campaign,
        "shown": shown,
        "form": forms.DecisionForm(initial={"revision": door.one.revision}),
        "writable": door.may_write and door.one.status in WRITABLE,
        "Step": Step,
    }
    return render(request, "returns/show.html", context)


def edit(request: HttpRequest, slug: str, iso: str) -> HttpResponse:
    """Write a region's return; saved as it is written."""
    door = access.writable_return(request.user, slug, iso)
    if request.method != "POST" and door.one is not None and door.one.status not in WRITABLE:
        return redirect("returns:show", slug, iso)
    figures = figures_of(door.campaign, door.region)
    parts = queries.block_parts(door.campaign, door.region, door.one, figures)
    data = request.POST if request.method == "POST" else None
    form = forms.ReturnForm(data, one=door.one, parts=parts)
    media = forms.media_formset(door.one, data)
    context: dict[str, Any] = {
        "door": door,
        "at_work": door.campaign,
        "form": form,
        "media": media,
        "plan_media": queries.media_of_plan(door.campaign, door.region, limit=20),
        "total": queries.numbers(figures, door.region.iso_code),
        "outcome": "",
    }
    if data is None:
        return render(request, "returns/edit.html", context)
    if not (form.is_valid() and media.is_valid()):
        return _answer(request, context, "invalid", 422)
    return _save(request, door, form, media, context)


def _save(
    request: HttpRequest,
    door: access.ReturnDoor,
    form: forms.ReturnForm,
    media: Any,
    context: dict[str, Any],
) -> HttpResponse:
    try:
        context["one"] = actions.save_return(
            campaign=door.campaign,
            region=door.region,
            revision=form.cleaned_data["revision"],
            texts=form.texts(),
            difficulties=form.cleaned_data["difficulties"],
            proposals=form.cleaned_data["proposals"],
            media=forms.media_of(media),
        )
    except EditConflict as conflict:
        # What stands now: it may have been saved after this request read the return.
        standing = queries.return_of(door.campaign, door.region)
        context["conflict"] = str(conflict)
        context["theirs"] = queries.theirs(standing, form.parts, form.cleaned_data)
        context["current_revision"] = standing.revision if standing else 0
        return _answer(request, context, "conflict", 409)
    except actions.ReturnLocked as locked:
        context["locked"] = str(locked)
        return _answer(request, context, "locked", 409)
    if request.headers.get("HX-Request"):
        return _answer(request, context, "saved", 200)
    place = (door.campaign.slug, door.region.iso_code)
    if "submit" in request.POST:
        return redirect("returns:show", *place)
    messages.success(request, _("Saved."))
    return redirect("returns:edit", *place)


def _answer(
    request: HttpRequest, context: dict[str, Any], outcome: str, status: int
) -> HttpResponse:
    """Answer a saving in the background with its line, and any other with the whole page."""
    if request.headers.get("HX-Request"):
        return render(request, "returns/saved.html", {**context, "outcome": outcome})
    return render(request, "returns/edit.html", context, status=status)


@require_POST
def submit(request: HttpRequest, slug: str, iso: str) -> HttpResponse:
    """Hand a region's return in."""
    door = access.writable_return(request.user, slug, iso)
    form = forms.SubmitForm(request.POST)
    if door.one is None or not form.is_valid():
        messages.error(request, _("Save the return first, then submit it."))
        return redirect("returns:edit", slug, iso)
    try:
        actions.submit_return(
            account=cast(Account, request.user),
            one=door.one,
            revision=form.cleaned_data["revision"],
        )
    except PersonError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The return is submitted. The coordinator reads it now."))
    return redirect("returns:show", slug, iso)


@require_POST
def decide(request: HttpRequest, slug: str, iso: str) -> HttpResponse:
    """Accept a return, send it back, or reopen it."""
    one = access.decidable_return(request.user, slug, iso)
    form = forms.DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what to decide."))
        return redirect("returns:show", slug, iso)
    try:
        actions.decide_return(
            account=cast(Account, request.user),
            one=one,
            revision=form.cleaned_data["revision"],
            step=Step(form.cleaned_data["step"]),
            comment=form.cleaned_data["comment"],
        )
    except PersonError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your decision is kept, and the region sees it."))
    return redirect("returns:show", slug, iso)


@require_POST
def nudge(request: HttpRequest, slug: str, iso: str) -> HttpResponse:
    """Ask a silent region for its return."""
    campaign, region = access.nudged_region(request.user, slug, iso)
    try:
        written = nudges.ask_for_return(
            account=cast(Account, request.user), campaign=campaign, region=region
        )
    except PersonError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", written)
            % {"n": written}
            if written
            else _("This region was written to today."),
        )
    return redirect("returns:overview", slug)

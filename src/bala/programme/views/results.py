"""Entering what was held."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.revisions import RowConflict
from bala.people.enums import Role
from bala.programme.access.campaigns import Reach, writable_plan_item
from bala.programme.access.hosting import decided_item
from bala.programme.actions.outcomes import record_result, take_back_result
from bala.programme.enums import PlanStatus
from bala.programme.forms.hosting import MediaFormSet, ReasonForm, ResultForm
from bala.programme.models import PlanItem
from bala.programme.queries.outcomes import media_of, money_of, versions_of
from bala.programme.queries.sanitary import limit_of
from bala.programme.views.people import signed_in


def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter what was held, or correct it."""
    reach, item = writable_plan_item(request.user, public_id)
    form = ResultForm(request.POST or None, initial=_initial(item), revision=item.revision)
    media = MediaFormSet(request.POST or None, initial=media_of(item), prefix="media")
    status, told = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid() and media.is_valid():
            try:
                held = _record(request, item, form, media)
            except RowConflict as conflict:
                form.tell(conflict)
                item.refresh_from_db()
                told, status = str(conflict), 409
            except PersonError as error:
                form.add_error(None, str(error))
            else:
                messages.success(
                    request,
                    _("Stored: %(children)s children, %(adults)s adults.")
                    % {"children": held.actual_children, "adults": held.actual_adults},
                )
                return redirect(_after(reach, held))
    context = {
        "at": item.campaign,
        "item": item,
        "form": form,
        "conflict": told,
        "media": media,
        "limit": limit_of(item),
        "versions": versions_of(item),
        "reportable": item.status in (PlanStatus.APPROVED, PlanStatus.MOVED, PlanStatus.HELD),
        "may_take_back": item.status == PlanStatus.HELD and Role.ORGANISER in reach.roles_on(item),
        "back": _after(reach, item),
    }
    return render(request, "programme/hosting/result.html", context, status=status)


@require_POST
def result_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a result back."""
    reach, item = decided_item(request.user, public_id)
    form = ReasonForm(request.POST)
    form.full_clean()
    take_back_result(
        account=signed_in(request), item=item, revision=form.cleaned_data.get("revision") or 0
    )
    messages.success(request, _("The result has been taken back; its figures no longer count."))
    return redirect(_after(reach, item))


def _record(request: HttpRequest, item: PlanItem, form: ResultForm, media: Any) -> PlanItem:
    data = form.cleaned_data
    return record_result(
        account=signed_in(request),
        item=item,
        revision=form.revision,
        held_on=data["held_on"],
        children=data["children"],
        adults=data["adults"],
        media=[one.link for one in media if one.link is not None],
        captions=data["captions"],
        note=data["note"],
        money=data["money"],
    )


def _initial(item: PlanItem) -> dict[str, Any]:
    today = clock.today(item.region.zone)
    return {
        "held_on": item.held_on or min(item.ends_on, today),
        "children": item.actual_children,
        "adults": item.actual_adults,
        "nobody_came": item.status == PlanStatus.HELD
        and item.actual_children == item.actual_adults == 0,
        "note": item.result_note,
        "captions": "\n".join(item.photo_captions.values_list("text", flat=True)),
        "money": money_of(item),
    }


def _after(reach: Reach, item: PlanItem) -> str:
    if item.organisation is not None and item.organisation_id in reach.organisation_ids:
        home = reverse("programme:hosting", kwargs={"slug": item.campaign.slug})
        return f"{home}?organisation={item.organisation.public_id}"
    return reverse("programme:result", kwargs={"public_id": item.public_id})

"""Breach lists: whom to tell when data was seen by somebody who should not have."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bala.kernel.downloads import table_file
from bala.kernel.errors import PersonError
from bala.people.access.breaches import breach_list, breach_lists
from bala.people.actions.breaches import approve_breach_list, ask_breach_list, take_breach_list
from bala.people.forms.breaches import BreachListForm
from bala.people.queries.breaches import Affected, children_affected


@never_cache
@require_http_methods(["GET", "POST"])
def breaches(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the lists of a campaign; ask for one."""
    account, found = breach_lists(request.user, slug)
    form = BreachListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = ask_breach_list(by=account, campaign_slug=slug, **form.cleaned_data)
        messages.success(request, _("Asked for. Another coordinator has to approve it."))
        return redirect("people:breach", slug=slug, public_id=asked.public_id)
    context = {"slug": slug, "form": form, "lists": list(found[:100])}
    return render(request, "people/breaches.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET"])
def breach(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Show a list that was asked for: its scope, who approved it, whether it is open."""
    account, asked = breach_list(request.user, slug, public_id)
    context = {
        "slug": slug,
        "asked": asked,
        "number": children_affected(asked).count(),
        "may_approve": asked.approved_by_id is None and asked.asked_by_id != account.pk,
    }
    return render(request, "people/breach.html", context)


@require_POST
def approve(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Say yes to a list that another coordinator asked for."""
    account, asked = breach_list(request.user, slug, public_id)
    try:
        approve_breach_list(by=account, asked=asked)
    except PersonError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Approved: the list can be taken for a day."))
    return redirect("people:breach", slug=slug, public_id=public_id)


@require_POST
def take(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Print the list, or give it as a table; each child's record says so."""
    account, asked = breach_list(request.user, slug, public_id)
    rows = take_breach_list(by=account, asked=asked)
    kind = request.POST.get("as", "")
    if kind in ("csv", "xlsx"):
        return _table(kind, rows)
    context = {"slug": slug, "asked": asked, "rows": rows}
    return render(request, "people/breach_print.html", context)


def _table(kind: str, rows: Iterable[Affected]) -> HttpResponse:
    header = [_("Child"), _("Region"), _("Whom to tell"), _("Which data"), _("Since")]
    cells: list[list[Any]] = [
        [one.child.given_name, str(one.child.region), one.whom, one.kinds, one.since.date()]
        for one in rows
    ]
    return table_file(kind, file="affected", name=_("Affected"), header=header, rows=cells)

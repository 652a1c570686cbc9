"""All that is kept on a family: taken out, erased."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.kernel.errors import PersonError
from bala.people.access import grown_up, own_take_out
from bala.people.actions.erasure import ask_erasure, cancel_erasure
from bala.people.actions.take_out import ask_take_out, content_of
from bala.people.forms.requests import EraseForm
from bala.people.queries.families import family_of, guardians_of
from bala.people.queries.rights import rights_of
from bala.people.queries.take_out import last_take_out, open_erasure


def ask_for_password(request: HttpRequest) -> None:
    """Send whoever has not typed the password lately to do it again, and back to here after it."""
    if not did_recently_reauthenticate(request):
        raise ReauthenticationRequired


@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What the family can have: all its data, and an end."""
    account = grown_up(request.user)
    last = last_take_out(account)
    context = {
        "take_out": last,
        "state": last.state if last else "",
        "erasure": open_erasure(account),
        "days": settings.BALA_TAKE_OUT_DAYS,
    }
    if request.headers.get("HX-Request"):
        return render(request, "people/family/_take_out.html", context)
    return render(request, "people/family/data.html", context)


@require_POST
def take_out(request: HttpRequest) -> HttpResponse:
    """Let the data be put together."""
    account = grown_up(request.user)
    ask_for_password(request)
    ask_take_out(account=account, language=(get_language() or "kk")[:2])
    return redirect("people:data")


@never_cache
@require_safe
def take_out_file(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """Give the data to whoever asked for it, and to nobody else."""
    found = own_take_out(request.user, public_id)
    ask_for_password(request)
    content, content_type, name = content_of(found, ending)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Say what erasing means; do it after a password and a tick."""
    account = grown_up(request.user)
    ask_for_password(request)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_erasure(account=account)
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is noted. Until the day comes you can call it off."))
            return redirect("people:data")
    children = [
        (child, [g for g in guardians_of(child) if g.account_id != account.pk])
        for child in family_of(account)
    ]
    context = {
        "form": form,
        "children": children,
        "holds_rights": bool(rights_of(account)),
        "days": settings.BALA_ERASURE_DAYS,
    }
    return render(request, "people/family/erase.html", context, status=422 if form.errors else 200)


@require_POST
def erase_cancel(request: HttpRequest) -> HttpResponse:
    """Call the erasure off."""
    if cancel_erasure(account=grown_up(request.user)):
        messages.success(
            request, _("Called off: nothing is erased. Consents that ended stay ended.")
        )
    else:
        messages.info(request, _("There was nothing to call off."))
    return redirect("people:data")

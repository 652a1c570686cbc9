"""How letters come, and how they stop."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bala.notify.access import reader, switched_off_by
from bala.notify.actions.preferences import switch_off
from bala.notify.forms import PreferencesForm
from bala.notify.queries.addresses import linked_of
from bala.notify.queries.kinds import kinds
from bala.notify.queries.recipients import ways_to


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, *, family: bool) -> HttpResponse:
    """Choose which letters come, and how."""
    account = reader(request.user)
    listed = [k for k in kinds() if (k.is_for_families if family else k.is_for_staff)]
    form = PreferencesForm(
        request.POST or None, account=account, kinds=listed, ways=ways_to(account)
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Letters will come as you chose."))
        return redirect("notify:family_letters" if family else "notify:letters")
    context = {
        "form": form,
        "family": family,
        "account": account,
        "linked": linked_of(account),
        "always": sorted(str(kind.label) for kind in listed if kind.is_mandatory),
    }
    template = "notify/family_letters.html" if family else "notify/letters.html"
    return render(request, template, context, status=422 if form.errors else 200)


# A mail program posts here for its reader, without cookies: the signed link is the right to do it.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then switch a kind of letter off: a look at the page alone changes nothing."""
    account, kind = switched_off_by(token)
    done = request.method == "POST"
    if done:
        switch_off(account=account, kind=kind)
    response = render(request, "notify/off.html", {"kind": kind, "done": done})
    response["Cache-Control"] = "private, no-store"
    return response

"""Who represents a child: invited, accepted, left."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bala.kernel import limits
from bala.kernel.errors import PersonError
from bala.people.access import grown_up, guarded_child
from bala.people.actions.erasure import leave as leave_child
from bala.people.actions.invitations import accept_invitation, cancel_invitation, invite_guardian
from bala.people.enums import GuardianshipKind
from bala.people.forms.guardians import AcceptForm, InviteForm
from bala.people.models import Account
from bala.people.queries.accounts import has_confirmed_address
from bala.people.queries.families import guardians_of
from bala.people.queries.invitations import invitation_of_token, is_open, represents


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the other parent or guardian by letter."""
    child = guarded_child(request.user, public_id)
    account = grown_up(request.user)
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        initial={"language": (get_language() or "kk")[:2]},
    )
    if request.method == "POST" and form.is_valid():
        limits.hit(f"people.invite:{account.pk}", limit=10, per=timedelta(days=1))
        try:
            invite_guardian(guardian=account, child=child, **form.cleaned_data)
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The letter is on its way."))
            return redirect("people:child", public_id=public_id)
    return render(
        request,
        "people/family/invite.html",
        {"child": child, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
def invite_cancel(request: HttpRequest, public_id: str, invitation_id: str) -> HttpResponse:
    """Call an invitation off."""
    child = guarded_child(request.user, public_id)
    grown_up(request.user)
    cancel_invitation(child=child, public_id=invitation_id)
    messages.success(request, _("The invitation is called off."))
    return redirect("people:child", public_id=public_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: says who asks; accepted by whoever signs in."""
    invitation = invitation_of_token(token)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    account = grown_up(request.user) if isinstance(request.user, Account) else None
    child = invitation.child
    if account is not None and request.method == "POST" and form.is_valid():
        try:
            kind = GuardianshipKind(form.cleaned_data["kind"])
            child = accept_invitation(account=account, invitation=invitation, kind=kind)
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("%(name)s is in your family now.") % {"name": child.given_name}
            )
            return redirect("people:child", public_id=child.public_id)
    context = {
        "invitation": invitation,
        "child": child,
        "form": form,
        "open": is_open(invitation),
        "account": account,
        "confirmed": account is not None and has_confirmed_address(account),
        "known": account is not None and represents(account, child),
    }
    status = 422 if form.errors else 200
    response = render(request, "people/join.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"  # a form sent with no-referrer has Origin: null
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then let the person no longer represent the child."""
    child = guarded_child(request.user, public_id)
    account = grown_up(request.user)
    if request.method == "POST":
        name = child.given_name
        leave_child(guardian=account, child=child)
        messages.success(request, _("You no longer represent %(name)s.") % {"name": name})
        return redirect("people:family")
    others = [one for one in guardians_of(child) if one.account_id != account.pk]
    return render(request, "people/family/leave.html", {"child": child, "others": others})

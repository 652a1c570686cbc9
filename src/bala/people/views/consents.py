"""Consents: asked for, shown, withdrawn, with and without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.kernel import clock
from bala.kernel.errors import EditConflict, PersonError
from bala.people.access import grown_up, guarded_child, own_consent
from bala.people.actions.consents import withdraw_by_link, withdraw_purposes
from bala.people.enums import ConsentPurpose
from bala.people.forms.consents import ConsentsForm, purposes_of
from bala.people.queries.consents import (
    consent_of_token,
    history_of,
    standings,
    withdrawal_token,
    words_read,
)


@never_cache
@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is asked for a child and what is agreed to."""
    child = guarded_child(request.user, public_id)
    account = grown_up(request.user)
    standing = standings([child], clock.today())[child.pk]
    form = ConsentsForm(request.POST or None, account=account, child=child, standings=standing)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = form.save()
        except EditConflict as error:
            messages.warning(request, str(error))
            return redirect("people:consents", public_id=public_id)
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            if made:
                messages.success(
                    request, _("Thank you. A receipt with a link to withdraw comes by e-mail.")
                )
            else:
                messages.success(request, _("Your answers are kept. Nothing new was agreed to."))
            return redirect("people:child", public_id=public_id)
    if form.errors:
        status = 422
    context = {
        "child": child,
        "form": form,
        "given": [s for s in standing if s.consent],
    }
    return render(request, "people/family/consents.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw the consents to the purposes that were pressed."""
    child = guarded_child(request.user, public_id)
    account = grown_up(request.user)
    ended = withdraw_purposes(
        account=account, child=child, purposes=purposes_of(request.POST.getlist("purpose"))
    )
    if ended:
        messages.success(request, _("Withdrawn. From now on nothing is shown that needed it."))
    else:
        messages.info(request, _("There was nothing left to withdraw."))
    return redirect("people:consents", public_id=public_id)


@never_cache
@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every consent that was ever given for the child, and how each ended."""
    child = guarded_child(request.user, public_id)
    return render(
        request, "people/family/history.html", {"child": child, "rows": history_of(child)}
    )


@never_cache
@require_safe
def receipt(request: HttpRequest, public_id: str, consent_id: str) -> HttpResponse:
    """One consent as it was given, to print."""
    child = guarded_child(request.user, public_id)
    consent = own_consent(request.user, child, consent_id)
    context = {
        "child": child,
        "consent": consent,
        "words": words_read(consent),
        "token": withdrawal_token(consent),
    }
    return render(request, "people/family/receipt.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a receipt: shows what it withdraws; a press withdraws it, without an account."""
    consent = consent_of_token(token)
    done = False
    if request.method == "POST":
        withdraw_by_link(consent=consent)
        done = True
    standing = not hasattr(consent_of_token(token), "withdrawal")
    context = {
        "consent": consent,
        "done": done,
        "standing": standing,
        "everything": consent.purpose == ConsentPurpose.TAKE_PART,
        "words": words_read(consent),
    }
    response = render(request, "people/withdraw.html", context)
    # Not "no-referrer": browsers would send the form without its origin, and it would be refused.
    response["Referrer-Policy"] = "same-origin"
    return response

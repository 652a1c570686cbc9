"""A child's own pages, and the sign-in that the guardian makes for them."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.kernel import clock, limits
from bala.kernel.errors import PersonError
from bala.kernel.keyset import page_of
from bala.people.access import grown_up, guarded_child, signed_in_child
from bala.people.actions.children_sign_in import (
    child_by_card,
    child_by_password,
    make_card,
    make_sign_in,
    note_signed_in,
    revoke_card,
    stop_sign_in,
)
from bala.people.actions.printing import child_card
from bala.people.forms.children_sign_in import ChildSignInForm, SignInForm
from bala.people.models import Child
from bala.people.queries.activities import activities_of
from bala.people.queries.children_home import card_of, is_active, may_have_sign_in
from bala.people.queries.sign_in_names import proposed_name, proposed_password

PAGE = 50
BACKEND = "django.contrib.auth.backends.ModelBackend"
CHILD = "bala_child"  # marks a session as a child's
HOURS = 12  # that a child stays signed in


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_settings(request: HttpRequest, public_id: str) -> HttpResponse:
    """A guardian makes, changes or stops the child's own sign-in."""
    child = guarded_child(request.user, public_id)
    account = grown_up(request.user)
    known = child.account.sign_in_name if child.account else None
    initial = {"name": known or proposed_name(), "password": proposed_password()}
    form = SignInForm(request.POST if request.method == "POST" else None, initial=initial)
    made = False
    if request.method == "POST" and form.is_valid():
        try:
            make_sign_in(guardian=account, child=child, **form.cleaned_data)
        except PersonError as error:
            field = {"WeakPassword": "password", "NotASignInName": "name", "NameTaken": "name"}
            form.add_error(field.get(type(error).__name__), str(error))
        else:
            child.refresh_from_db()
            known, made = form.cleaned_data["name"].strip().lower(), True
    context = {
        "child": child,
        "form": form,
        "known": known,
        "made": made,
        "card": card_of(child),
        "old_enough": may_have_sign_in(child, clock.today()),
        "active": is_active(child),
        "age": settings.BALA_CHILD_SIGN_IN_AGE,
    }
    status = 422 if form.errors else 200
    return render(request, "people/family/sign_in.html", context, status=status)


@require_POST
def sign_in_stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop the child's sign-in and its card."""
    child = guarded_child(request.user, public_id)
    stop_sign_in(guardian=grown_up(request.user), child=child)
    messages.success(request, _("Stopped. The child is signed out everywhere."))
    return redirect("people:sign_in_settings", public_id=public_id)


@require_POST
def card_make(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the guardian a fresh card to print; the code on it is kept nowhere."""
    child = guarded_child(request.user, public_id)
    try:
        _card, token = make_card(guardian=grown_up(request.user), child=child)
    except PersonError as error:
        messages.error(request, str(error))
        return redirect("people:sign_in_settings", public_id=public_id)
    pdf = child_card(child=child, token=token, language=(get_language() or "kk")[:2])
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="bala-card.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def card_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop the card."""
    child = guarded_child(request.user, public_id)
    revoke_card(guardian=grown_up(request.user), child=child)
    messages.success(request, _("The card does not work any more."))
    return redirect("people:sign_in_settings", public_id=public_id)


@never_cache
@require_safe
def activity(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the child did, for its guardian."""
    child = guarded_child(request.user, public_id)
    page = page_of(
        activities_of(child),
        order=["-happened_at", "-pk"],
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    return render(request, "people/family/activity.html", {"child": child, "page": page})


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A child's own page: what it takes part in, where to go, whom to ask for help."""
    child = signed_in_child(request.user)
    # That it signed in is for the guardian to know; here stands what it takes part in.
    done = activities_of(child).exclude(kind="people.signed_in")[:10]
    context = {"child": child, "activities": done}
    return render(request, "people/child/home.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """A child signs in by the name and the secret word that the parents made."""
    form = ChildSignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"].strip().lower()[:30]
        limits.hit(f"people.child_sign_in:{limits.visitor(request)}", limit=30, per=HOUR)
        limits.hit(f"people.child_sign_in:name:{name}", limit=10, per=HOUR)
        try:
            child = child_by_password(name=name, password=form.cleaned_data["password"])
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            return _let_in(request, child)
    status = 422 if form.errors else 200
    return render(request, "people/child/sign_in.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, token: str) -> HttpResponse:
    """The code of a card was scanned: one press signs in. Looking alone does nothing."""
    problem = ""
    if request.method == "POST":
        limits.hit(f"people.card:{limits.visitor(request)}", limit=30, per=HOUR)
        try:
            return _let_in(request, child_by_card(token=token))
        except PersonError as error:
            problem = str(error)
    status = 422 if problem else 200
    response = render(request, "people/child/card.html", {"problem": problem}, status=status)
    response["Referrer-Policy"] = "same-origin"  # a form sent with no-referrer has Origin: null
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """A child goes home."""
    logout(request)
    return redirect("people:child_sign_in")


HOUR = timedelta(hours=1)


def _let_in(request: HttpRequest, child: Child) -> HttpResponse:
    assert child.account is not None  # noqa: S101
    login(request, child.account, backend=BACKEND)
    request.session[CHILD] = True
    request.session.set_expiry(HOURS * 3600)
    note_signed_in(child=child)
    return redirect("people:child_home")

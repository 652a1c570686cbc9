"""A guardian's own pages: the family, its children, their consents."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bala.kernel import clock
from bala.kernel.errors import EditConflict, PersonError
from bala.kernel.keyset import page_of
from bala.people.access import grown_up, guarded_child
from bala.people.actions.erasure import remove_child
from bala.people.actions.seen import note_seen
from bala.people.enums import ConsentPurpose, SeenWhy
from bala.people.forms.children import ChildForm
from bala.people.models import Child
from bala.people.queries.accounts import NOWHERE, has_confirmed_address, home_of
from bala.people.queries.activities import activities_of
from bala.people.queries.consents import Standing, standings
from bala.people.queries.families import (
    age_on,
    children_of,
    guardians_of,
    public_author,
    schools_named,
)
from bala.people.queries.invitations import open_invitations, represents
from bala.people.queries.records import seen_of
from bala.territory.models import Region

PAGE = 50


def mine(request: HttpRequest) -> HttpResponse:
    """Send a person to where the own pages begin: console, family or child's page."""
    return redirect(home_of(request.user))  # type: ignore[arg-type] # signed in, so an Account


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The family: its children, what is agreed to, what waits."""
    account = grown_up(request.user)
    children = list(children_of(account).select_related("region", "district", "school"))
    by_child = standings(children, clock.today())
    context = {
        "cards": [_card(child, by_child[child.pk]) for child in children],
        "confirmed": has_confirmed_address(account),
        "grown": account.email.endswith(NOWHERE),
    }
    return render(request, "people/family/home.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def child_add(request: HttpRequest) -> HttpResponse:
    """Add a child to the family."""
    account = grown_up(request.user)
    form = ChildForm(request.POST or None, guardian=account)
    if request.method == "POST" and form.is_valid():
        try:
            child = form.save()
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            if child is not None:
                messages.success(
                    request, _("%(name)s is in your family now.") % {"name": child.given_name}
                )
                return redirect("people:consents", public_id=child.public_id)
    return _child_form(request, form, confirmed=has_confirmed_address(account))


@never_cache
@require_http_methods(["GET", "POST"])
def child_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what is kept about a child."""
    child = guarded_child(request.user, public_id)
    account = grown_up(request.user)
    form = ChildForm(request.POST or None, guardian=account, child=child)
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
        except EditConflict as error:
            form.add_error(None, str(error))
            status = 409
        else:
            if saved is not None:
                messages.success(request, _("It is saved."))
                return redirect("people:child", public_id=public_id)
    return _child_form(request, form, status=status)


def _child_form(
    request: HttpRequest, form: ChildForm, *, confirmed: bool = True, status: int | None = None
) -> HttpResponse:
    context = {"form": form, "child": form.child, "confirmed": confirmed}
    return render(
        request,
        "people/family/child_form.html",
        context,
        status=status or (422 if form.errors else 200),
    )


@never_cache
@require_safe
def child(request: HttpRequest, public_id: str) -> HttpResponse:
    """All about one child: data, consents, who represents it."""
    found = guarded_child(request.user, public_id)
    account = grown_up(request.user)
    if not represents(account, found):  # acts for an institution
        note_seen(by=account, child=found, why=SeenWhy.INSTITUTION)
    today = clock.today()
    context = {
        "child": found,
        "age": age_on(found.born_on, today),
        "author": public_author(found, today),
        "standings": standings([found], clock.today())[found.pk],
        "guardians": guardians_of(found),
        "seen": seen_of(found)[:3],
        "activities": activities_of(found)[:3],
        "invitations": open_invitations(found),
        "is_own": represents(account, found),
    }
    return render(request, "people/family/child.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def child_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then take a child out of the family."""
    found = guarded_child(request.user, public_id)
    if request.method == "POST":
        name = found.given_name
        try:
            remove_child(guardian=grown_up(request.user), child=found)
        except PersonError as error:
            messages.error(request, str(error))
            return redirect("people:child", public_id=public_id)
        messages.success(request, _("%(name)s: name and data are gone.") % {"name": name})
        return redirect("people:family")
    return render(request, "people/family/child_remove.html", {"child": found})


@never_cache
@require_safe
def seen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who saw the child's data, when and why."""
    found = guarded_child(request.user, public_id)
    page = page_of(
        seen_of(found), order=["-seen_at", "-pk"], cursor=request.GET.get("cursor", ""), size=PAGE
    )
    return render(request, "people/family/seen.html", {"child": found, "page": page})


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """Names of schools to choose from while one is typed."""
    text = request.GET.get("school", "")
    region = Region.objects.filter(pk=_number(request.GET.get("region", ""))).first()
    found = schools_named(region, text)[:20] if region and len(text.strip()) > 1 else []
    return render(request, "people/family/_schools.html", {"schools": found})


def _card(child: Child, answers: list[Standing]) -> dict[str, Any]:
    agreed = {standing.purpose for standing in answers if standing.consent}
    return {
        "child": child,
        "age": age_on(child.born_on, clock.today()),
        "standings": answers,
        "waits": ConsentPurpose.TAKE_PART not in agreed,
        "anew": any(standing.outdated for standing in answers),
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

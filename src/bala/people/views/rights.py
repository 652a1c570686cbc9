"""People and rights."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bala.kernel import clock
from bala.kernel.downloads import table_file
from bala.kernel.errors import PersonError
from bala.kernel.keyset import page_of
from bala.people.access import rights_giver, takeable_grant
from bala.people.actions import change_language, take_role
from bala.people.enums import Language, Role
from bala.people.forms.rights import GiveRoleForm
from bala.people.models import Account
from bala.people.queries import grants_matching, own_grants, rights_of
from bala.territory.queries import regions_of_year

PAGE = 50


def rights(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has which right in the campaign, and why."""
    reach = rights_giver(request.user, slug)
    found = grants_matching(
        reach.grants(),
        text=request.GET.get("q", ""),
        role=request.GET.get("role", ""),
        region=request.GET.get("region", ""),
        taken={"1": True, "all": None}.get(request.GET.get("taken", ""), False),
    )
    if request.GET.get("format") in ("csv", "xlsx"):
        return _export(request.GET["format"], found)
    page = page_of(
        found, order=["-given_at", "pk"], cursor=request.GET.get("cursor", ""), size=PAGE
    )
    context = {
        "reach": reach,
        "slug": slug,
        "page": page,
        "roles": Role.choices,
        "regions": regions_of_year(clock.today().year),
        "query": request.GET,
    }
    return render(request, "people/rights.html", context)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody a role."""
    reach = rights_giver(request.user, slug)
    form = GiveRoleForm(request.POST or None, reach=reach, initial={"language": Language.KK})
    if request.method == "POST" and form.is_valid():
        try:
            grant = form.save()
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("%(name)s has the role now; a letter is on its way.") % {"name": grant.account},
            )
            return redirect("people:rights", slug=slug)
    status = 422 if form.errors else 200
    return render(request, "people/give.html", {"form": form, "slug": slug}, status=status)


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Ask, then take a right away."""
    grant = takeable_grant(request.user, slug, public_id)
    if request.method == "POST" and isinstance(request.user, Account):
        try:
            take_role(taker=request.user, grant=grant)
        except PersonError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The right is taken; the record of it stays."))
        return redirect("people:rights", slug=slug)
    return render(request, "people/take.html", {"grant": grant, "slug": slug})


def me(request: HttpRequest) -> HttpResponse:
    """My own account: rights, language, second factor."""
    return render(
        request,
        "people/me.html",
        {
            "grants": own_grants(request.user),
            "languages": Language.choices,
            "places": set(rights_of(request.user).scopes),
        },
    )


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of my letters."""
    chosen = request.POST.get("language", "")
    if chosen in Language.values and isinstance(request.user, Account):
        change_language(account=request.user, language=chosen)
        messages.success(request, _("Letters will come in this language."))
    return redirect("people:me")


@login_not_required
def invited_only(request: HttpRequest) -> HttpResponse:
    """Explain how one gets an account."""
    return render(request, "people/invited_only.html")


def _export(kind: str, found: object) -> HttpResponse:
    header = [
        _("name"),
        _("e-mail"),
        _("role"),
        _("region"),
        _("organisation"),
        _("given"),
        _("reason"),
    ]
    rows = [
        [
            grant.account.full_name,
            grant.account.email,
            str(grant.get_role_display()),
            str(grant.region or ""),
            str(grant.organisation or ""),
            grant.given_at.date(),
            grant.reason,
        ]
        for grant in found  # type: ignore[attr-defined]
    ]
    return table_file(kind, file="rights", name=_("Rights"), header=header, rows=rows)

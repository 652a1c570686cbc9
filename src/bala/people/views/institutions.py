"""Pages of an institution that represents many children."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.keyset import page_of
from bala.people.access import grown_up
from bala.people.access.institutions import (
    own_import,
    represented_institution,
    represented_institutions,
)
from bala.people.actions.institutions import (
    consent_on_paper,
    discard_list,
    send_list,
    take_in_list,
)
from bala.people.actions.seen import note_all_seen
from bala.people.enums import SeenWhy
from bala.people.forms.consents import purposes_of
from bala.people.forms.institutions import ListForm, PaperConsentForm
from bala.people.models import Child
from bala.people.queries.consents import current_notices, standings
from bala.people.queries.families import age_on
from bala.people.queries.institutions import children_of_institution, listed

PAGE = 50
ORDER = ["family_name", "given_name", "pk"]


@never_cache
@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """The institutions that the person acts for; with one of them alone, its children."""
    found = list(represented_institutions(request.user))
    if len(found) == 1:
        return redirect("people:institution", public_id=found[0].public_id)
    return render(request, "people/institution/choose.html", {"institutions": found})


@never_cache
@require_safe
def institution(request: HttpRequest, public_id: str) -> HttpResponse:
    """The children of an institution; that they were seen is written down for each."""
    found = represented_institution(request.user, public_id)
    text = request.GET.get("q", "")
    page = page_of(
        children_of_institution(found, text).select_related("account"),
        order=ORDER,
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    account = grown_up(request.user)
    note_all_seen(by=account, children=page.rows, why=SeenWhy.INSTITUTION, about="people.list")
    context = {
        "institution": found,
        "page": page,
        "rows": _with_consents(page.rows),
        "query": request.GET,
        "total": children_of_institution(found).count(),
    }
    return render(request, "people/institution/children.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def child_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a list of children in."""
    found = represented_institution(request.user, public_id)
    form = ListForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = send_list(
                account=grown_up(request.user),
                institution=found,
                filename=file.name,
                data=file.read(settings.BALA_MAX_DOCUMENT_MB * 1024 * 1024),
            )
        except PersonError as error:
            form.add_error("file", str(error))
        else:
            return redirect("people:child_list_preview", public_id, kept.public_id)
    context = {"institution": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "people/institution/list.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def child_list_preview(request: HttpRequest, public_id: str, import_id: str) -> HttpResponse:
    """What a list would add, and what is wrong with it; a press takes it in."""
    found = represented_institution(request.user, public_id)
    kept = own_import(request.user, found, import_id)
    problem = ""
    if request.method == "POST":
        if "discard" in request.POST:
            discard_list(found=kept)
            messages.info(request, _("The list is called off; nothing was written."))
            return redirect("people:institution", public_id=public_id)
        try:
            count = take_in_list(account=grown_up(request.user), found=kept)
        except PersonError as error:
            problem = str(error)
        else:
            words = ngettext("%(n)s child was added.", "%(n)s children were added.", count)
            messages.success(request, words % {"n": count})
            return redirect("people:institution", public_id=public_id)
    rows = listed(kept)
    context = {
        "institution": found,
        "kept": kept,
        "rows": rows,
        "problem": problem,
        "faulty": [row for row in rows if row.faults],
        "fresh": sum(not row.faults and not row.known for row in rows),
        "known": sum(row.known for row in rows),
    }
    status = 422 if problem else 200
    return render(request, "people/institution/preview.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def paper_consents(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter consents that were signed on paper, for many children at once."""
    found = represented_institution(request.user, public_id)
    page = page_of(
        children_of_institution(found, request.GET.get("q", "")),
        order=ORDER,
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    account = grown_up(request.user)
    form = PaperConsentForm(request.POST if request.method == "POST" else None)
    chosen = request.POST.getlist("child")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            count = consent_on_paper(
                account=account,
                institution=found,
                children=None if data["whom"] == "all" else chosen,
                purposes=purposes_of(data["purposes"]),
                number=data["number"],
                signed_on=data["signed_on"],
                language=(get_language() or "kk")[:2],
            )
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            words = ngettext("%(n)s consent was entered.", "%(n)s consents were entered.", count)
            messages.success(request, words % {"n": count})
            return redirect("people:institution", public_id=public_id)
    note_all_seen(by=account, children=page.rows, why=SeenWhy.INSTITUTION, about="people.list")
    context = {
        "institution": found,
        "form": form,
        "page": page,
        "rows": _with_consents(page.rows),
        "chosen": chosen,
        "notices": current_notices(clock.today()).values(),
    }
    status = 422 if form.errors else 200
    return render(request, "people/institution/consents.html", context, status=status)


def _with_consents(children: Sequence[Child]) -> list[tuple[Child, int, list[str]]]:
    today = clock.today()
    by_child = standings(children, today)
    return [
        (
            child,
            age_on(child.born_on, today),
            [standing.purpose for standing in by_child[child.pk] if standing.consent],
        )
        for child in children
    ]

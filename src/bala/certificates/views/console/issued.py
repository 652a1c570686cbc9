"""What was issued: the list, one certificate, its sheet, its revocation; and issuing one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bala.certificates import access
from bala.certificates.actions import issue, revoke
from bala.certificates.actions.printing import certificate_pdf
from bala.certificates.enums import OccasionWords
from bala.certificates.forms import CertificateFilter, IssueForm, RevokeForm
from bala.certificates.models import Certificate
from bala.certificates.queries.certificates import NEWEST, matching, with_all
from bala.certificates.queries.wording import occasion_of
from bala.certificates.views.family import file_of
from bala.kernel.downloads import table_file
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.keyset import page_of
from bala.people.actions import note_seen
from bala.people.enums import SeenWhy

PAGE = 50
MOST_EXPORTED = 50_000


@never_cache
@require_safe
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """List what was issued within reach; children of families are listed by first name."""
    office = access.office_of(request.user, slug)
    form = CertificateFilter(request.GET)
    source = _source(request, slug)
    wanted = form.wanted()
    found = matching(office.certificates(), occasion_key=source.key if source else "", **wanted)
    if request.GET.get("as") in ("csv", "xlsx"):
        return _export(with_all(found).order_by(*NEWEST)[:MOST_EXPORTED], request.GET["as"])
    page = page_of(with_all(found), order=NEWEST, cursor=request.GET.get("cursor", ""), size=PAGE)
    context = {
        "office": office,
        "form": form,
        "page": page,
        "source": source,
        "narrowed": any(wanted.values()) or source is not None,
        "lists": office.batches().select_related("design").order_by("-made_at", "-pk")[:5],
        "has_designs": office.usable_designs().exists(),
    }
    return render(request, "certificates/console/list.html", context)


@never_cache
@require_safe
def certificate(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One certificate with all that is kept on it."""
    office, one = access.certificate_in_office(request.user, slug, public_id)
    _note(office, one)
    context = {"office": office, "one": one, "form": RevokeForm(certificate=one)}
    return render(request, "certificates/console/certificate.html", context)


@never_cache
@require_safe
def pdf(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Its sheet, to print."""
    office, one = access.certificate_in_office(request.user, slug, public_id)
    if one.is_revoked or not one.name:
        raise NotHere(_("This certificate no longer holds, so it is not printed."))
    _note(office, one)
    return file_of(certificate_pdf(one), one, "pdf")


@never_cache
@require_http_methods(["GET", "POST"])
def certificate_revoke(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Ask for the reason, then let it hold no more."""
    office, one = access.certificate_in_office(request.user, slug, public_id)
    form = RevokeForm(request.POST or None, certificate=one)
    if request.method == "POST" and form.is_valid():
        try:
            revoke(by=office.account, certificate=one, reason=form.cleaned_data["reason"])
        except PersonError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("It holds no more; whoever checks it sees that at once."))
            return redirect("certificates:certificate", slug=slug, public_id=public_id)
    context = {"office": office, "one": one, "form": form}
    status = 422 if form.errors else 200
    return render(request, "certificates/console/revoke.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def certificate_issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Issue one certificate."""
    office = access.office_of(request.user, slug)
    source = _source(request, slug)
    initial = {"to": "name", "design": request.GET.get("design", "")}
    form = IssueForm(request.POST or None, office=office, source=source, initial=initial)
    if request.method == "POST" and form.is_valid():
        place = form.chosen_place()
        try:
            made = issue(
                by=office.account,
                design=form.cleaned_data["design"],
                occasion=form.occasion(),
                award=form.award(),
                issued_on=form.cleaned_data["issued_on"],
                region=place.region,
                organisation=place.organisation,
            )
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Issued: %(number)s.") % {"number": made.shown_number})
            return redirect("certificates:certificate", slug=slug, public_id=made.public_id)
    context: dict[str, Any] = {
        "office": office,
        "form": form,
        "source": source,
        "has_designs": office.usable_designs().exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "certificates/console/issue.html", context, status=status)


def _source(request: HttpRequest, slug: str) -> OccasionWords | None:
    return occasion_of(slug, request.GET.get("source", ""))


def _note(office: access.Office, one: Certificate) -> None:
    """Write down that somebody outside of the family saw a child's name in full."""
    if one.child is not None:
        about = f"certificates.certificate:{one.public_id}"
        note_seen(by=office.account, child=one.child, why=SeenWhy.CERTIFICATE, about=about)


def _export(found: Any, file_format: str) -> HttpResponse:
    """The list as a table without names: what names children leaves the system on sheets alone."""
    head = [
        _("Number"),
        _("Kind"),
        _("What for"),
        _("Place"),
        _("Nomination"),
        _("Issued on"),
        _("Revoked"),
        _("Code"),
    ]
    rows = [
        [
            one.shown_number,
            str(one.design.get_kind_display()),
            str(one.occasion),
            one.place,
            one.nomination,
            one.issued_on,
            one.revoked_at.date() if one.revoked_at else None,
            one.public_id,
        ]
        for one in found
    ]
    return table_file(
        file_format, file="certificates", name=_("Certificates"), header=head, rows=rows
    )

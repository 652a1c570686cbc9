"""A family's own certificates: to see, to print, to pass on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bala.certificates.access import own_certificate, own_certificates
from bala.certificates.actions.badges import badge as signed_badge
from bala.certificates.actions.badges import baked_png
from bala.certificates.actions.printing import certificate_pdf, certificate_png
from bala.certificates.models import Certificate
from bala.certificates.queries.certificates import NEWEST
from bala.kernel.errors import NotHere
from bala.kernel.keyset import page_of
from bala.people.queries.accounts import is_child
from bala.people.queries.families import children_of

PAGE = 12


@never_cache
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """What was issued to the family, or to the child who signs in."""
    found = own_certificates(request.user)
    chosen = request.GET.get("child", "")
    if chosen:
        found = found.filter(child__public_id=chosen)
    page = page_of(found, order=NEWEST, cursor=request.GET.get("cursor", ""), size=PAGE)
    child = is_child(request.user)
    shell = "certificates/family/child_base.html" if child else "people/family/base.html"
    children = [] if child else list(children_of(request.user))  # type: ignore[arg-type] # signed in
    context = {"page": page, "shell": shell, "narrowed": bool(chosen), "children": children}
    return render(request, "certificates/family/list.html", context)


@never_cache
@require_safe
def pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sheet, to print."""
    one = _printable(own_certificate(request.user, public_id))
    return file_of(certificate_pdf(one), one, "pdf")


@never_cache
@require_safe
def picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sheet as a small picture."""
    one = _printable(own_certificate(request.user, public_id))
    return HttpResponse(certificate_png(one), content_type="image/png")


@never_cache
@require_safe
def badge(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The digital badge: the signed token, or a picture with it inside."""
    one = _printable(own_certificate(request.user, public_id))
    if form == "png":
        response = HttpResponse(baked_png(one), content_type="image/png")
    else:
        response = HttpResponse(signed_badge(one), content_type="application/vc+jwt")
    response["Content-Disposition"] = f'attachment; filename="{one.shown_number}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_of(data: bytes, one: Certificate, ending: str) -> HttpResponse:
    """Return a file called by its number: a name never stands in a file's name."""
    response = HttpResponse(data, content_type=f"application/{ending}")
    response["Content-Disposition"] = f'attachment; filename="{one.shown_number}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _printable(one: Certificate) -> Certificate:
    if one.revoked_at is not None or not one.name:
        raise NotHere(_("This certificate no longer holds, so it is not printed."))
    return one

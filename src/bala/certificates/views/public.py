"""Where anybody checks a certificate."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bala.certificates.access import verified_certificate
from bala.certificates.forms import CodeForm
from bala.certificates.queries.verification import CHECKS, MISSES, as_code
from bala.kernel import limits
from bala.kernel.errors import NotHere
from bala.kernel.public_pages import people_page


@login_not_required
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a code that is given leads to its certificate."""
    typed = request.GET.get("code", "")
    form = CodeForm({"code": typed} if "code" in request.GET else None)
    status = 200
    if form.is_bound and form.is_valid():
        code = as_code(typed)
        if code:
            return redirect("certificates:verify", code=code)
        form.add_error(
            "code", _("A code has sixteen letters and digits. Look at the certificate again.")
        )
    if form.errors:
        status = 422
    return render(request, "certificates/public/check.html", {"form": form}, status=status)


@people_page
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a certificate stands, what for, when and by whom it was given.

    Kept like all public pages; a revocation takes every kept page back in its own transaction.
    """
    visitor = limits.visitor(request)
    limits.hit(f"certificates.verify:{visitor}", limit=CHECKS, per=timedelta(hours=1))
    try:
        found = verified_certificate(code)
    except NotHere as error:
        limits.hit(f"certificates.miss:{visitor}", limit=MISSES, per=timedelta(hours=1))
        context = {"form": CodeForm(initial={"code": code[:40]}), "message": str(error)}
        return render(request, "certificates/public/unknown.html", context, status=404)
    return render(
        request, "certificates/public/verify.html", {"found": found, "one": found.certificate}
    )

"""What a person sees when something does not work."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: the person may not see this."""
    return render(request, "pages/error/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: nothing is here for this person; programs that ask the API get JSON."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": gettext("Page not found")}, status=404)
    return render(request, "pages/error/404.html", status=404)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form's token is missing or too old."""
    return render(request, "pages/error/csrf.html", status=403)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500, our fault, or 503 while the database is away: rendered without the database."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    page = "maintenance" if away else "500"
    # Without the request no context processor runs: what failed once must not fail again here.
    body = render_to_string(f"pages/error/{page}.html", {"helpline": settings.BALA_HELPLINE})
    if away:
        return HttpResponse(body, status=503, headers={"Retry-After": "60"})
    return HttpResponse(body, status=500)

"""What a person sees when something does not work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: the person may not see this."""
    return render(request, "pages/error/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: nothing is here for this person."""
    return render(request, "pages/error/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; rendered without the database."""
    return render(request, "pages/error/500.html", status=500)

"""Addresses without a language, for machines and for the first visit."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request


@login_not_required
def root(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the home page in the language of the browser or of the last visit."""
    response = redirect(f"/{get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """Tell a load balancer that this process reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})

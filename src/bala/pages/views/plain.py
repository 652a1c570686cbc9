"""Addresses without a language, for machines and for the first visit."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from bala.kernel import proof as work
from bala.pages.enums import THEMES

A_YEAR = 365 * 24 * 60 * 60


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


@login_not_required
@require_safe
@never_cache
def proof(_request: HttpRequest) -> HttpResponse:
    """Give a browser the work that an anonymous form wants; nothing is stored yet."""
    return JsonResponse(work.new_challenge())


@csrf_exempt  # it keeps a colour and nothing else, and cached pages can carry no token
@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colours in a cookie for a year and go back to the page."""
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            "theme",
            chosen,
            max_age=A_YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response

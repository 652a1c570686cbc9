"""Pages that everybody may read, and a cache may keep (docs/adr/0007)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

FRESH: int = 30  # seconds


def public_page(view: View[P]) -> View[P]:
    """Let everybody in, and let shared caches keep what a visitor without a session gets.

    Such a page may read the cookies `theme` and `region` and nothing else of the visitor, so that
    all who chose the same get the same bytes. Whoever is signed in gets a page of one's own.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.BALA_DEMO:
            response["Cache-Control"] = "private, no-cache"
        elif response.status_code in (200, 304) and "Cache-Control" not in response:
            response["Cache-Control"] = f"public, max-age={FRESH}, stale-while-revalidate=600"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    return login_not_required(require_safe(wrapped))

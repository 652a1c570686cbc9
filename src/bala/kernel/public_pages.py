"""Pages that everybody may read, and a cache may keep (docs/adr/0007, 0009)."""

import gzip
import hashlib
import math
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from bala.kernel import clock
from bala.kernel.keeping import Answer, answering, seconds_left

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

#: The cookies that a public page may read, and how long a value of theirs can be.
COOKIES: Final = ("theme", "region")
LONGEST_COOKIE: Final = 10
LONGEST_QUERY: Final = 200
#: What a kept page may differ by. Whatever differs by more is not kept.
VARIES: Final = frozenset({"cookie", "hx-request", "accept-encoding"})
SMALLEST_PACKED: Final = 600  # bytes; below, packing gains nothing
_KEPT_MARK: Final = "_bala_may_be_kept"
_NOBODY_MARK: Final = "_bala_shows_nobody"
_FOR_ALL: Final = "public, max-age={left}"


def public_page(view: View[P]) -> View[P]:
    """Let everybody in, and let caches keep what a visitor without a session gets.

    Such a page may read the cookies `theme` and `region` and nothing else of the visitor, so that
    all who chose the same get the same bytes. Whoever is signed in gets a page of one's own.
    """
    return _public(view, _FOR_ALL)


def people_page(view: View[P]) -> View[P]:
    """As `public_page`, for pages that show what people made and may be taken down at once.

    A cache in front or a browser has to ask each time whether its copy still stands; the answer
    comes from the page that is kept here, and costs little.
    """
    return _public(view, "public, no-cache")


def shows_nobody(response: HttpResponse) -> HttpResponse:
    """Say of a `people_page` that nothing on it could be taken down: caches may keep it after all."""
    setattr(response, _NOBODY_MARK, True)
    return response


def _public(view: View[P], cache_control: str) -> View[P]:
    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if "Cache-Control" not in response and response.status_code in (200, 304):
            if not _is_visitor(request):
                response["Cache-Control"] = "private, no-cache"
            else:
                open_to_caches = getattr(response, _NOBODY_MARK, False)
                setattr(response, _KEPT_MARK, _FOR_ALL if open_to_caches else cache_control)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    return login_not_required(require_safe(wrapped))


class KeptPagesMiddleware:
    """Answers visitors with pages that are kept; stands before all that looks at the person.

    It keeps what a public view marked as the same for everybody, packs it where the browser can
    unpack, and says in `Cache-Control` how long it still stands.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with answering() as answer:
            key = _key(request, answer)
            found = caches["pages"].get(key) if key else None
            if found is not None:
                answer.born, marked, headers, body = found
                return _finish(request, HttpResponse(body, headers=headers), answer, marked)
            response = self.get_response(request)
            marked = getattr(response, _KEPT_MARK, "")
            if not marked:
                return response
            if key and _may_be_kept(response):
                _pack(request, response)
                left = seconds_left(answer)
                kept = (answer.born, marked, dict(response.items()), response.content)
                if left >= 1:
                    caches["pages"].set(key, kept, left)
            return _finish(request, response, answer, marked)


def _is_visitor(request: HttpRequest) -> bool:
    """Whether nothing in the request tells one person from another."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "messages" not in request.COOKIES


def _key(request: HttpRequest, answer: Answer) -> str:
    """Return under what a page is kept for this request; "" when it gets a page of its own."""
    if (
        not settings.BALA_FRESH_SECONDS
        or request.method != "GET"
        or "HX-Request" in request.headers
        or not _is_visitor(request)
    ):
        return ""
    query = request.META.get("QUERY_STRING", "")
    chosen = [request.COOKIES.get(name, "") for name in COOKIES]
    if len(query) > LONGEST_QUERY or any(len(value) > LONGEST_COOKIE for value in chosen):
        return ""
    parts = [
        str(request.scheme),
        request.get_host(),
        request.path,
        query,
        *chosen,
        str(_can_unpack(request)),
        clock.mark(),
        str(answer.edition),
    ]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=20).hexdigest()


def _may_be_kept(response: HttpResponse) -> bool:
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and varies <= VARIES
    )


def _can_unpack(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _pack(request: HttpRequest, response: HttpResponse) -> None:
    """Pack a body that holds nothing secret, and name its bytes by a tag."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if _can_unpack(request) and len(response.content) > SMALLEST_PACKED:
        response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
        response["Content-Encoding"] = "gzip"
        if "ETag" in response:  # of what was packed: the same content in other bytes
            response["ETag"] = "W/" + response["ETag"].removeprefix("W/")
    response["Content-Length"] = str(len(response.content))
    if "ETag" not in response:
        digest = hashlib.blake2b(response.content, digest_size=16).hexdigest()
        response["ETag"] = f'"{digest}"'


def _finish(request: HttpRequest, response: Any, answer: Answer, marked: str) -> HttpResponse:
    """Say how long the page stands, and answer 304 to whoever has it already."""
    left = math.floor(seconds_left(answer))
    # The demonstration's clock can be moved at any moment, and then every page changes.
    response["Cache-Control"] = (
        "private, no-cache" if settings.BALA_DEMO else marked.format(left=left)
    )
    if response.status_code == 200 and "ETag" in response:
        found = get_conditional_response(request, etag=response["ETag"], response=response)
        return found if isinstance(found, HttpResponse) else response
    return response  # type: ignore[no-any-return]

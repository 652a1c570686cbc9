"""Delivering renditions: whole or a part, to the public or by a signed address."""

import re
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from bala.files.access import delivered
from bala.files.enums import FileKind
from bala.files.models import Rendition
from bala.files.queries.addresses import PARAMETER
from bala.files.queries.storage import local_path, pieces
from bala.kernel.errors import NotHere

PLAYLIST = "application/vnd.apple.mpegurl"


@login_not_required
@require_safe
def file(request: HttpRequest, public_id: str, name: str) -> HttpResponseBase:
    """Deliver a rendition. What is not released, not consented to or not there answers 404 alike.

    Browsers ask again each time (`no-cache`), so that what is taken down is gone at once.
    """
    token = request.GET.get(PARAMETER, "")
    try:
        rendition, is_public = delivered(public_id, name, token)
    except NotHere as error:
        return HttpResponse(str(error), status=404, content_type="text/plain; charset=utf-8")
    response: HttpResponseBase
    if rendition.content_type == PLAYLIST:
        response = _playlist(rendition, "" if is_public else token)
    else:
        response = _answer(request, rendition)
    patch_cache_control(response, no_cache=True, public=is_public, private=not is_public)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = _disposition(rendition)
    return response


def _answer(request: HttpRequest, rendition: Rendition) -> HttpResponseBase:
    etag = f'"{rendition.sha256[:32]}"'
    response: HttpResponseBase
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
        response["ETag"] = etag
        return response
    here = local_path(rendition.path)
    if settings.BALA_X_ACCEL and here is not None:
        # nginx sends the file, knows ranges, and asks us about each request.
        response = HttpResponse(content_type=rendition.content_type)
        response["X-Accel-Redirect"] = f"{settings.BALA_X_ACCEL}{quote(rendition.path)}"
        return response
    first, last = 0, rendition.bytes - 1
    wanted = request.headers.get("Range", "")
    if wanted and request.headers.get("If-Range", etag) == etag:
        part = byte_range(wanted, rendition.bytes)
        if part is None:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{rendition.bytes}"
            return response
        first, last = part
    count = last - first + 1
    try:
        body = pieces(rendition.path, first, count if request.method == "GET" else 0)
    except FileNotFoundError:
        return HttpResponse(status=404)
    response = StreamingHttpResponse(body, content_type=rendition.content_type)
    if count < rendition.bytes:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{rendition.bytes}"
    response["Content-Length"] = str(count)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that a Range header asks of `size` bytes, or None: 416.

    Several ranges, another unit or a faulty header are ignored and give the whole, as RFC 9110
    (14.2) lets a server do: many small ranges would be a way to make it work hard.
    """
    whole = (0, size - 1)
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if found is None or found[0] == "bytes=-":
        return whole
    start, end = found.groups()
    if not start:  # the last so many bytes
        return (max(size - int(end), 0), size - 1) if int(end) > 0 else None
    if int(start) >= size:
        return None
    last = min(int(end), size - 1) if end else size - 1
    return (int(start), last) if last >= int(start) else whole


def _playlist(rendition: Rendition, token: str) -> HttpResponse:
    """A list of a film's parts; under a signed address each part carries the signature too."""
    text = b"".join(pieces(rendition.path, 0, rendition.bytes)).decode()
    if token:
        sign = f"?{PARAMETER}={token}"
        text = re.sub(r'(?m)^(?!#)(\S+)$|(?<=URI=")([^"]+)', rf"\g<0>{sign}", text)
    return HttpResponse(text, content_type=PLAYLIST)


def _disposition(rendition: Rendition) -> str:
    """A name that tells nothing of whoever sent the file; documents are never shown in the page."""
    suffix = rendition.path.rpartition(".")[2]
    how = "attachment" if rendition.file.kind == FileKind.DOCUMENT else "inline"
    return f'{how}; filename="bala-{rendition.file.public_id}-{rendition.name}.{suffix}"'

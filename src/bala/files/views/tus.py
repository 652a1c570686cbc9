"""The tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload): the doors.

Core, creation, creation with upload, checksum, expiration and termination. Answers are short texts
in the language of Accept-Language, for whoever reads the errors of an upload.
"""

import base64
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import PurePath
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext as _

from bala.files.access import own_upload
from bala.files.actions import FileRefused, uploading
from bala.files.actions.uploading import ALGORITHMS, Checksum
from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import Upload
from bala.files.queries import limit_of
from bala.kernel.errors import PersonError
from bala.kernel.limits import hit
from bala.people.models import Account

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
BODY = "application/offset+octet-stream"
MOST_METADATA = 2000
UPLOADS_AN_HOUR = 300  # begun by one account
TYPES = {
    **dict.fromkeys(
        ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"], FileKind.PICTURE
    ),
    **dict.fromkeys(
        [
            *("video/mp4", "video/quicktime", "video/webm", "video/3gpp", "video/3gpp2"),
            *("video/x-matroska", "video/x-m4v"),
        ],
        FileKind.FILM,
    ),
    "application/pdf": FileKind.DOCUMENT,
}
SUFFIXES = {
    **dict.fromkeys([".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"], FileKind.PICTURE),
    **dict.fromkeys([".mp4", ".m4v", ".mov", ".webm", ".3gp", ".3g2", ".mkv"], FileKind.FILM),
    ".pdf": FileKind.DOCUMENT,
}
More = ParamSpec("More")


class Unusable(PersonError):
    """The request does not keep to the protocol; answered 400."""


def protocol(
    view: Callable[Concatenate[HttpRequest, More], HttpResponse],
) -> Callable[Concatenate[HttpRequest, More], HttpResponse]:
    """Let a view speak the protocol: its version, its errors, the language of its texts."""

    def speaking(request: HttpRequest, /, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        if request.method == "POST":  # for clients whose network lets nothing else through
            request.method = request.headers.get("X-HTTP-Method-Override", "POST").upper()
        with translation.override(_language(request)):
            if request.method == "OPTIONS":
                response = _options()
            elif request.headers.get("Tus-Resumable") != VERSION:
                response = _text(412, _("This upload wants version 1.0.0 of the tus protocol."))
                response["Tus-Version"] = VERSION
            elif not isinstance(request.user, Account):
                response = _text(401, _("Sign in, then go on with the upload."))
            else:
                response = _answer(view, request, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return login_not_required(wraps(view)(speaking))


def _answer(
    view: Callable[Concatenate[HttpRequest, More], HttpResponse],
    request: HttpRequest,
    *args: More.args,
    **kwargs: More.kwargs,
) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except FileRefused as error:
        return _text(413 if error.reason == Refusal.SIZE else 415, str(error))
    except PersonError as error:
        return _text(error.status, str(error))


@protocol
def uploads(request: HttpRequest) -> HttpResponse:
    """Begin an upload."""
    if request.method != "POST":
        return _not_allowed("POST, OPTIONS")
    assert isinstance(request.user, Account)  # noqa: S101
    if "Upload-Defer-Length" in request.headers:
        raise Unusable(_("The length of the file must be known."))
    length = _number(request, "Upload-Length")
    metadata = request.headers.get("Upload-Metadata", "")
    given = _metadata(metadata)
    hit(f"upload:{request.user.pk}", limit=UPLOADS_AN_HOUR, per=timedelta(hours=1))
    upload = uploading.begin_upload(
        owner=request.user,
        kind=_kind(given),
        length=length,
        name=given.get("filename", ""),
        metadata=metadata,
    )
    if request.headers.get("Content-Type") == BODY and _number(request, "Content-Length") > 0:
        _append(request, upload, 0)
    response = HttpResponse(status=201)
    response["Location"] = reverse("media:upload", kwargs={"public_id": upload.file.public_id})
    return _told(response, upload)


@protocol
def upload(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far an upload is; its next piece; its end."""
    if request.method not in ("HEAD", "PATCH", "DELETE"):
        return _not_allowed("HEAD, PATCH, DELETE, OPTIONS")
    found = own_upload(request.user, public_id)
    if request.method == "DELETE":
        uploading.cancel_upload(upload=found)
        return HttpResponse(status=204)
    if request.method == "HEAD":
        found.offset = uploading.confirmed_offset(found)
        response = _told(HttpResponse(status=200), found)
        response["Upload-Length"] = str(found.length)
        if found.metadata:
            response["Upload-Metadata"] = found.metadata
        return response
    if request.headers.get("Content-Type") != BODY:
        return _text(415, _("The body of the request must be %(type)s.") % {"type": BODY})
    _append(request, found, _number(request, "Upload-Offset"))
    return _told(HttpResponse(status=204), found)


def _append(request: HttpRequest, found: Upload, offset: int) -> None:
    def read(count: int) -> bytes:
        try:
            return request.read(count)
        except UnreadablePostError:  # the client is gone: what came so far counts
            return b""

    uploading.append(
        upload=found,
        offset=offset,
        length=_number(request, "Content-Length"),
        read=read,
        checksum=_checksum(request),
    )


def _told(response: HttpResponse, found: Upload) -> HttpResponse:
    response["Upload-Offset"] = str(found.offset)
    if found.offset < found.length and found.file.state == FileState.RECEIVING:
        response["Upload-Expires"] = http_date(found.expires_at.timestamp())
    return response


def _options() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    response["Tus-Max-Size"] = str(max(limit_of(kind) for kind in FileKind))
    return response


def _not_allowed(allowed: str) -> HttpResponse:
    response = HttpResponse(status=405)
    response["Allow"] = allowed
    return response


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise Unusable(_("The header %(name)s must be a number.") % {"name": header})
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Read "name BASE64,other BASE64"; raise Unusable for anything else."""
    found = {}
    try:
        if len(header) > MOST_METADATA:
            raise ValueError
        for pair in filter(None, header.split(",")):
            key, _gap, value = pair.strip().partition(" ")
            found[key] = base64.b64decode(value.strip(), validate=True).decode()
            if "\0" in found[key]:
                raise ValueError
    except ValueError as error:
        raise Unusable(
            _("The header %(name)s cannot be read.") % {"name": "Upload-Metadata"}
        ) from (error)
    return found


def _kind(given: dict[str, str]) -> FileKind:
    """What is announced; what it really is, its first bytes will tell."""
    declared = (given.get("filetype") or given.get("type") or "").partition(";")[0].strip().lower()
    suffix = PurePath(given.get("filename", "")).suffix.lower()
    kind = TYPES.get(declared) or SUFFIXES.get(suffix)
    if kind is None:
        raise FileRefused(Refusal.TYPE)
    return kind


def _checksum(request: HttpRequest) -> Checksum | None:
    header = request.headers.get("Upload-Checksum", "")
    if not header:
        return None
    algorithm, _gap, text = header.partition(" ")
    try:
        digest = base64.b64decode(text, validate=True)
    except ValueError:
        digest = b""
    if algorithm not in ALGORITHMS or not digest:
        raise Unusable(_("The header %(name)s cannot be read.") % {"name": "Upload-Checksum"})
    return Checksum(algorithm, digest)


def _language(request: HttpRequest) -> str:
    """The language that the page asked for: these addresses have none of their own."""
    asked = request.headers.get("Accept-Language", "").partition(",")[0].strip()
    try:
        return translation.get_supported_language_variant(asked or "kk")
    except LookupError:
        return translation.get_language() or "kk"


def _text(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")

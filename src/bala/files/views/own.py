"""One's own files."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bala.files.access import deletable_file, files_seen, own_file, seen_file
from bala.files.actions import delete
from bala.files.enums import FileKind, FileState
from bala.files.queries import thumbnail, why_refused
from bala.files.queries.limits import MB, quota_left, used_bytes
from bala.files.queries.own import described
from bala.kernel.errors import PersonError
from bala.kernel.keyset import page_of
from bala.people.queries.accounts import is_child
from bala.people.queries.rights import rights_of

PAGE = 24


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The files that one sent, and those of one's children."""
    account, files = files_seen(request.user)
    kind = request.GET.get("kind", "")
    if kind in FileKind.values:
        files = files.filter(kind=kind)
    page = page_of(
        files, order=["-created_at", "-pk"], cursor=request.GET.get("page", ""), size=PAGE
    )
    used = used_bytes(account)
    context: dict[str, Any] = {
        "lines": described(account, page.rows),
        "page": page,
        "kind": kind,
        "kinds": FileKind.choices,
        "used": round(used / MB),
        "quota": round((used + quota_left(account)) / MB),
        **_shell(account),
    }
    return render(request, "files/mine.html", context)


@never_cache
@require_safe
def row(request: HttpRequest, public_id: str) -> HttpResponse:
    """One line of the page, for as long as the file is on its way."""
    account, file = seen_file(request.user, public_id)
    (line,) = described(account, [file])
    return render(request, "files/_row.html", {"line": line})


@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then delete a file of one's own for good."""
    account, file = deletable_file(request.user, public_id)
    if request.method == "POST":
        delete(file=file)
        messages.success(request, _("The file is deleted."))
        return redirect("files:mine")
    (line,) = described(account, [file])
    return render(request, "files/remove.html", {"line": line, **_shell(account)})


@never_cache
@require_safe
def state(request: HttpRequest, public_id: str) -> JsonResponse:
    """Tell how far a file of one's own is, for the field that has just sent it."""
    try:
        file = own_file(request.user, public_id)
    except PersonError as error:
        return JsonResponse({"words": str(error)}, status=error.status)
    refused = file.state == FileState.REFUSED
    return JsonResponse(
        {
            "state": file.state,
            "progress": file.progress,
            "words": why_refused(file) if refused else file.get_state_display(),
            "picture": thumbnail(file),
        }
    )


def _shell(account: Any) -> dict[str, Any]:
    """Whoever works in the console stays there; children and families have their own pages."""
    if is_child(account):
        return {"shell": "people/child/base.html", "for_child": True}
    staff = bool(rights_of(account))
    shell = "pages/console.html" if staff else "people/family/base.html"
    return {"shell": shell, "for_child": False}

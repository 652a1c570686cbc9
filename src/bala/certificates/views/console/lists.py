"""Many at once: a list is sent, looked at, issued by a job, and downloaded as one file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.certificates import access
from bala.certificates.actions import batches, prints
from bala.certificates.enums import BatchState, PrintFormat, PrintState
from bala.certificates.forms import ListForm
from bala.certificates.models import Batch
from bala.certificates.queries.recipients import LABELS, faults_of, rows_of_table, rows_of_text
from bala.certificates.queries.wording import occasion_of
from bala.files.queries.storage import pieces
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.keyset import page_of
from bala.territory.queries.list_files import read_list

SHOWN_ROWS = 30
SHOWN_FAULTY = 200
PAGE = 30


@never_cache
@require_http_methods(["GET", "POST"])
def list_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a list in; nothing is issued before it was looked at."""
    office = access.office_of(request.user, slug)
    source = occasion_of(slug, request.GET.get("source", ""))
    form = ListForm(request.POST or None, request.FILES or None, office=office, source=source)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = data["file"]
        try:
            rows = (
                rows_of_table(read_list(file.read(), filename=file.name))
                if file
                else rows_of_text(data["names"])
            )
            kept = batches.keep_list(
                office=office,
                place=form.chosen_place(),
                design=data["design"],
                occasion=form.occasion(),
                issued_on=data["issued_on"],
                rows=rows,
                adults=data["adults"],
                source=file.name if file else "",
            )
        except PersonError as error:
            form.add_error("file" if file else "names", str(error))
        else:
            return redirect("certificates:list", slug=slug, public_id=kept.public_id)
    page = page_of(
        office.batches().select_related("design", "made_by"),
        order=("-made_at", "-pk"),
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "office": office,
        "form": form,
        "source": source,
        "page": page,
        "columns": LABELS.values(),
        "has_designs": office.usable_designs().exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "certificates/console/list_add.html", context, status=status)


@never_cache
@require_safe
def list_page(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A list: its rows with their faults, then how far its issue is, then its files."""
    office, kept = access.batch_in_office(request.user, slug, public_id)
    runs = list(kept.prints.order_by("-asked_at", "-pk"))
    at_work = kept.state == BatchState.ISSUING or any(r.state == PrintState.MAKING for r in runs)
    context = {
        "office": office,
        "kept": kept,
        "runs": runs,
        "formats": [
            one
            for one in PrintFormat
            if not any(
                r.format == one and r.state in (PrintState.MAKING, PrintState.READY) for r in runs
            )
        ],
        "at_work": at_work,
    }
    if request.headers.get("HX-Request"):
        answer = render(request, "certificates/console/_progress.html", context)
        if not at_work:
            answer["HX-Refresh"] = "true"
        return answer
    if kept.state == BatchState.PREVIEW:
        context |= _preview(kept)
    return render(request, "certificates/console/list_page.html", context)


def _preview(kept: Batch) -> dict[str, object]:
    faulty = [(row, faults_of(row)) for row in kept.rows if row["faults"]][:SHOWN_FAULTY]
    sound = [row for row in kept.rows[: SHOWN_ROWS + len(faulty)] if not row["faults"]][:SHOWN_ROWS]
    return {"faulty_rows": faulty, "sound_rows": sound, "sound": kept.total - kept.faulty}


@require_POST
def list_confirm(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Have all rows issued."""
    _office, kept = access.batch_in_office(request.user, slug, public_id)
    try:
        batches.confirm_list(batch=kept)
    except PersonError as error:
        messages.error(request, str(error))
    return redirect("certificates:list", slug=slug, public_id=public_id)


@require_POST
def list_discard(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Put a list aside; its names are forgotten."""
    _office, kept = access.batch_in_office(request.user, slug, public_id)
    if batches.discard_list(batch=kept):
        messages.success(request, _("The list is put aside; nothing was issued."))
    else:
        messages.error(request, _("This list is issued already."))
    return redirect("certificates:list_add", slug=slug)


@require_POST
def list_print(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Have the sheets of a list made into one file."""
    office, kept = access.batch_in_office(request.user, slug, public_id)
    wanted = request.POST.get("format", "")
    if kept.state != BatchState.DONE or wanted not in PrintFormat.values:
        raise NotHere(_("This list is not issued yet."))
    prints.ask_for_print(by=office.account, batch=kept, file_format=PrintFormat(wanted))
    return redirect("certificates:list", slug=slug, public_id=public_id)


@never_cache
@require_safe
def list_file(request: HttpRequest, slug: str, public_id: str, name: str) -> StreamingHttpResponse:
    """The file itself; whoever takes children's printed names out is written down."""
    run = access.print_in_office(request.user, slug, public_id, name)
    office = access.office_of(request.user, slug)
    body = pieces(run.path, 0, run.bytes)
    prints.note_taken(by=office.account, run=run)
    ending = run.path.rpartition(".")[2]
    response = StreamingHttpResponse(body, content_type=f"application/{ending}")
    response["Content-Length"] = str(run.bytes)
    response["Content-Disposition"] = (
        f'attachment; filename="certificates-{run.public_id}.{ending}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""The console's page of letters: who was told what, and what became of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bala.kernel.downloads import table_file
from bala.kernel.keyset import page_of
from bala.kernel.spreadsheets import Cell
from bala.notify.access import letter_in, outbox_of
from bala.notify.actions.sending import send_again, send_failed_again
from bala.notify.forms import OutboxFilter
from bala.notify.models import Message
from bala.notify.queries.outbox import ORDER, Line, figures_of, lines_of, narrowed, with_words

PAGE = 50
EXPORTED = 20_000  # rows


@require_safe
def outbox(request: HttpRequest, slug: str) -> HttpResponse:
    """List the letters of a campaign, the newest first."""
    box = outbox_of(request.user, slug)
    form = OutboxFilter(request.GET)
    wanted = form.wanted()
    found = narrowed(box.letters(), wanted).select_related("account", "written_by")
    if request.GET.get("format") in ("csv", "xlsx"):
        rows = list(found.order_by(*ORDER)[:EXPORTED])
        return _export(request.GET["format"], lines_of(rows, box.account))
    page = page_of(found, order=list(ORDER), cursor=request.GET.get("cursor", ""), size=PAGE)
    context = {
        "slug": slug,
        "form": form,
        "narrowed": form.is_narrowed,
        "page": page,
        "lines": lines_of(page, box.account),
        "figures": figures_of(box.letters()),
        "query": request.GET.urlencode(),
    }
    return render(request, "notify/outbox.html", context)


@require_safe
def letter(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Show one letter, with its words where they may be read."""
    box, message = letter_in(request.user, slug, public_id)
    (line,) = lines_of([message], box.account)
    context = {"slug": slug, "line": with_words(line)}
    return render(request, "notify/letter.html", context)


@require_POST
def again(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Try a letter that failed once more."""
    _box, message = letter_in(request.user, slug, public_id)
    if send_again(message=message):
        messages.success(request, _("The letter is on its way again."))
    else:
        messages.info(request, _("This letter is not tried again: it is on its way, or of no use."))
    return redirect("notify:letter", slug=slug, public_id=public_id)


@require_POST
def all_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Try what failed and was chosen once more."""
    box = outbox_of(request.user, slug)
    count = send_failed_again(letters=narrowed(box.letters(), OutboxFilter(request.GET).wanted()))
    said = ngettext(
        "%(count)d letter is on its way again.", "%(count)d letters are on their way again.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("notify:outbox", slug=slug)


def _export(kind: str, lines: list[Line]) -> HttpResponse:
    header = [
        _("written"),
        _("name"),
        _("e-mail"),
        _("kind"),
        _("way"),
        _("state"),
        _("sent"),
        _("reason"),
    ]
    rows = [_row(line.message, line) for line in lines]
    return table_file(kind, file="letters", name=_("Letters"), header=header, rows=rows)


def _row(message: Message, line: Line) -> list[Cell]:
    return [
        line.written.date(),
        "" if line.is_private else message.account.full_name,
        "" if line.is_private else message.account.email,
        str(line.kind_label),
        str(message.get_way_display()),
        str(message.get_state_display()),
        line.sent.date() if line.sent else None,
        line.error,
    ]

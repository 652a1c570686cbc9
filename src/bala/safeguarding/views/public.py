"""What the public and the authors come to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.files.queries import with_renditions
from bala.kernel import limits
from bala.kernel.errors import NotHere, PersonError
from bala.people.models import Account
from bala.safeguarding import access
from bala.safeguarding.actions import report as take_report
from bala.safeguarding.actions import withdraw
from bala.safeguarding.enums import KINDS, ItemState
from bala.safeguarding.forms import NumberForm, ReportForm
from bala.safeguarding.queries.items import public_items
from bala.safeguarding.queries.reasons import all_reasons, reason_title


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Report a piece of public content, without an account."""
    item = access.reportable_item(public_id)
    visitor = limits.visitor(request)
    form = ReportForm(request.POST or None, visitor=visitor)
    if request.method == "POST" and form.is_valid():
        filed = take_report(
            item=item,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            language=(get_language() or "kk")[:2],
            source=visitor,
        )
        answer = reverse("safeguarding:answer")
        return redirect(f"{answer}?number={filed.report.public_id}&new=1")
    context = {"item": item, "form": form}
    return render(request, "safeguarding/report.html", context, status=form.status)


@never_cache
@login_not_required
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Show what became of a report, by its number."""
    number = request.GET.get("number", "").strip()
    form = NumberForm({"number": number} if number else None)
    found, status = None, 200
    if number:
        try:
            found = access.known_report(number)
        except NotHere as error:
            form.add_error("number", str(error))
            status = 404
    context = {
        "form": form,
        "report": found,
        "reason": reason_title(found.reason) if found else "",
        "number": " ".join(_in_fours(found.public_id)) if found else "",
        "is_new": request.GET.get("new") == "1",
    }
    return render(request, "safeguarding/answer.html", context, status=status)


@never_cache
@require_safe
def mine(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an author, or the family, where a thing stands and what was said of it."""
    item = access.own_item(request.user, public_id)
    decision = item.decisions.exclude(verdict="reopen").order_by("-made_at", "-pk").first()
    reason = all_reasons().get(decision.reason) if decision else None
    to_child = item.child is not None and item.child.account_id == request.user.pk
    kind = KINDS.get(item.kind)
    refused = item.state in (ItemState.REFUSED, ItemState.TAKEN_DOWN)
    context = {
        "item": item,
        "files": list(with_renditions(item.files.order_by("pk"))),
        "decision": decision if refused else None,
        "told": reason.told(to_child=to_child) if reason and refused else "",
        "is_public": public_items().filter(pk=item.pk).exists(),
        "may_withdraw": item.state != ItemState.WITHDRAWN,
        "to_child": to_child,
        "edit_url": kind.edit_url(item) if kind and kind.edit_url else "",
    }
    return render(request, "safeguarding/mine.html", context)


@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw what one sent in; it is gone at once."""
    item = access.own_item(request.user, public_id)
    if isinstance(request.user, Account):
        try:
            withdraw(item=item, by=request.user)
        except PersonError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Withdrawn: nobody sees it any more."))
    return redirect("safeguarding:mine", public_id=public_id)


def _in_fours(text: str) -> list[str]:
    return [text[at : at + 4] for at in range(0, len(text), 4)]

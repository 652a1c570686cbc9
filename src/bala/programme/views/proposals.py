"""Where organisers decide what hosts propose."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bala.kernel.keyset import page_of
from bala.programme.access.hosting import decided_item, proposals_to_decide
from bala.programme.actions.hosting import approve_proposal, send_back_proposal
from bala.programme.forms.hosting import ReasonForm
from bala.programme.queries.sanitary import limits_of
from bala.programme.views.people import signed_in


def proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """List what waits for a decision, the earliest day first."""
    reach, rows = proposals_to_decide(request.user, slug)
    page = page_of(rows, order=["starts_on", "pk"], cursor=request.GET.get("from", ""), size=30)
    limits = limits_of(page.rows)
    context = {
        "at": reach.campaign,
        "rows": [
            (
                row,
                limits.get(row.pk),
                ReasonForm(initial={"revision": row.revision}, auto_id=f"{row.public_id}_%s"),
            )
            for row in page.rows
        ],
        "next_url": f"?from={page.next_cursor}" if page.next_cursor else "",
        "previous_url": f"?from={page.previous_cursor}" if page.previous_cursor else "",
    }
    return render(request, "programme/hosting/proposals.html", context)


@require_POST
def proposal_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Approve a proposal, or send it back with a reason."""
    _reach, item = decided_item(request.user, public_id)
    form = ReasonForm(request.POST)
    form.full_clean()
    revision = form.cleaned_data.get("revision") or 0
    if request.POST.get("decision") == "approve":
        approve_proposal(account=signed_in(request), item=item, revision=revision)
        messages.success(request, _("Approved: it stands in the plan."))
    else:
        send_back_proposal(
            account=signed_in(request),
            item=item,
            revision=revision,
            reason=form.cleaned_data.get("reason", ""),
        )
        messages.success(request, _("Sent back to the host."))
    return redirect("programme:proposals", slug=item.campaign.slug)

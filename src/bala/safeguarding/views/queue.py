"""The moderators' workplace."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bala.files.queries import with_renditions
from bala.kernel import clock
from bala.kernel.errors import EditConflict, PersonError
from bala.kernel.keyset import page_of
from bala.people.actions import note_all_seen
from bala.people.enums import SeenWhy
from bala.people.queries.families import age_band
from bala.safeguarding.access import Desk, decision_on_desk, desk_of, item_on_desk
from bala.safeguarding.actions import claim, claim_next, decide, let_go, look_again, take_down
from bala.safeguarding.actions.claims import lease
from bala.safeguarding.enums import ItemState
from bala.safeguarding.forms import DecisionForm, QueueFilter, SecondLookForm
from bala.safeguarding.models import ModerationItem
from bala.safeguarding.queries import queue
from bala.safeguarding.queries.desks import escalation_after
from bala.safeguarding.queries.reasons import reason_title
from bala.safeguarding.queries.texts import kinds_found, pieces_of
from bala.territory.queries import helplines_on, regions_of_year

PAGE = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what waits, the urgent first, then the oldest."""
    desk = desk_of(request.user)
    form = QueueFilter(request.GET, regions=list(regions_of_year(clock.today().year)))
    wanted = form.wanted()
    found = queue.chosen(queue.waiting(desk.items()), wanted)
    page = page_of(
        queue.shown(found),
        order=list(queue.ORDER),
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    now = clock.now()
    context = {
        "form": form,
        "narrowed": wanted != queue.Wanted(),
        "page": page,
        "lines": [_line(item, now) for item in page],
        "figures": queue.figures_of(desk.items(), escalation_after()),
        "now": now,
        "hours": settings.BALA_MODERATION_HOURS,
        "samples": queue.decisions_to_look_at_again(desk.items(), desk.account).count(),
        "is_coordinator": desk.is_coordinator,
        "query": request.GET.urlencode(),
    }
    return render(request, "safeguarding/queue.html", context)


@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take up the next item that nobody has, and open it."""
    desk = desk_of(request.user)
    form = QueueFilter(request.GET, regions=list(regions_of_year(clock.today().year)))
    after = desk.items().filter(public_id=request.POST.get("after", "")).first()
    if after is not None:
        let_go(desk=desk, item=after)
    item = claim_next(desk=desk, wanted=form.wanted(), after=after)
    if item is None:
        messages.success(request, _("Nothing else waits for you here."))
        return redirect("safeguarding:queue")
    return redirect("safeguarding:item", public_id=item.public_id)


@never_cache
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look at one item, held for whoever opened it, and decide."""
    desk, found = item_on_desk(request.user, public_id)
    files = list(with_renditions(found.files.order_by("pk")))
    form = DecisionForm(request.POST or None, item=found, has_files=bool(files))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _decided(request, desk, found, form)
            except EditConflict as conflict:
                form.add_error(None, str(conflict))
                status = 409
            except PersonError as error:
                form.add_error(None, str(error))
        if status == 409:
            found.refresh_from_db()
            files = list(with_renditions(found.files.order_by("pk")))
            form.data = {**request.POST.dict(), "revision": str(found.revision)}
    mine = found.waiting_since is not None and claim(desk=desk, item=found)
    note_all_seen(
        by=desk.account,
        children=found.children,
        why=SeenWhy.MODERATION,
        about=f"safeguarding.item:{found.public_id}",
    )
    context = {**_context(desk, found), "form": form, "files": files, "mine": mine}
    return render(request, "safeguarding/item.html", context, status=status)


def _decided(
    request: HttpRequest, desk: Desk, found: ModerationItem, form: DecisionForm
) -> HttpResponse:
    data = form.cleaned_data
    now = decide(
        desk=desk,
        item=found,
        revision=data["revision"],
        approve=data["decision"] == "approve",
        shows_face=form.shows_face,
        reason=data["reason"],
        words=data["words"],
    )
    if now.state == ItemState.PENDING:
        said = _("Noted. A face can be seen: another moderator has to say yes too.")
    elif now.state == ItemState.APPROVED:
        said = _("Approved: the public sees it now.")
    else:
        said = _("Refused: the author is told why.")
    messages.success(request, said)
    following = claim_next(desk=desk, after=now)
    if following is None:
        return redirect("safeguarding:queue")
    return redirect("safeguarding:item", public_id=following.public_id)


@require_POST
def give_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put an item back without a decision."""
    desk, found = item_on_desk(request.user, public_id)
    let_go(desk=desk, item=found)
    return redirect("safeguarding:queue")


@require_POST
def down(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take something public down, for good."""
    desk, found = item_on_desk(request.user, public_id)
    try:
        take_down(
            desk=desk,
            item=found,
            reason=request.POST.get("reason", ""),
            words=request.POST.get("words", ""),
        )
    except PersonError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken down: nobody sees it any more."))
    return redirect("safeguarding:item", public_id=public_id)


@require_safe
def second_looks(request: HttpRequest) -> HttpResponse:
    """Show decisions of others that were drawn for the sample."""
    desk = desk_of(request.user)
    page = page_of(
        queue.decisions_to_look_at_again(desk.items(), desk.account),
        order=["made_at", "pk"],
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "page": page,
        "figures": queue.figures_of(desk.items(), escalation_after()),
        "percent": settings.BALA_MODERATION_SAMPLE_PERCENT,
    }
    return render(request, "safeguarding/second_looks.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def second_look(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look at a decision of another, and say whether one agrees."""
    desk, decision = decision_on_desk(request.user, public_id)
    form = SecondLookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            look_again(
                desk=desk,
                decision=decision,
                agrees=form.cleaned_data["agrees"] == "yes",
                words=form.cleaned_data["words"],
            )
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you; your second look is noted."))
            return redirect("safeguarding:second_looks")
    found = decision.item
    note_all_seen(
        by=desk.account,
        children=found.children,
        why=SeenWhy.MODERATION,
        about=f"safeguarding.item:{found.public_id}",
    )
    context = {
        **_context(desk, found),
        "form": form,
        "decision": decision,
        "decision_reason": reason_title(decision.reason) if decision.reason else "",
        "files": list(with_renditions(found.files.order_by("pk"))),
    }
    status = 422 if form.errors else 200
    return render(request, "safeguarding/second_look.html", context, status=status)


def _context(desk: Desk, found: ModerationItem) -> dict[str, Any]:
    now = clock.now()
    reports = [
        (one, reason_title(one.reason))
        for one in found.reports.filter(state="open").order_by("made_at", "pk")
    ]
    decisions = found.decisions.select_related("moderator").order_by("made_at", "pk")
    return {
        "item": found,
        "pieces": pieces_of(found),
        "found_kinds": kinds_found(found),
        "age_band": age_band(found.child.born_on, clock.today()) if found.child else "",
        "reports": reports,
        "decisions": [(d, reason_title(d.reason) if d.reason else "") for d in decisions],
        "now": now,
        "lease_minutes": int(lease().total_seconds() // 60),
        "is_first": found.wants_second_look and found.first_moderator_id == desk.account.pk,
        "helplines_now": list(helplines_on(clock.today())) if found.distress else [],
        "back": reverse("safeguarding:queue"),
    }


def _line(found: ModerationItem, now: Any) -> dict[str, Any]:
    waited = now - found.waiting_since
    return {
        "item": found,
        "kinds": kinds_found(found),
        "hours": int(waited.total_seconds() // 3600),
        "minutes": int(waited.total_seconds() // 60),
        "late": waited > escalation_after(),
        "age_band": age_band(found.child.born_on, clock.today()) if found.child else "",
        "held_by": found.claimed_by
        if found.claimed_until is not None and found.claimed_until > now
        else None,
    }

"""What is due when, who is silent, and writing to them."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.spreadsheets import Cell
from bala.programme.access.campaigns import Reach, campaign_at_work, coordinated_campaign
from bala.programme.access.deadlines import letter_to_region
from bala.programme.actions.deadlines import set_deadlines
from bala.programme.actions.reminders import write_to_responsible
from bala.programme.forms.hosting import DeadlinesForm, LetterForm
from bala.programme.queries.deadlines import RegionPlan, days_left, region_plans
from bala.programme.queries.responsible import responsible_of
from bala.programme.views.people import signed_in
from bala.programme.views.sheets import sheet


def deadlines(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the deadlines and how far each region's plan has come."""
    reach = campaign_at_work(request.user, slug)
    if request.GET.get("as") in ("csv", "xlsx"):
        return _sheet(request.GET["as"], _plans(reach))
    campaign = reach.campaign
    initial = {
        "plans_due_on": campaign.plans_due_on,
        "returns_due_on": campaign.returns_due_on,
    }
    return _page(request, reach, DeadlinesForm(initial=initial, revision=campaign.revision))


@require_POST
def deadlines_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the deadlines; what another person set meanwhile is shown beside what was typed."""
    campaign = coordinated_campaign(request.user, slug)
    form = DeadlinesForm(request.POST)
    if form.is_valid() and form.written(
        lambda: set_deadlines(
            account=signed_in(request),
            campaign=campaign,
            revision=form.revision,
            plans_due_on=form.cleaned_data["plans_due_on"],
            returns_due_on=form.cleaned_data["returns_due_on"],
        )
    ):
        messages.success(request, _("Saved."))
        return redirect("programme:deadlines", slug=slug)
    return _page(request, campaign_at_work(request.user, slug), form)


def _plans(reach: Reach) -> list[RegionPlan]:
    return region_plans(reach.campaign, None if reach.is_editor else reach.region_ids)


def _page(request: HttpRequest, reach: Reach, form: DeadlinesForm) -> HttpResponse:
    campaign, plans, today = reach.campaign, _plans(reach), clock.today()
    context = {
        "at": campaign,
        "plans": plans,
        "silent": sum(plan.is_silent for plan in plans),
        "complete": sum(plan.missing == 0 for plan in plans),
        "plans_in": days_left(campaign.plans_due_on, today),
        "returns_in": days_left(campaign.returns_due_on, today),
        "form": form if reach.is_coordinator else None,
        "conflict": form.conflict,
        "may_write": reach.is_coordinator,
    }
    return render(request, "programme/hosting/deadlines.html", context, status=form.status)


def deadlines_write(request: HttpRequest, slug: str, iso_code: str) -> HttpResponse:
    """Write to those responsible for a region about its plan."""
    campaign, region = letter_to_region(request.user, slug, iso_code)
    form = LetterForm(
        request.POST or None,
        initial={
            "text": _(
                "Please bring the plan of your region to its end and tell us what hinders you."
            )
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            written = write_to_responsible(
                account=signed_in(request),
                campaign=campaign,
                activity=None,
                region=region,
                text=form.cleaned_data["text"],
            )
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("Letters on their way: %(number)s.") % {"number": written}
                if written
                else _("They were written to today already; nothing was sent twice."),
            )
            return redirect("programme:deadlines", slug=slug)
    context = {
        "at": campaign,
        "region": region,
        "form": form,
        "people": responsible_of(campaign, [region])[region.pk],
    }
    return render(request, "programme/hosting/letter.html", context)


def _sheet(kind: str, plans: list[RegionPlan]) -> HttpResponse:
    header = [
        _("Region"),
        _("Activities expected"),
        _("Activities planned"),
        _("Drafts and proposals"),
        _("Responsible"),
    ]
    rows: Iterable[Sequence[Cell]] = (
        [
            str(plan.region.name),
            plan.expected,
            plan.planned,
            plan.drafts,
            ", ".join(person.full_name for person in plan.responsible),
        ]
        for plan in plans
    )
    return sheet("deadlines", kind, header, rows)

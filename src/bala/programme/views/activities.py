"""An activity of a campaign that stands: corrected, its steps, and where it does not apply."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bala.kernel.errors import PersonError
from bala.kernel.revisions import RowConflict
from bala.people.models import Account
from bala.programme.access.campaigns import organised_region, published_activity
from bala.programme.access.coverage import coordinated_activity
from bala.programme.actions.not_applicable import unmark_not_applicable
from bala.programme.forms.campaigns import ActivityForm, NotApplicableForm
from bala.programme.forms.stages import ActivityStagesForm
from bala.programme.models import Activity
from bala.programme.queries.texts import region_lines


@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Correct titles, kind, level, formats, dates and ages."""
    activity = coordinated_activity(request.user, slug, public_id)
    form = ActivityForm(request.POST or None, activity=activity)
    return _saved(request, activity, form, "programme/campaign/activity.html", _("Activity"))


@require_http_methods(["GET", "POST"])
def activity_stages(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Correct the steps of a contest."""
    activity = coordinated_activity(request.user, slug, public_id)
    form = ActivityStagesForm(request.POST or None, activity=activity)
    heading = _("Stages of the contest")
    return _saved(request, activity, form, "programme/campaign/stages.html", heading)


def _saved(
    request: HttpRequest,
    activity: Activity,
    form: ActivityForm | ActivityStagesForm,
    template: str,
    heading: str,
) -> HttpResponse:
    """Write what was typed and go back to the texts; what was not written is shown again."""
    texts = reverse("programme:campaign_texts", args=[activity.campaign.slug])
    back = f"{texts}#t-{activity.public_id}"
    if request.method == "POST" and form.is_valid() and form.written(form.save):
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {
        "campaign": activity.campaign,
        "activity": activity,
        "form": form,
        "heading": heading,
        "conflict": form.conflict,
        "back": back,
    }
    return render(request, template, context, status=form.status)


@require_http_methods(["GET", "POST"])
def not_applicable(request: HttpRequest, slug: str, iso: str) -> HttpResponse:
    """Which activities a region does not hold, and why."""
    reach, region = organised_region(request.user, slug, iso)
    sent: dict[int, NotApplicableForm] = {}
    conflict = ""
    if request.method == "POST":
        activity = published_activity(reach.campaign, request.POST.get("activity", ""))
        form = sent[activity.pk] = NotApplicableForm(
            request.POST, auto_id=f"id_%s_{activity.public_id}"
        )
        undone = request.POST.get("undo") == "1"
        if form.is_valid() or undone:
            try:
                if undone:
                    unmark_not_applicable(activity=activity, region=region, revision=form.revision)
                else:
                    person = cast(Account, request.user)
                    form.save(account=person, activity=activity, region=region)
            except RowConflict as error:
                form.tell(error)
                conflict = str(error)
            except PersonError as error:
                form.add_error(None, str(error))
            else:
                return redirect("programme:not_applicable", slug=slug, iso=iso)
    context = {
        "campaign": reach.campaign,
        "region": region,
        "lines": [
            {
                "activity": line.activity,
                "said": line.said,
                "planned": line.planned,
                "form": sent.get(line.activity.pk) or _fresh(line.said, line.activity),
            }
            for line in region_lines(reach.campaign, region)
        ],
        "conflict": conflict,
    }
    status = 409 if conflict else 422 if any(one.errors for one in sent.values()) else 200
    return render(request, "programme/campaign/not_applicable.html", context, status=status)


def _fresh(said: Any, activity: Activity) -> NotApplicableForm:
    return NotApplicableForm(
        initial={"reason": said.reason if said else ""},
        revision=said.revision if said else 0,
        auto_id=f"id_%s_{activity.public_id}",
    )

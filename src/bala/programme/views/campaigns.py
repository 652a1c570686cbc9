"""The campaign in the console: texts, period, deadlines, status, another year."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bala.kernel.errors import Forbidden, PersonError
from bala.people.models import Account
from bala.programme.access.campaigns import (
    campaign_at_work,
    coordinated_campaign,
    reach_of,
)
from bala.programme.access.concepts import worded_campaign, worded_piece
from bala.programme.actions.campaigns import (
    carried,
    set_campaign_status,
)
from bala.programme.enums import CampaignStatus
from bala.programme.forms.campaigns import (
    CampaignForm,
    CarryForm,
    TextsForm,
    YearForm,
)
from bala.programme.models import Campaign
from bala.programme.queries.texts import piece_row, regions_change, text_table
from bala.territory.queries.regions import in_order


@require_http_methods(["GET", "POST"])
def campaign_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Texts, period, deadlines and status of a campaign; those who do not coordinate it read."""
    reach = campaign_at_work(request.user, slug)
    campaign = reach.campaign
    if request.method == "POST" and not reach.is_coordinator:
        raise Forbidden(_("Only the campaign's coordinator may do this."))
    form = CampaignForm(request.POST or None, instance=campaign, revision=campaign.revision)
    if request.method == "POST" and form.is_valid() and form.written(form.write):
        messages.success(request, _("Saved."))
        return redirect("programme:campaign_edit", slug=slug)
    context = {
        "campaign": coordinated_campaign(request.user, slug) if reach.is_coordinator else campaign,
        "form": form if reach.is_coordinator else None,
        "reach": reach,
        "conflict": form.conflict,
        "documents": campaign.concepts.select_related("uploaded_by").order_by("-version"),
        "regions": in_order(campaign.regions.all()),
    }
    return render(request, "programme/campaign/edit.html", context, status=form.status)


@require_POST
def campaign_status(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish, close or open again."""
    campaign = coordinated_campaign(request.user, slug)
    wanted = request.POST.get("status", "")
    try:
        set_campaign_status(campaign=campaign, status=CampaignStatus(wanted))
    except (PersonError, ValueError) as error:
        messages.error(request, str(error) if isinstance(error, PersonError) else _("Try again."))
    else:
        messages.success(request, _("The campaign's status is changed."))
    return redirect("programme:campaign_edit", slug=slug)


def campaign_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Titles of blocks and activities in three languages, with what is missing."""
    campaign = worded_campaign(request.user, slug)
    only_missing = request.GET.get("missing") == "1"
    context = {
        "campaign": campaign,
        "table": text_table(campaign, only_missing=only_missing),
        "may_correct": reach_of(request.user, campaign).is_coordinator,
        "only_missing": only_missing,
    }
    return render(request, "programme/campaign/texts.html", context)


@require_http_methods(["GET", "POST"])
def campaign_text(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The texts of one block or activity; in place with htmx."""
    piece = worded_piece(request.user, slug, public_id)
    in_place = bool(getattr(request, "htmx", False))
    may_correct = reach_of(request.user, piece.campaign).is_coordinator
    form = TextsForm(request.POST or None, piece=piece)
    if request.method == "POST" and form.is_valid():
        if form.written(form.save):
            if in_place:
                row = piece_row(worded_piece(request.user, slug, public_id))
                return render(
                    request,
                    "programme/campaign/_text.html",
                    {"row": row, "campaign": piece.campaign, "may_correct": may_correct},
                )
            messages.success(request, _("Saved."))
            return redirect("programme:campaign_texts", slug=slug)
        if form.conflict:
            piece = worded_piece(request.user, slug, public_id)
    context = {
        "campaign": piece.campaign,
        "piece": piece,
        "form": form,
        "conflict": form.conflict,
        "row": piece_row(piece),
        "may_correct": may_correct,
    }
    if in_place:
        part = "_text" if request.GET.get("shown") == "1" else "_text_form"
        return render(request, f"programme/campaign/{part}.html", context)
    return render(request, "programme/campaign/text.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def campaign_carry(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a year, look at the new dates and regions, then carry the campaign there."""
    campaign = coordinated_campaign(request.user, slug)
    chosen = YearForm(
        request.GET if "year" in request.GET else None, initial={"year": campaign.year + 1}
    )
    year = int(request.POST["year"]) if request.POST.get("year", "").isdecimal() else None
    if year is None and chosen.is_bound and chosen.is_valid():
        year = chosen.cleaned_data["year"]
    form, preview = None, None
    if request.method == "POST":
        form = CarryForm(request.POST)
        if form.is_valid():
            try:
                copy = form.save(account=cast(Account, request.user), campaign=campaign)
            except PersonError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The campaign stands in its new year. Look it over."))
                return redirect("programme:campaign_edit", slug=copy.slug)
    if year is not None:
        try:
            preview = carried(campaign, year=year)
        except (PersonError, ValueError) as error:
            chosen.is_bound and chosen.add_error("year", str(error))
        else:
            form = form or _carry_form(preview.campaign, year)
    context = {
        "campaign": campaign,
        "chosen": chosen,
        "form": form,
        "preview": preview,
        "regions": regions_change(campaign, year) if preview and year else None,
    }
    status = 422 if (form and form.errors) or chosen.errors else 200
    return render(request, "programme/campaign/carry.html", context, status=status)


def _carry_form(copy: Campaign, year: int) -> CarryForm:
    titles = {f"title_{code}": getattr(copy, f"title_{code}") for code in ("kk", "ru", "en")}
    return CarryForm(initial={"year": year, **titles})

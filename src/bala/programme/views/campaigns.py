"""The campaign in the console: texts, period, deadlines, status, another year."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bala.kernel.errors import EditConflict, Forbidden, PersonError
from bala.people.models import Account
from bala.programme.access.campaigns import (
    campaign_at_work,
    coordinated_campaign,
    organised_region,
    published_activity,
)
from bala.programme.access.concepts import worded_campaign, worded_piece
from bala.programme.actions.campaigns import (
    carried,
    set_campaign_status,
    unmark_not_applicable,
)
from bala.programme.enums import CampaignStatus
from bala.programme.forms.campaigns import (
    CampaignForm,
    CarryForm,
    NotApplicableForm,
    TextsForm,
    YearForm,
)
from bala.programme.models import Campaign
from bala.programme.queries.texts import piece_row, region_lines, regions_change, text_table
from bala.territory.queries.regions import in_order


@require_http_methods(["GET", "POST"])
def campaign_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Texts, period, deadlines and status of a campaign; those who do not coordinate it read."""
    reach = campaign_at_work(request.user, slug)
    campaign = reach.campaign
    if request.method == "POST" and not reach.is_coordinator:
        raise Forbidden(_("Only the campaign's coordinator may do this."))
    form = CampaignForm(request.POST or None, instance=campaign)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            form.write()
        except EditConflict as error:
            form, status = _campaign_again(request, slug, error), 409
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("programme:campaign_edit", slug=slug)
    context = {
        "campaign": coordinated_campaign(request.user, slug) if reach.is_coordinator else campaign,
        "form": form if reach.is_coordinator else None,
        "reach": reach,
        "conflict": status == 409,
        "documents": campaign.concepts.select_related("uploaded_by").order_by("-version"),
        "regions": in_order(campaign.regions.all()),
    }
    status = 422 if status == 200 and form.errors else status
    return render(request, "programme/campaign/edit.html", context, status=status)


def _campaign_again(request: HttpRequest, slug: str, error: EditConflict) -> CampaignForm:
    """Make the form again over the present state, keeping what was typed."""
    campaign = coordinated_campaign(request.user, slug)
    data = request.POST.copy()
    data["revision"] = str(campaign.revision)
    form = CampaignForm(data, instance=campaign)
    form.is_valid()
    form.add_error(None, str(error))
    return form


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
        "only_missing": only_missing,
    }
    return render(request, "programme/campaign/texts.html", context)


@require_http_methods(["GET", "POST"])
def campaign_text(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The texts of one block or activity; in place with htmx."""
    piece = worded_piece(request.user, slug, public_id)
    in_place = bool(getattr(request, "htmx", False))
    form = TextsForm(request.POST or None, piece=piece)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as error:
            piece = worded_piece(request.user, slug, public_id)
            data = request.POST.copy()
            for name, text in TextsForm(piece=piece).initial.items():
                if name.startswith("seen_"):
                    data[form.add_prefix(name)] = text
            form, status = TextsForm(data, piece=piece), 409
            form.is_valid()
            form.add_error(None, str(error))
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            if in_place:
                row = piece_row(worded_piece(request.user, slug, public_id))
                return render(
                    request,
                    "programme/campaign/_text.html",
                    {"row": row, "campaign": piece.campaign},
                )
            messages.success(request, _("Saved."))
            return redirect("programme:campaign_texts", slug=slug)
    context = {
        "campaign": piece.campaign,
        "piece": piece,
        "form": form,
        "conflict": status == 409,
        "row": piece_row(piece),
    }
    if in_place:
        part = "_text" if request.GET.get("shown") == "1" else "_text_form"
        return render(request, f"programme/campaign/{part}.html", context)
    status = 422 if status == 200 and form.errors else status
    return render(request, "programme/campaign/text.html", context, status=status)


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


@require_http_methods(["GET", "POST"])
def not_applicable(request: HttpRequest, slug: str, iso: str) -> HttpResponse:
    """Which activities a region does not hold, and why."""
    reach, region = organised_region(request.user, slug, iso)
    if request.method == "POST":
        activity = published_activity(reach.campaign, request.POST.get("activity", ""))
        form = NotApplicableForm(request.POST)
        try:
            if request.POST.get("undo") == "1":
                unmark_not_applicable(activity=activity, region=region)
            elif form.is_valid():
                form.save(account=cast(Account, request.user), activity=activity, region=region)
            else:
                messages.error(request, _("Say why the activity does not apply."))
        except PersonError as error:
            messages.error(request, str(error))
        return redirect("programme:not_applicable", slug=slug, iso=iso)
    context = {
        "campaign": reach.campaign,
        "region": region,
        "lines": region_lines(reach.campaign, region),
    }
    return render(request, "programme/campaign/not_applicable.html", context)

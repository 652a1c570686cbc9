"""The workplace of a host."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bala.concept.enums import Format
from bala.kernel import clock
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.keyset import page_of
from bala.kernel.public_ids import new_public_id
from bala.kernel.revisions import RowConflict
from bala.programme.access.campaigns import Reach
from bala.programme.access.hosting import hosted_item, hosted_organisation, organisations_of
from bala.programme.actions import hosting as actions
from bala.programme.forms.hosting import AdoptBlockForm, HostRowForm, ReasonForm
from bala.programme.models import Activity, PlanItem
from bala.programme.queries import hosting as queries
from bala.programme.queries.sanitary import limit_of, limits_of
from bala.programme.views.people import signed_in
from bala.programme.views.sheets import sheet
from bala.territory.models import Organisation


def hosting(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the organisation adopted, its dates, and what wants a result."""
    reach, house = hosted_organisation(request.user, slug, request.GET.get("organisation", ""))
    today = clock.today(house.region.zone)
    folder = request.GET.get("folder", "all")
    rows = queries.programme_of(reach.campaign, house, today, folder)
    if request.GET.get("as") in ("csv", "xlsx"):
        return _sheet(request.GET["as"], rows)
    page = page_of(rows, order=["starts_on", "pk"], cursor=request.GET.get("from", ""), size=50)
    counts = queries.folder_counts(reach.campaign, house, today)
    limits = limits_of(page.rows)
    context = {
        **_house(reach, house),
        "folder": folder,
        "counts": counts,
        "folders": [
            (
                f"{label} · {counts[name]}",
                f"?organisation={house.public_id}&folder={name}",
                name == folder,
            )
            for name, label in _folder_labels()
        ],
        "rows": [(row, limits.get(row.pk)) for row in page.rows],
        "today": today,
        "next_url": _page_url(house, folder, page.next_cursor),
        "previous_url": _page_url(house, folder, page.previous_cursor),
    }
    return render(request, "programme/hosting/hosting.html", context)


def hosting_print(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisation's programme as it is put on a door."""
    reach, house = hosted_organisation(request.user, slug, request.GET.get("organisation", ""))
    rows = queries.programme_of(reach.campaign, house, clock.today(house.region.zone))
    context = {**_house(reach, house), "rows": rows[:500]}
    return render(request, "programme/hosting/print.html", context)


def hosting_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the concept, to choose what to adopt."""
    reach, house = hosted_organisation(request.user, slug, request.GET.get("organisation", ""))
    blocks = queries.adoptable_blocks(reach.campaign, house)
    return render(
        request, "programme/hosting/adopt.html", {**_house(reach, house), "blocks": blocks}
    )


def hosting_adopt_activity(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Propose a row for an activity."""
    reach, house = hosted_organisation(request.user, slug, request.GET.get("organisation", ""))
    activity = queries.adoptable_activity(reach.campaign, public_id)
    if activity is None:
        raise NotHere(_("There is no such activity."))
    form = HostRowForm(request.POST or None, initial=_first_values(activity, house))
    if request.method == "POST" and form.is_valid():
        try:
            actions.adopt_activity(
                account=signed_in(request),
                organisation=house,
                activity=activity,
                key=form.cleaned_data["key"],
                values=form.values(),
            )
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Proposed. The organiser of the region decides."))
            return redirect(_home(reach, house))
    context = {**_house(reach, house), "activity": activity, "form": form}
    return render(request, "programme/hosting/row.html", context, status=_status(form))


def hosting_adopt_block(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a whole block into the programme."""
    reach, house = hosted_organisation(request.user, slug, request.GET.get("organisation", ""))
    block = queries.adoptable_block(reach.campaign, number)
    if block is None:
        raise NotHere(_("There is no such block."))
    start = max(reach.campaign.starts_on, min(clock.today(), reach.campaign.ends_on))
    form = AdoptBlockForm(
        request.POST or None,
        initial={"starts_on": start, "ends_on": reach.campaign.ends_on, "form": Format.ON_SITE},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.adopt_block(
                account=signed_in(request),
                organisation=house,
                block=block,
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
                form=Format(form.cleaned_data["form"]),
                expected_children=form.cleaned_data["expected_children"],
            )
        except PersonError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Activities proposed: %(number)s.") % {"number": len(made)})
            return redirect(_home(reach, house))
    context = {
        **_house(reach, house),
        "the_block": block,
        "activities": dict(queries.adoptable_blocks(reach.campaign, house))[block],
        "form": form,
    }
    return render(request, "programme/hosting/block.html", context, status=_status(form))


def hosting_row(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Edit a row of one's own until it is approved; afterwards show it."""
    reach, item = hosted_item(request.user, slug, public_id)
    values = {name: getattr(item, name) for name in actions.HOST_FIELDS}
    form = HostRowForm(
        request.POST or None,
        initial={**values, "key": item.public_id},
        revision=item.revision,
    )
    told = ""
    editable = item.status in actions.HOSTS_OWN
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_own_row(
                account=signed_in(request),
                item=item,
                revision=form.revision,
                values=form.values(),
                propose="propose" in request.POST,
            )
        except RowConflict as conflict:
            form.tell(conflict)
            item, told = conflict.theirs, str(conflict)
        except PersonError as error:
            form.add_error(None, str(error))
            if not editable:  # the organiser has taken it since: there is no form to say it in
                messages.error(request, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(_home(reach, item.organisation))
    context = {
        **_house(reach, item.organisation),
        "activity": item.activity,
        "item": item,
        "form": form if editable else None,
        "conflict": told,
        "limit": limit_of(item),
        "withdraw": ReasonForm(initial={"revision": item.revision}, prefix="withdraw"),
    }
    status = 409 if told else _status(form)
    return render(request, "programme/hosting/row.html", context, status=status)


@require_POST
def hosting_withdraw(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take back a proposal."""
    reach, item = hosted_item(request.user, slug, public_id)
    form = ReasonForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        messages.error(request, _("Write why you take it back."))
        return redirect("programme:hosting_row", slug=slug, public_id=public_id)
    actions.withdraw_own_row(account=signed_in(request), item=item, **form.cleaned_data)
    messages.success(request, _("Taken back."))
    return redirect(_home(reach, item.organisation))


def _house(reach: Reach, house: Organisation | None) -> dict[str, Any]:
    return {"at": reach.campaign, "house": house, "houses": list(organisations_of(reach))}


def _home(reach: Reach, house: Organisation | None) -> str:
    url = reverse("programme:hosting", kwargs={"slug": reach.campaign.slug})
    return f"{url}?organisation={house.public_id}" if house else url


def _page_url(house: Organisation, folder: str, cursor: str) -> str:
    return f"?organisation={house.public_id}&folder={folder}&from={cursor}" if cursor else ""


def _folder_labels() -> list[tuple[str, str]]:
    return [
        ("all", _("All")),
        ("wanting", _("Want a result")),
        ("waiting", _("Wait for the organiser")),
        ("returned", _("Sent back")),
        ("coming", _("Coming")),
        ("held", _("Held")),
    ]


def _first_values(activity: Activity, house: Organisation) -> dict[str, Any]:
    campaign = activity.campaign
    start = activity.starts_on or max(
        campaign.starts_on, min(clock.today(house.region.zone), campaign.ends_on)
    )
    return {
        "key": new_public_id(),
        "title_kk": activity.title_kk[:300],
        "title_ru": activity.title_ru[:300],
        "title_en": activity.title_en[:300],
        "starts_on": start,
        "ends_on": activity.ends_on or start,
        "format": activity.formats[0] if activity.formats else Format.ON_SITE,
        "place": str(house.name)[:300],
    }


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def _sheet(kind: str, rows: Any) -> HttpResponse:
    header = [
        _("Activity"),
        _("Title"),
        _("From"),
        _("To"),
        _("Format"),
        _("Place"),
        _("Children expected"),
        _("Adults expected"),
        _("Status"),
        _("Children who came"),
        _("Adults who came"),
    ]

    def cells(row: PlanItem) -> list[Any]:
        return [
            f"{row.activity.block.number}.{row.activity.number}",
            str(row.title or row.activity.title),
            row.starts_on,
            row.ends_on,
            row.get_format_display(),
            row.place,
            row.expected_children,
            row.expected_adults,
            row.get_status_display(),
            row.actual_children,
            row.actual_adults,
        ]

    return sheet("programme", kind, header, (cells(row) for row in rows.iterator(500)))

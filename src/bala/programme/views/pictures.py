"""Pictures of what was held: a family sends them, hosts send them, everybody sees what is approved."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bala.kernel import limits
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.keyset import page_of
from bala.kernel.public_pages import people_page
from bala.people.queries.consents import missing
from bala.programme.access.campaigns import (
    campaign_of_the_day,
    published_activity,
    published_campaign,
    writable_plan_item,
)
from bala.programme.access.pictures import (
    family_of,
    own_picture,
    pictured_event,
    public_picture,
)
from bala.programme.access.public import region_of_campaign
from bala.programme.actions.pictures import (
    PURPOSES,
    edit_picture,
    send_hosts_picture,
    send_picture,
)
from bala.programme.forms.pictures import FamilyPictureForm, HostPictureForm, PictureForm
from bala.programme.models import Campaign
from bala.programme.queries import pictures as queries
from bala.programme.queries.public import blocks_with_activities, regions_of
from bala.programme.views.public import crumbs_of

PAGE = 24
A_DAY = timedelta(days=1)
MOST_A_DAY = 100  # pictures that one account sends


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Show what the family sent, and where each picture stands."""
    account, children = family_of(request.user)
    page = page_of(
        queries.pictures_sent(account),
        order=["-made_at", "-pk"],
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {"page": page, "has_children": bool(children)}
    return render(request, "programme/pictures/sent.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Send a picture for one's children: of an activity, or of one event of it."""
    account, children = family_of(request.user)
    campaign = _campaign(request)
    blocks = blocks_with_activities(campaign)
    wanted = request.GET.get("activity", "")
    form = FamilyPictureForm(
        request.POST or None,
        request.FILES or None,
        account=account,
        children=children,
        activities=blocks,
        initial={"activity": wanted},
    )
    event, status = request.GET.get("event", ""), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                limits.hit(f"programme.picture:{account.pk}", limit=MOST_A_DAY, per=A_DAY)
                activity = form.activities[form.cleaned_data["activity"]]
                named = event if activity.public_id == wanted else ""
                picture = send_picture(
                    account=account,
                    key=form.cleaned_data["key"],
                    activity=activity,
                    item=pictured_event(campaign, activity, named) if named else None,
                    children=form.chosen_children,
                    caption=form.cleaned_data["caption"],
                    language=form.cleaned_data["language"],
                    file=form.file,
                )
            except PersonError as error:
                form.add_error("children" if error.status == 403 else None, str(error))
            else:
                return redirect("safeguarding:mine", public_id=picture.moderation.public_id)
    context = {
        "form": form,
        "campaign": campaign,
        "children": children,
        "lacking": [child for child in children if missing(child, PURPOSES)],
    }
    return render(request, "programme/pictures/add.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a picture; it goes back to the moderators."""
    picture = own_picture(request.user, public_id)
    account, _children = family_of(request.user)
    kind = HostPictureForm if picture.organisation_id else PictureForm
    form = kind(
        request.POST or None,
        request.FILES or None,
        account=account,
        picture=picture,
        initial={
            "caption": picture.caption,
            "language": picture.language,
            "shows_children": "yes" if picture.shows_children else "no",
            "on_paper": picture.moderation.consent_on_paper,
        },
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            hosts = "shows_children" in data
            try:
                edit_picture(
                    picture=picture,
                    by=account,
                    caption=data["caption"],
                    language=data["language"],
                    file=form.file,
                    shows_children=data["shows_children"] == "yes" if hosts else None,
                    on_paper=data["on_paper"] if hosts else None,
                )
            except PersonError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Saved. It is looked at again before it is public."))
                return redirect("safeguarding:mine", public_id=picture.moderation.public_id)
    context = {"form": form, "picture": picture}
    return render(request, "programme/pictures/edit.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def of_row(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send pictures of an event that one holds; show what was sent."""
    _reach, item = writable_plan_item(request.user, public_id)
    account, _children = family_of(request.user)
    captions = list(item.photo_captions.filter(picture__isnull=True).order_by("pk"))
    chosen = request.GET.get("caption", "")
    form = HostPictureForm(
        request.POST or None,
        request.FILES or None,
        account=account,
        captions=captions,
        initial={"captioned": chosen},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                limits.hit(f"programme.picture:{account.pk}", limit=MOST_A_DAY, per=A_DAY)
                send_hosts_picture(
                    account=account,
                    key=data["key"],
                    item=item,
                    caption=data["caption"],
                    language=data["language"],
                    file=form.file,
                    shows_children=data["shows_children"] == "yes",
                    on_paper=data["on_paper"],
                    captioned=form.chosen_caption,
                )
            except PersonError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Sent. A person looks at it before everybody sees it."))
                return redirect("programme:row_pictures", public_id=public_id)
    context = {
        "at": item.campaign,
        "item": item,
        "form": form,
        "captions": captions,
        "pictures": list(queries.pictures_of_row(item)[:60]),
        "own": account.pk,
    }
    return render(request, "programme/pictures/row.html", context, status=status)


@people_page
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all pictures of a campaign, of an activity or of a region of it."""
    campaign = published_campaign(slug)
    found = queries.public_pictures(campaign)
    activity_id, code = request.GET.get("activity", ""), request.GET.get("region", "")
    activity = published_activity(campaign, activity_id) if activity_id else None
    region = region_of_campaign(campaign, code) if code else None
    if activity is not None:
        found = found.filter(activity=activity)
    if region is not None:
        found = found.filter(region=region)
    page = page_of(
        found, order=list(queries.ORDER), cursor=request.GET.get("cursor", ""), size=PAGE
    )
    context = {
        "campaign": campaign,
        "activity": activity,
        "region": region,
        "regions": regions_of(campaign),
        "pictures": queries.shown_pictures(list(page.rows)),
        "next_url": _cursor(request, page.next_cursor),
        "previous_url": _cursor(request, page.previous_cursor),
        "crumbs": crumbs_of(campaign, (_("Pictures"), "")),
    }
    return render(request, "programme/public/pictures.html", context)


@people_page
def picture(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Show one picture, large, with what may be read of who sent it."""
    campaign = published_campaign(slug)
    found = public_picture(campaign, public_id)
    crumbs = crumbs_of(
        campaign,
        (_("Pictures"), reverse("programme:pictures", args=[slug])),
        (found.caption, ""),
    )
    context = {
        "campaign": campaign,
        "shown": queries.shown_pictures([found])[0],
        "crumbs": crumbs,
        "event": found.plan_item,
    }
    return render(request, "programme/public/picture.html", context)


def _campaign(request: HttpRequest) -> Campaign:
    """Return the campaign that the address names, else the one of the day; raise NotHere."""
    slug = request.GET.get("campaign", "")
    found = published_campaign(slug) if slug else campaign_of_the_day()
    if found is None:
        raise NotHere(_("There is no such campaign."))
    return found


def _cursor(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"

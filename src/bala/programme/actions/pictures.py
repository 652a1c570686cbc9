"""Sending pictures of what was held; the moderators look at each before anybody sees it."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bala.files.actions import delete
from bala.files.models import StoredFile
from bala.kernel.errors import Forbidden, PersonError
from bala.people.access import taking_part
from bala.people.enums import ConsentPurpose, Role
from bala.people.models import Account, Child
from bala.programme.access.campaigns import reach_of
from bala.programme.enums import CampaignStatus
from bala.programme.models import Activity, Campaign, PhotoCaption, Picture, PlanItem
from bala.safeguarding import actions as safeguarding
from bala.safeguarding.enums import ItemState
from bala.safeguarding.models import ModerationItem

KIND: Final = "programme.picture"
# What is consented to for every child who can be seen or who made the picture.
PURPOSES: Final = (ConsentPurpose.TAKE_PART, ConsentPurpose.PHOTO, ConsentPurpose.PUBLICATION)


class PicturesClosed(PersonError):
    """The campaign takes no pictures: it is being prepared, or closed."""


class NoChildNamed(PersonError):
    """A family's picture without the child whose it is."""


class PaperMissing(PersonError):
    """Children can be seen, and nobody said that consents lie on paper."""


@transaction.atomic
def send_picture(
    *,
    account: Account,
    key: str,
    activity: Activity,
    children: Sequence[Child],
    caption: str,
    language: str,
    file: StoredFile,
    item: PlanItem | None = None,
) -> Picture:
    """Send in a picture for one's children, who can be seen on it or made it; return the picture.

    `children` are all who can be seen, the first is named with it by first name, age band and
    region. Each needs the consents of PURPOSES. `key` is a fresh public id: the same one sent again
    makes nothing new. Raises PicturesClosed, NoChildNamed, people's ConsentMissing, NotYours.
    """
    if not children:
        raise NoChildNamed(_("Say which of your children it is of."))
    for child in children:
        taking_part(child, *PURPOSES)
    first, *others = children
    return _send(
        account,
        key,
        {
            "campaign": activity.campaign,
            "activity": activity,
            "region": item.region if item is not None else first.region,
            "plan_item": item,
            "file": file,
            "caption": caption,
            "language": language,
            "shows_children": True,
        },
        {"child": first, "others": others, "purposes": PURPOSES},
    )


@transaction.atomic
def send_hosts_picture(
    *,
    account: Account,
    key: str,
    item: PlanItem,
    caption: str,
    language: str,
    file: StoredFile,
    shows_children: bool,
    on_paper: bool,
    captioned: PhotoCaption | None = None,
) -> Picture:
    """Send in a picture of an event that one holds or organises; return the picture.

    `on_paper` is the sender's word that all who can be seen, or their legal representatives,
    consented on paper. `captioned` is the caption from the result that it belongs to. Raises
    Forbidden, PicturesClosed, PaperMissing. The same `key` sent again makes nothing new.
    """
    if not reach_of(account, item.campaign).roles_on(item) & {Role.ORGANISER, Role.HOST}:
        raise Forbidden(_("You may not send pictures of this event."))
    _check_paper(shows_children, on_paper)
    picture = _send(
        account,
        key,
        {
            "campaign": item.campaign,
            "activity": item.activity,
            "region": item.region,
            "plan_item": item,
            "file": file,
            "caption": caption,
            "language": language,
            "shows_children": shows_children,
            "organisation": item.organisation,
        },
        {"consent_on_paper": on_paper},
    )
    if captioned is not None:
        own = item.photo_captions.filter(pk=captioned.pk, picture__isnull=True)
        own.update(picture=picture)
    return picture


@transaction.atomic
def edit_picture(
    *,
    picture: Picture,
    by: Account,
    caption: str,
    language: str,
    file: StoredFile | None = None,
    shows_children: bool | None = None,
    on_paper: bool | None = None,
) -> Picture:
    """Change a picture; it leaves the public's sight at once and is looked at again.

    A new `file` takes the place of the old one, which is deleted. Who can be seen on a family's
    picture cannot be changed: it is withdrawn and sent anew. Raises NotYours, ConsentMissing,
    PaperMissing.
    """
    held = Picture.objects.select_for_update(of=("self",)).get(pk=picture.pk)
    if held.organisation_id is not None:
        children = held.shows_children if shows_children is None else shows_children
        paper = held.moderation.consent_on_paper if on_paper is None else on_paper
        _check_paper(children, paper)
        held.shows_children, on_paper = children, paper
    old = held.file
    held.caption, held.language, held.file = caption, language, file or old
    held.moderation = safeguarding.resubmit(
        item=held.moderation,
        by=by,
        title=caption,
        text=caption,
        files=[held.file],
        language=language,
        consent_on_paper=on_paper,
    )
    held.shown_at = None
    held.save()
    if file is not None and file.pk != old.pk:
        delete(file=old)
    return held


def follow(item: ModerationItem) -> None:
    """Write with each decision since when a picture is public; called by the moderation."""
    approved = item.state == ItemState.APPROVED
    Picture.objects.filter(moderation=item).update(shown_at=item.decided_at if approved else None)


def edit_url(item: ModerationItem) -> str:
    """Return the path under which its author changes a picture; called by the moderation."""
    picture = Picture.objects.filter(moderation=item).first()
    return reverse("programme:picture_edit", args=[picture.public_id]) if picture else ""


def _send(account: Account, key: str, fields: dict[str, Any], moderated: dict[str, Any]) -> Picture:
    known = Picture.objects.filter(public_id=key).first()
    if known is not None:
        return _mine(known, account)
    campaign: Campaign = fields["campaign"]
    if Picture.objects.filter(file=fields["file"]).exists():
        raise PersonError(_("This file stands for another picture. Choose it again."))
    if campaign.status != CampaignStatus.PUBLISHED:
        raise PicturesClosed(_("This campaign takes no pictures now."))
    try:
        with transaction.atomic():
            item = safeguarding.submit(
                author=account,
                kind=KIND,
                address=reverse("programme:picture", args=[campaign.slug, key]),
                campaign_slug=campaign.slug,
                language=fields["language"],
                title=fields["caption"],
                text=fields["caption"],
                files=[fields["file"]],
                region=fields["region"],
                **moderated,
            )
            return Picture.objects.create(public_id=key, made_by=account, moderation=item, **fields)
    except IntegrityError:  # the same form, sent twice at one moment
        return _mine(Picture.objects.get(public_id=key), account)


def _mine(known: Picture, account: Account) -> Picture:
    if known.made_by_id != account.pk:
        raise Forbidden(_("You may not send pictures of this event."))
    return known


def _check_paper(shows_children: bool, on_paper: bool) -> None:
    if shows_children and not on_paper:
        raise PaperMissing(
            _("Children can be seen: each needs the consent of a legal representative.")
        )

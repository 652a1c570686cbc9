"""Pictures of what was held: what the public sees, and what somebody sent."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from bala.files.models import Rendition
from bala.kernel import clock
from bala.people.models import Account, Child
from bala.people.queries.families import PublicAuthor, public_author
from bala.programme.models import Activity, Campaign, Picture, PlanItem
from bala.safeguarding.enums import ItemState
from bala.safeguarding.queries import own_items, public
from bala.territory.models import Region

ORDER = ("-shown_at", "-pk")


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as the public sees it: all that may be read of the child who sent it is `author`."""

    picture: Picture
    author: PublicAuthor | None  # None: an organisation sent it

    @property
    def from_whom(self) -> str:
        """Whom it is from, in the language of the page."""
        if self.author is not None:
            return f"{self.author.name}, {self.author.age_band}"
        return str(self.picture.organisation.name) if self.picture.organisation else ""


def public_pictures(campaign: Campaign) -> QuerySet[Picture]:
    """Return the pictures of a campaign that the public may see now, the latest first.

    Whoever sent a file can delete it on the page of its own files: then it is gone from here too.
    """
    there = Picture.objects.filter(file__released_at__isnull=False)
    return _dressed(
        there.filter(public("moderation"), campaign=campaign, shown_at__isnull=False)
    ).order_by(*ORDER)


def gallery(
    campaign: Campaign,
    *,
    activity: Activity | None = None,
    region: Region | None = None,
    item: PlanItem | None = None,
    size: int = 8,
) -> list[ShownPicture]:
    """Return the latest public pictures of an activity, a region or an event; at most three queries.

    The first asks whether anything was approved at all: the whole condition with its consents
    costs Django more to put together than all else on such a page.
    """
    given = {"activity": activity, "region": region, "plan_item": item}
    narrow = {name: value for name, value in given.items() if value is not None}
    approved = Picture.objects.filter(
        campaign=campaign, shown_at__isnull=False, moderation__state=ItemState.APPROVED, **narrow
    )
    if not approved.exists():
        return []
    return shown_pictures(public_pictures(campaign).filter(**narrow)[:size])


def shown_pictures(pictures: QuerySet[Picture] | list[Picture]) -> list[ShownPicture]:
    """Return pictures with what may be read of who sent them."""
    today = clock.today()
    return [ShownPicture(one, _author(one.moderation.child, today)) for one in pictures]


def pictures_sent(account: Account) -> QuerySet[Picture]:
    """Return what a person, or the own family, sent in, the latest first."""
    mine = own_items(account).order_by().values("pk")
    return _dressed(Picture.objects.filter(moderation__in=mine)).order_by("-made_at", "-pk")


def pictures_of_row(item: PlanItem) -> QuerySet[Picture]:
    """Return all pictures of an event, whatever state they are in, the latest first."""
    return _dressed(Picture.objects.filter(plan_item=item)).order_by("-made_at", "-pk")


def _dressed(pictures: QuerySet[Picture]) -> QuerySet[Picture]:
    return pictures.select_related(
        "file", "moderation__child", "region", "organisation", "activity__block", "campaign"
    ).prefetch_related(Prefetch("file__renditions", Rendition.objects.order_by("name")))


def _author(child: Child | None, day: date) -> PublicAuthor | None:
    return public_author(child, day) if child is not None else None

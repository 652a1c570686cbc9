"""What is kept on people after the last campaign is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bala.files.actions import delete
from bala.kernel import clock
from bala.people.actions.erasure import close_account, erase_child
from bala.people.models import Account, Child, Guardianship, RoleGrant
from bala.programme.enums import CampaignStatus
from bala.programme.models import Campaign, Picture
from bala.safeguarding.actions.items import close, locked_item
from bala.safeguarding.enums import ItemState


def pictures_due(before: datetime) -> int:
    """Count pictures of campaigns that ended before the moment."""
    return _pictures(before).count()


def end_pictures(before: datetime) -> int:
    """Delete their files and captions; that there was one, where and when, stays."""
    return sum(_end_picture(picture) for picture in _pictures(before).order_by("pk"))


def families_due(before: datetime) -> int:
    """Count children whom no campaign concerns since the moment, and whose family is silent."""
    return _children(before).count()


def end_families(before: datetime) -> int:
    """Erase them, and guardians who represent nobody any more; region and year of birth stay."""
    done = 0
    for child in _children(before).order_by("pk"):
        with transaction.atomic():
            erase_child(child=child, by=None)
        done += 1
    for account in _guardians_of_nobody(before).order_by("pk"):
        close_account(account=account)
    return done


def _pictures(before: datetime) -> QuerySet[Picture]:
    day = before.astimezone(clock.NATIONAL_ZONE).date()
    return Picture.objects.filter(campaign__ends_on__lt=day).exclude(caption="")


@transaction.atomic
def _end_picture(picture: Picture) -> bool:
    item = locked_item(picture.moderation)
    if item.state != ItemState.WITHDRAWN:
        item = close(item, ItemState.WITHDRAWN)
    item.title = item.text = ""
    item.findings = []
    item.save(update_fields=["title", "text", "findings"])
    delete(file=picture.file)
    Picture.objects.filter(pk=picture.pk).update(caption="", shown_at=None, made_by=None)
    return True


def _over(before: datetime) -> bool:
    """Whether every campaign that was published ended before the moment, and there was one."""
    published = Campaign.objects.exclude(status=CampaignStatus.DRAFT)
    day = before.astimezone(clock.NATIONAL_ZONE).date()
    return published.exists() and not published.filter(ends_on__gte=day).exists()


def _children(before: datetime) -> QuerySet[Child]:
    if not _over(before):
        return Child.objects.none()
    awake = Guardianship.objects.filter(
        child=OuterRef("pk"), ended_at__isnull=True, account__last_login__gte=before
    )
    return Child.objects.filter(~Exists(awake), erased_at__isnull=True, added_at__lt=before)


def _guardians_of_nobody(before: datetime) -> QuerySet[Account]:
    if not _over(before):
        return Account.objects.none()
    represents = Guardianship.objects.filter(account=OuterRef("pk"), ended_at__isnull=True)
    represented = Guardianship.objects.filter(account=OuterRef("pk"))
    works = RoleGrant.objects.filter(account=OuterRef("pk"))
    silent = Q(last_login__lt=before) | Q(last_login__isnull=True)
    return Account.objects.filter(
        silent,
        Exists(represented),
        ~Exists(represents),
        ~Exists(works),
        erased_at__isnull=True,
        is_staff=False,
    )

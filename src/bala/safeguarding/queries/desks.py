"""Who looks at what: the people behind a desk."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from bala.people.enums import Role
from bala.people.models import Account, RoleGrant
from bala.safeguarding.models import ModerationItem


def moderators_of(item: ModerationItem) -> QuerySet[Account]:
    """Return moderators and coordinators whose desk the item comes to; its author is not told."""
    here = Q(campaign_slug__in=("", item.campaign_slug))
    region = Q(region__isnull=True) | Q(region_id=item.region_id)
    grants = RoleGrant.objects.filter(here & region, taken_at__isnull=True).filter(
        role__in=(Role.MODERATOR, Role.COORDINATOR)
    )
    found = Account.objects.filter(is_active=True, pk__in=grants.values("account_id"))
    return found.exclude(pk=item.author_id or 0).order_by("pk")


def coordinators_of(campaign_slug: str) -> QuerySet[Account]:
    """Return the coordinators of a campaign."""
    grants = RoleGrant.objects.filter(
        role=Role.COORDINATOR, taken_at__isnull=True, campaign_slug__in=("", campaign_slug)
    )
    return Account.objects.filter(is_active=True, pk__in=grants.values("account_id")).order_by("pk")


def escalation_after() -> timedelta:
    """How long a thing may wait before the coordinators are told."""
    return timedelta(hours=settings.BALA_MODERATION_HOURS)

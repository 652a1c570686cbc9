"""Who answers for a region in a campaign."""

from collections.abc import Iterable

from django.db.models import QuerySet

from bala.people.enums import Role
from bala.people.models import Account, RoleGrant
from bala.programme.models import Campaign
from bala.territory.models import Region


def responsible_of(campaign: Campaign, regions: Iterable[Region]) -> dict[int, list[Account]]:
    """Return the persons responsible for each region, by the region's id; two queries.

    These are the organisers of the whole region; without any, those of its districts; without any,
    the campaign's coordinators.
    """
    of_region: dict[int, list[Account]] = {}
    of_districts: dict[int, list[Account]] = {}
    ids = [region.pk for region in regions]
    for grant in _grants(campaign, Role.ORGANISER).filter(region__in=ids):
        if grant.region_id is not None:
            held = of_region if grant.district_id is None else of_districts
            _add(held.setdefault(grant.region_id, []), grant.account)
    coordinators: list[Account] = []
    for grant in _grants(campaign, Role.COORDINATOR):
        _add(coordinators, grant.account)
    return {pk: of_region.get(pk) or of_districts.get(pk) or list(coordinators) for pk in ids}


def _grants(campaign: Campaign, role: Role) -> QuerySet[RoleGrant]:
    return (
        RoleGrant.objects.filter(
            role=role,
            campaign_slug__in=["", campaign.slug],
            taken_at__isnull=True,
            account__is_active=True,
        )
        .select_related("account")
        .order_by("account__full_name", "account_id", "pk")
    )


def _add(people: list[Account], account: Account) -> None:
    if account not in people:
        people.append(account)

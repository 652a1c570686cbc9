"""Who may adopt, propose, decide and report."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import Role
from bala.programme.access.campaigns import (
    Person,
    Reach,
    campaign_at_work,
    writable_plan_item,
)
from bala.programme.enums import PlanStatus
from bala.programme.models import PlanItem
from bala.territory.models import Organisation


def hosted_organisation(
    account: Person, slug: str, public_id: str = ""
) -> tuple[Reach, Organisation]:
    """Return the reach of a host and the organisation at work; the first of several, if not named.

    Raises Forbidden to whoever hosts for none, NotHere for an organisation of others.
    """
    reach = campaign_at_work(account, slug)
    if not reach.organisation_ids:
        raise Forbidden(_("This is the workplace of hosts: you host for no organisation here."))
    own = organisations_of(reach)
    organisation = (own.filter(public_id=public_id) if public_id else own).first()
    if organisation is None:
        raise NotHere(_("You do not host for this organisation."))
    return reach, organisation


def organisations_of(reach: Reach) -> QuerySet[Organisation]:
    """Return the organisations that a person hosts for."""
    return (
        Organisation.objects.filter(pk__in=reach.organisation_ids)
        .select_related("region", "district")
        .order_by("sort_key", "pk")
    )


def hosted_item(account: Person, slug: str, public_id: str) -> tuple[Reach, PlanItem]:
    """Return a row of one's own organisation, or raise."""
    reach = campaign_at_work(account, slug)
    item = _items().filter(campaign=reach.campaign, public_id=public_id).first()
    if item is None:
        raise NotHere(_("There is no such row of a plan."))
    if Role.HOST not in reach.roles_on(item):
        raise Forbidden(_("This row belongs to another region or organisation."))
    return reach, item


def proposals_to_decide(account: Person, slug: str) -> tuple[Reach, QuerySet[PlanItem]]:
    """Return the proposals of hosts that wait for the person's decision, or raise Forbidden."""
    reach = campaign_at_work(account, slug)
    if not (reach.is_coordinator or reach.organiser):
        raise Forbidden(_("Proposals are decided by the organisers of the regions."))
    rows = _items().filter(reach.plan_items(), status=PlanStatus.PROPOSED)
    return reach, rows


def decided_item(account: Person, public_id: str) -> tuple[Reach, PlanItem]:
    """Return a row on which the person decides as an organiser, or raise."""
    reach, item = writable_plan_item(account, public_id)
    if Role.ORGANISER not in reach.roles_on(item):
        raise Forbidden(_("Proposals are decided by the organisers of the regions."))
    return reach, item


def _items() -> QuerySet[PlanItem]:
    return PlanItem.objects.select_related(
        "campaign", "activity__block", "region", "district", "organisation__region"
    )

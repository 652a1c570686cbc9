"""Who may ask for, approve and take lists of those affected by a breach."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import Role
from bala.people.models import Account, BreachList
from bala.people.queries import rights_of
from bala.people.queries.breaches import lists_of


def breach_lists(
    account: Account | AnonymousUser, campaign_slug: str
) -> tuple[Account, QuerySet[BreachList]]:
    """Return a coordinator and the lists of the campaign, or raise Forbidden."""
    if isinstance(account, Account) and rights_of(account).has(Role.COORDINATOR, campaign_slug):
        return account, lists_of(campaign_slug)
    raise Forbidden(_("Lists of those affected are for the campaign's coordinators."))


def breach_list(
    account: Account | AnonymousUser, campaign_slug: str, public_id: str
) -> tuple[Account, BreachList]:
    """Return a coordinator and one list of the campaign, or raise Forbidden or NotHere."""
    coordinator, found = breach_lists(account, campaign_slug)
    asked = found.filter(public_id=public_id).first()
    if asked is None:
        raise NotHere(_("There is no such list."))
    return coordinator, asked

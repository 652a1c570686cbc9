"""Who may act for a child."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import NotHere
from bala.people.models import Account, Child
from bala.people.queries.families import children_of


def guarded_child(account: Account | AnonymousUser, public_id: str) -> Child:
    """Return a child whom the person represents, or raise NotHere: others do not learn of it."""
    if isinstance(account, Account):
        child = (
            children_of(account)
            .select_related("region", "district", "school", "account")
            .filter(public_id=public_id)
            .first()
        )
        if child is not None:
            return child
    raise NotHere(_("There is no such child in your family."))


def own_child(account: Account | AnonymousUser) -> Child | None:
    """Return the child who signs in with this account; None for everybody else."""
    if not isinstance(account, Account):
        return None
    return Child.objects.select_related("region").filter(account=account).first()

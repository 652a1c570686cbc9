"""What an account is for, and whether its address is known to be its owner's."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from bala.people.models import Account, Child
from bala.people.queries.rights import rights_of


def has_confirmed_address(account: Account) -> bool:
    """Whether the owner of the account opened a letter that was sent to its e-mail; one query."""
    return bool(EmailAddress.objects.filter(user=account, verified=True).exists())


def is_child(account: Account | AnonymousUser) -> bool:
    """Whether a child signs in with this account; one query for each account object."""
    if not isinstance(account, Account):
        return False
    known = account.__dict__.get("_is_child")
    if known is None:
        known = account.__dict__["_is_child"] = Child.objects.filter(account=account).exists()
    return bool(known)


def home_of(account: Account) -> str:
    """Return the name of the address where somebody's own pages begin."""
    if rights_of(account):
        return "pages:console"
    if is_child(account):
        return "people:child_home"
    return "people:family"

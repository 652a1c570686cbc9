"""What an account is for, and whether its address is known to be its owner's."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from bala.people.enums import GuardianshipKind
from bala.people.models import Account, Child, Guardianship
from bala.people.queries.rights import rights_of

# The e-mail of a child's account leads nowhere; whoever has come of age gives a real one.
NOWHERE = "@child.invalid"


def has_confirmed_address(account: Account) -> bool:
    """Whether the owner of the account opened a letter that was sent to its e-mail; one query."""
    return bool(EmailAddress.objects.filter(user=account, verified=True).exists())


def is_child(account: Account | AnonymousUser) -> bool:
    """Whether a child signs in with this account; one query for each account object.

    Whoever has come of age represents oneself and is none any more.
    """
    if not isinstance(account, Account):
        return False
    known = account.__dict__.get("_is_child")
    if known is None:
        grown = Guardianship.objects.filter(
            account=account, child=OuterRef("pk"), kind=GuardianshipKind.SELF, ended_at=None
        )
        known = account.__dict__["_is_child"] = (
            Child.objects.filter(account=account).exclude(Exists(grown)).exists()
        )
    return bool(known)


def home_of(account: Account) -> str:
    """Return the name of the address where somebody's own pages begin."""
    if rights_of(account):
        return "pages:console"
    if is_child(account):
        return "people:child_home"
    return "people:family"

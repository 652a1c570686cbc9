"""Taking names away and leaving numbers: what is no longer wanted of a child is gone for good."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.people.actions.consents import lock_child, withdraw_all
from bala.people.enums import WithdrawalMethod
from bala.people.models import Account, Child, Guardianship
from bala.people.queries.personal_data import SOURCES, Subject


class OthersRepresent(PersonError):
    """Another guardian represents the child too."""


@transaction.atomic
def remove_child(*, guardian: Account, child: Child) -> None:
    """Take a child out of the family: names and needs go at once, every consent ends.

    Raises OthersRepresent while somebody else represents the child: then one leaves instead.
    """
    locked = lock_child(child)
    others = Guardianship.objects.filter(child=locked, ended_at__isnull=True).exclude(
        account=guardian
    )
    if others.exists():
        raise OthersRepresent(
            _("Somebody else represents this child too. You can leave, the child stays.")
        )
    erase_child(child=locked, by=guardian)


@transaction.atomic
def erase_child(*, child: Child, by: Account | None) -> None:
    """Take all that names a child out of every room; region and year of birth stay for counts.

    Consents stay as proof: they name nobody now. The child's own sign-in goes too. All or nothing.
    Raises NotHere for a child that is erased already.
    """
    withdraw_all(child=child, method=WithdrawalMethod.ERASURE, by=by)
    _erase_in_rooms(child)
    if child.account is not None:
        close_account(account=child.account)
    moment = clock.now()
    Guardianship.objects.filter(child=child, ended_at__isnull=True).update(ended_at=moment)
    Child.objects.filter(pk=child.pk).update(
        given_name="",
        family_name="",
        pseudonym="",
        needs="",
        born_on=child.born_on.replace(month=1, day=1),
        district=None,
        school=None,
        account=None,
        erased_at=moment,
        revision=F("revision") + 1,
    )
    # What the columns held before stands in the history that the database keeps.
    child.events.all().delete()  # type: ignore[attr-defined] # made by pghistory


@transaction.atomic
def close_account(*, account: Account) -> None:
    """Take all that names the owner out of an account in every room, and let nobody sign in by it.

    Its row stays, nameless, for what points to it: consents above all. Can be repeated. Sessions end
    at once, since the password that they were opened with is gone.
    """
    _erase_in_rooms(account)
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    account.email = f"{account.public_id}@erased.invalid"
    account.full_name = ""
    account.is_active = account.is_staff = account.is_superuser = False
    account.erased_at = account.erased_at or clock.now()
    account.last_login = None
    account.set_unusable_password()
    account.save()


def _erase_in_rooms(subject: Subject) -> None:
    """The highest room first: what stands on others goes before them."""
    for source in reversed(SOURCES.values()):
        if source.erase is not None:
            source.erase(subject)

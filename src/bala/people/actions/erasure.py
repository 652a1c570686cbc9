"""Taking names away and leaving numbers: what is no longer wanted of a child is gone for good."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.people.actions.consents import lock_child, withdraw_all
from bala.people.enums import WithdrawalMethod
from bala.people.models import Account, Child, Guardianship


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
    """Take all that names a child out of the room's rows; region and year of birth stay for counts.

    Consents stay as proof: they name nobody now. Can be repeated.
    """
    withdraw_all(child=child, method=WithdrawalMethod.ERASURE, by=by)
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

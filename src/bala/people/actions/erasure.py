"""Taking names away and leaving numbers: what is no longer wanted of a child is gone for good."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.people.actions.consents import lock_child, withdraw_all, withdraw_of_guardianship
from bala.people.actions.letters import tell
from bala.people.enums import WithdrawalMethod
from bala.people.models import (
    Account,
    ActivityRecord,
    Child,
    ErasureRequest,
    GuardianInvitation,
    Guardianship,
    SignInCard,
    TakeOut,
)
from bala.people.queries.families import family_of
from bala.people.queries.personal_data import SOURCES, Subject
from bala.people.queries.rights import rights_of
from bala.people.queries.take_out import open_erasure


class HoldsRights(PersonError):
    """Whoever asks to be erased still works in the campaign."""


class OthersRepresent(PersonError):
    """Another guardian represents the child too."""


@transaction.atomic
def remove_child(*, guardian: Account, child: Child) -> None:
    """Take a child out of the family: names and needs go at once, every consent ends.

    Raises OthersRepresent while somebody else represents the child: then one leaves instead.
    """
    locked = lock_child(child)
    if _others(locked, guardian).exists():
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
    GuardianInvitation.objects.filter(child=child).update(email="")
    SignInCard.objects.filter(child=child).delete()
    ActivityRecord.objects.filter(child=child).delete()
    # What the columns held before stands in the history that the database keeps.
    child.events.all().delete()  # type: ignore[attr-defined] # made by pghistory


@transaction.atomic
def end_guardianship(*, guardianship: Guardianship, by: Account | None) -> None:
    """End that somebody represents a child; what that one agreed to for the child ends with it.

    The other guardians read which consents ended and can consent anew. Without any guardian the
    child takes part in nothing. Can be repeated.
    """
    child = lock_child(guardianship.child)
    moment = clock.now()
    ended = Guardianship.objects.filter(pk=guardianship.pk, ended_at__isnull=True).update(
        ended_at=moment
    )
    if ended:
        withdraw_of_guardianship(child=child, guardianship=guardianship, by=by)


@transaction.atomic
def ask_erasure(*, account: Account) -> ErasureRequest:
    """Ask to erase the family; done in BALA_ERASURE_DAYS days unless called off. Can be repeated.

    All consents for children whom nobody else represents end at once, so that nothing of them is
    shown any more. Raises HoldsRights for whoever works in the campaign.
    """
    locked = Account.objects.select_for_update().get(pk=account.pk)
    known = open_erasure(locked)
    if known is not None:
        return known
    if rights_of(locked):
        raise HoldsRights(
            _(
                "You hold a role in the campaign. Ask the coordinator to take it from you first: what "
                "was decided under your name must have an end."
            )
        )
    request = ErasureRequest.objects.create(
        account=locked, due_at=clock.now() + timedelta(days=settings.BALA_ERASURE_DAYS)
    )
    for child in family_of(locked):
        if not _others(child, locked).exists():
            withdraw_all(child=child, method=WithdrawalMethod.ERASURE, by=locked)
    tell(
        locked,
        "people.erasure_asked",
        key=request.public_id,
        due_on=request.due_at.astimezone(clock.NATIONAL_ZONE).date().isoformat(),
    )
    return request


@transaction.atomic
def cancel_erasure(*, account: Account) -> bool:
    """Call the erasure off; return whether one was under way. Consents that ended stay ended."""
    return bool(
        ErasureRequest.objects.filter(
            account=account, cancelled_at__isnull=True, done_at__isnull=True
        ).update(cancelled_at=clock.now())
    )


def due_erasures() -> list[int]:
    """Return the row ids of the requests whose day has come."""
    return list(
        ErasureRequest.objects.filter(
            due_at__lte=clock.now(), cancelled_at__isnull=True, done_at__isnull=True
        )
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def erase_family(*, request_id: int) -> tuple[str, str] | None:
    """Erase what a request asks for, all in one transaction; can be repeated.

    A child with another guardian stays with that one. Returns the address and language of whoever
    asked, for one last letter; None when it was called off or done.
    """
    request = (
        ErasureRequest.objects.select_for_update(of=["self"])
        .select_related("account")
        .filter(pk=request_id, cancelled_at__isnull=True, done_at__isnull=True)
        .first()
    )
    if request is None:
        return None
    account = request.account
    address, language = account.email, account.language
    for child in family_of(account).select_related("account"):
        lock_child(child)
        if _others(child, account).exists():
            leave(guardian=account, child=child)
        else:
            erase_child(child=child, by=account)
    TakeOut.objects.filter(account=account).delete()
    close_account(account=account)
    request.done_at = clock.now()
    request.save(update_fields=["done_at"])
    return address, language


@transaction.atomic
def leave(*, guardian: Account, child: Child) -> None:
    """Let a guardian no longer represent a child; the others read it in a letter. Can be repeated."""
    locked = lock_child(child)
    own = Guardianship.objects.filter(child=locked, account=guardian, ended_at__isnull=True)
    for guardianship in own.select_related("child").order_by("pk"):
        end_guardianship(guardianship=guardianship, by=guardian)
        for other in _others(locked, guardian).select_related("account"):
            if other.account is not None:
                tell(
                    other.account,
                    "people.guardian_left",
                    key=f"{guardianship.public_id}:{other.account_id}",
                    child_id=locked.public_id,
                    child=locked.given_name,
                )


def _others(child: Child, account: Account) -> QuerySet[Guardianship]:
    return (
        Guardianship.objects.filter(child=child, ended_at__isnull=True)
        .exclude(account=account)
        .order_by("pk")
    )


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
    account.sign_in_name = None
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


def forsaken_children() -> list[int]:
    """Return the row ids of children whom nobody has represented for BALA_FORSAKEN_DAYS days."""
    old = clock.now() - timedelta(days=settings.BALA_FORSAKEN_DAYS)
    return list(
        Child.objects.filter(erased_at__isnull=True)
        .exclude(Exists(Guardianship.objects.filter(child=OuterRef("pk"), ended_at__isnull=True)))
        .exclude(Exists(Guardianship.objects.filter(child=OuterRef("pk"), ended_at__gt=old)))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def erase_forsaken(*, child_id: int) -> None:
    """Erase a child whom nobody represents, unless somebody does again."""
    child = Child.objects.select_related("account").get(pk=child_id)
    if not Guardianship.objects.filter(child=lock_child(child), ended_at__isnull=True).exists():
        erase_child(child=child, by=None)

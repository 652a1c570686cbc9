"""Who may act for a child."""

from django.contrib.auth.models import AnonymousUser
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import ConsentPurpose, TakeOutState
from bala.people.models import Account, Child, Consent, TakeOut
from bala.people.queries.accounts import is_child
from bala.people.queries.consents import missing
from bala.people.queries.families import children_of


class ConsentMissing(Forbidden):
    """The child's legal representative has not consented to this; `purposes` says to what."""

    def __init__(self, purposes: list[ConsentPurpose]) -> None:
        self.purposes = purposes
        super().__init__(
            format_lazy(
                "{before} {purposes}.",
                before=_("A parent or guardian has to consent first:"),
                purposes=", ".join(str(purpose.label) for purpose in purposes),
            )
        )


def taking_part(child: Child, *purposes: ConsentPurpose, about: str = "") -> Child:
    """Return the child if it may take part, and use `purposes` of consent too; or raise.

    Every room calls this before a child does anything, and once more where it is written. Raises
    NotHere for an erased child, ConsentMissing without a consent in force (standards, children
    first, rules 1 and 2). `about` names the exact use, where it has a consent of its own.
    """
    if child.erased_at is not None:
        raise NotHere(_("There is no such child in your family."))
    lacking = missing(child, dict.fromkeys([ConsentPurpose.TAKE_PART, *purposes]), about)
    if lacking:
        raise ConsentMissing(lacking)
    return child


def grown_up(account: Account | AnonymousUser) -> Account:
    """Return the account of somebody who may have a family here; raise Forbidden for a child's own."""
    if not isinstance(account, Account) or is_child(account):
        raise Forbidden(_("This page is for parents and guardians. Ask yours to open it."))
    return account


def own_consent(account: Account | AnonymousUser, child: Child, public_id: str) -> Consent:
    """Return a consent of a child whom the person represents; raise NotHere."""
    found = (
        Consent.objects.filter(child=guarded_child(account, child.public_id), public_id=public_id)
        .select_related("notice", "given_by", "withdrawal")
        .first()
    )
    if found is None:
        raise NotHere(_("There is no such consent."))
    return found


def own_take_out(account: Account | AnonymousUser, public_id: str) -> TakeOut:
    """Return a take-out of the person's own family that is ready, or raise NotHere."""
    found = None
    if isinstance(account, Account):
        found = TakeOut.objects.filter(
            account=account, public_id=public_id, state=TakeOutState.READY
        ).first()
    if found is None:
        raise NotHere(_("This file is not there any more. Ask for a new one."))
    return found


def signed_in_child(account: Account | AnonymousUser) -> Child:
    """Return the child who has signed in and may take part, or raise Forbidden for anybody else."""
    child = own_child(account)
    if child is None:
        raise Forbidden(_("This page is for children who sign in by their own name."))
    return taking_part(child)


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

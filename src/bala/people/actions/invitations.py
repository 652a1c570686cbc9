"""Second guardians: invited by letter, accepted by whoever has the link, once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock, queue
from bala.kernel.errors import Forbidden, NotHere, PersonError
from bala.people.actions.children import NotYetConfirmed
from bala.people.actions.consents import lock_child
from bala.people.actions.letters import tell
from bala.people.enums import GuardianshipKind
from bala.people.models import Account, Child, GuardianInvitation, Guardianship
from bala.people.queries.accounts import has_confirmed_address, is_child
from bala.people.queries.invitations import is_open, open_invitations, represents

MOST_OPEN = 3  # invitations for one child that wait at the same time


class InvitationOver(PersonError):
    """The link was used, called off, or is too old."""


class TooManyOpen(PersonError):
    """Several invitations wait already."""


@transaction.atomic
def invite_guardian(
    *, guardian: Account, child: Child, email: str, language: str
) -> GuardianInvitation:
    """Ask whoever has the address, by letter, to represent the child too.

    The same address that waits already is not written to again. Raises NotHere for whoever does not
    represent the child as oneself, and TooManyOpen.
    """
    locked = lock_child(child)
    if not represents(guardian, locked):
        raise NotHere(_("There is no such child in your family."))
    waiting = list(open_invitations(locked))
    for known in waiting:
        if known.email.lower() == email.lower():
            return known
    if len(waiting) >= MOST_OPEN:
        raise TooManyOpen(_("Three invitations wait for an answer. Call one of them off first."))
    made = GuardianInvitation.objects.create(
        child=locked,
        email=email,
        language=language,
        invited_by=guardian,
        expires_at=clock.now() + timedelta(days=settings.BALA_INVITATION_DAYS),
    )
    queue.defer("people.send_guardian_invitation", invitation_id=made.pk)
    return made


@transaction.atomic
def cancel_invitation(*, child: Child, public_id: str) -> None:
    """Call an invitation off; whoever represents the child may. Can be repeated."""
    lock_child(child)
    GuardianInvitation.objects.filter(
        child=child, public_id=public_id, accepted_at__isnull=True, cancelled_at__isnull=True
    ).update(cancelled_at=clock.now(), email="")


@transaction.atomic
def accept_invitation(
    *, account: Account, invitation: GuardianInvitation, kind: GuardianshipKind
) -> Child:
    """Let the person represent the child; every other guardian reads it in a letter.

    Raises InvitationOver (also for the second of two who use the link), Forbidden for a child's
    account, NotYetConfirmed.
    """
    if is_child(account):
        raise Forbidden(_("This page is for parents and guardians. Ask yours to open it."))
    if not has_confirmed_address(account):
        raise NotYetConfirmed(_("First confirm your e-mail: open the link in our letter."))
    child = lock_child(invitation.child)
    fresh = GuardianInvitation.objects.select_related("child", "invited_by").get(pk=invitation.pk)
    if fresh.accepted_by_id == account.pk and represents(account, child):
        return child  # pressed twice
    if not is_open(fresh):
        raise InvitationOver(_("This invitation is over. Ask for a new one."))
    if not represents(account, child):
        others = list(
            Guardianship.objects.filter(child=child, ended_at__isnull=True, account__isnull=False)
            .select_related("account")
            .order_by("pk")
        )
        Guardianship.objects.create(child=child, account=account, kind=kind)
        for other in others:
            assert other.account is not None  # noqa: S101
            tell(
                other.account,
                "people.guardian_joined",
                key=f"{fresh.public_id}:{other.account_id}",
                child_id=child.public_id,
                child=child.given_name,
                who=account.full_name,
            )
    fresh.accepted_at, fresh.accepted_by, fresh.email = clock.now(), account, ""
    fresh.save(update_fields=["accepted_at", "accepted_by", "email"])
    return child


def forget_addresses() -> int:
    """Forget where invitations went that are too old; return how many."""
    return (
        GuardianInvitation.objects.filter(expires_at__lte=clock.now(), accepted_at__isnull=True)
        .exclude(email="")
        .update(email="")
    )

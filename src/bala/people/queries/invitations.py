"""Invitations to represent a child too."""

from typing import Final

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import NotHere
from bala.people.models import Account, Child, GuardianInvitation

_SALT: Final = "bala.people.invitations"


def invitation_token(invitation: GuardianInvitation) -> str:
    """Return what stands in the link of the letter; the row says when it is over."""
    return Signer(salt=_SALT).sign(invitation.public_id)


def invitation_of_token(token: str) -> GuardianInvitation:
    """Return the invitation that a letter's link names; raise NotHere for any other text."""
    try:
        public_id = Signer(salt=_SALT).unsign(token)
    except BadSignature as error:
        raise NotHere(_("This link is not whole. Copy all of it from the letter.")) from error
    found = (
        GuardianInvitation.objects.select_related("child", "invited_by")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotHere(_("This link is not whole. Copy all of it from the letter."))
    return found


def is_open(invitation: GuardianInvitation) -> bool:
    """Whether it can be accepted now: neither used nor called off, not too old, and whoever invited
    still represents the child."""
    return (
        invitation.accepted_at is None
        and invitation.cancelled_at is None
        and invitation.expires_at > clock.now()
        and invitation.child.erased_at is None
        and invitation.child.guardianships.filter(
            account=invitation.invited_by, ended_at__isnull=True
        ).exists()
    )


def open_invitations(child: Child) -> QuerySet[GuardianInvitation]:
    """Return the invitations for the child that wait for an answer."""
    return GuardianInvitation.objects.filter(
        child=child,
        accepted_at__isnull=True,
        cancelled_at__isnull=True,
        expires_at__gt=clock.now(),
    ).order_by("invited_at", "pk")


def represents(account: Account, child: Child) -> bool:
    """Whether the person represents the child as oneself."""
    return child.guardianships.filter(account=account, ended_at__isnull=True).exists()

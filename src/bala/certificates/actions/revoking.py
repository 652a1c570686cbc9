"""Taking back what should not have been issued."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.certificates.actions.letters import tell_of_revocation
from bala.certificates.models import Certificate
from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.keeping import take_back_all
from bala.people.models import Account


class AlreadyRevoked(PersonError):
    """It was revoked before."""

    status = 409


class ReasonNamesSomebody(PersonError):
    """The reason is public, the name is not."""


class ReasonMissing(PersonError):
    """Whoever holds the sheet is told why it no longer holds."""


@transaction.atomic
def revoke(*, by: Account | None, certificate: Certificate, reason: str) -> Certificate:
    """Let a certificate hold no more, from the moment in which this is confirmed.

    The page of verification and the list of revoked credentials say so at once. Raises ReasonMissing,
    and AlreadyRevoked where somebody was quicker: a revocation stays as it was written.
    """
    why = " ".join(reason.split())
    if not why:
        raise ReasonMissing(_("Write the reason: whoever checks the certificate reads it."))
    locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    names = {word.casefold() for word in locked.name.replace("-", " ").split() if len(word) > 2}
    if names & {word.strip('.,;:!?«»()"').casefold() for word in why.replace("-", " ").split()}:
        raise ReasonNamesSomebody(
            _("Leave the name out of the reason: everybody who checks the certificate reads it.")
        )
    if locked.revoked_at is not None:
        raise AlreadyRevoked(_("This certificate is revoked already."))
    locked.revoked_at, locked.revoked_by, locked.revoked_why = clock.now(), by, why[:300]
    locked.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    take_back_all()
    tell_of_revocation(locked)
    return locked

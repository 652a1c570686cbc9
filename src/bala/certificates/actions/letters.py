"""What is told to those who were given a certificate."""

from collections.abc import Iterable

from django.utils import translation

from bala.certificates.enums import Kind
from bala.certificates.models import Certificate
from bala.kernel.translated import LANGUAGES
from bala.notify.actions import tell
from bala.notify.queries.recipients import guardians_of
from bala.people.models import Account


def tell_of_issue(certificates: Iterable[Certificate]) -> None:
    """Tell families and people that something was issued to them; plain names are told nothing."""
    for one in certificates:
        _tell(one, "certificates.issued")


def tell_of_revocation(certificate: Certificate) -> None:
    """Tell the family or the person that it no longer holds, and why."""
    _tell(certificate, "certificates.revoked")


def _tell(certificate: Certificate, kind: str) -> None:
    for account in _readers(certificate):
        tell(
            account=account,
            kind=kind,
            key=f"{kind}:{certificate.public_id}",
            context={
                "kind": {code: _kind(certificate, code) for code in LANGUAGES},
                "number": certificate.shown_number,
                "child": certificate.child.given_name if certificate.child else "",
                "child_id": certificate.child.public_id if certificate.child else "",
                "occasion": {code: getattr(certificate, f"occasion_{code}") for code in LANGUAGES},
                "reason": certificate.revoked_why,
            },
            about=certificate.campaign_slug,
        )


def _readers(certificate: Certificate) -> list[Account]:
    if certificate.child is not None:
        return guardians_of(certificate.child)
    return [certificate.account] if certificate.account is not None else []


def _kind(certificate: Certificate, language: str) -> str:
    with translation.override(language):
        return str(Kind(certificate.design.kind).label)

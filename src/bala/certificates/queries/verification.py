"""What everybody may read of a certificate by its code."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bala.certificates.enums import Naming
from bala.certificates.models import Certificate
from bala.kernel.public_ids import ALPHABET, LENGTH
from bala.people.enums import ConsentPurpose
from bala.people.queries.consents import missing
from bala.people.queries.families import public_author
from bala.territory.models import Region

#: A school whose whole hall scans from one address is well within; guessing is not.
CHECKS: Final = 600  # an hour, from one address
MISSES: Final = 30  # of them codes that nobody was given


@dataclass(frozen=True, slots=True)
class PublicRecipient:
    """Who a certificate is for, as the public reads it; an empty name says nothing at all."""

    name: str = ""
    age_band: str = ""
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """A certificate as the public reads it."""

    certificate: Certificate
    recipient: PublicRecipient

    @property
    def is_valid(self) -> bool:
        """Whether it stands."""
        return self.certificate.revoked_at is None

    @property
    def issued_on(self) -> date:
        """The day it carries."""
        return self.certificate.issued_on


def as_code(typed: str) -> str:
    """Return the code that somebody typed or read out, as it is kept; "" where it cannot be one.

    Blanks, hyphens and capitals do not matter; an address with the code in it is understood.
    """
    text = typed.strip().rstrip("/").rpartition("/")[2]
    code = "".join(c for c in text.lower() if c.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def verified(code: str) -> Verified | None:
    """Return the certificate of a code, or None; three queries at most."""
    certificate = (
        Certificate.objects.select_related(
            "design", "series", "child", "child__region", "organisation", "region"
        )
        .filter(public_id=code)
        .first()
    )
    return Verified(certificate, public_recipient(certificate)) if certificate else None


def public_recipient(certificate: Certificate) -> PublicRecipient:
    """Return what the public may read of the recipient (docs: children first, rule 5).

    Of a child the first name or pseudonym, age band and region, while the family consents to
    publication; never the printed name, which holds a surname.
    """
    child = certificate.child
    if certificate.naming == Naming.CHILD and child is not None:
        if child.erased_at or missing(child, [ConsentPurpose.PUBLICATION]):
            return PublicRecipient()
        author = public_author(child, certificate.issued_on)
        return PublicRecipient(author.name, author.age_band, child.region)
    if certificate.naming == Naming.NAME:
        return PublicRecipient(certificate.name)
    return PublicRecipient()

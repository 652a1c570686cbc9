"""What the room keeps on a child or an account, as rows for a take-out (docs/adr/0030)."""

from collections.abc import Iterator

from bala.certificates.models import Certificate
from bala.people.models import Account
from bala.people.queries.personal_data import Row, Subject


def certificates_of(subject: Subject) -> Iterator[Row]:
    """Return the certificates that were issued to the child or the account."""
    found = Certificate.objects.filter(
        **{"account" if isinstance(subject, Account) else "child": subject}
    )
    for one in found.select_related("design", "series").order_by("issued_at", "pk"):
        yield {
            "number": one.shown_number,
            "code": one.public_id,
            "kind": str(one.design.get_kind_display()),
            "name": one.name,
            "detail": one.detail,
            "what_for": str(one.occasion),
            "issued_on": one.issued_on,
            "revoked_at": one.revoked_at,
            "reason": one.revoked_why,
        }

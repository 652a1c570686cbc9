"""Lists of certificates and designs."""

from django.db.models import Q, QuerySet

from bala.certificates.models import Certificate
from bala.people.models import Account, Child
from bala.people.queries.families import children_of

#: Newest first, for pages by key.
NEWEST = ("-issued_at", "-pk")


def with_all(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Let certificates come with what their sheet and their line in a list need."""
    return certificates.select_related(
        "design", "series", "child", "child__region", "account", "organisation", "region"
    )


def certificates_of_family(account: Account) -> QuerySet[Certificate]:
    """Return what was issued to a person, to the children whom the person represents, and to the
    child who signs in with the account."""
    return Certificate.objects.filter(
        Q(account=account)
        | Q(child__in=children_of(account).order_by().values("pk"))
        | Q(child__account=account)
    )


def certificates_of_child(child: Child) -> QuerySet[Certificate]:
    """Return what was issued to a child."""
    return Certificate.objects.filter(child=child)


def matching(
    certificates: QuerySet[Certificate],
    *,
    text: str = "",
    kind: str = "",
    state: str = "",
    occasion_key: str = "",
) -> QuerySet[Certificate]:
    """Narrow certificates: `text` is a part of a name or a number (D-2021-000017, or 17), `state`
    "valid" or "revoked"."""
    found = certificates
    text = text.strip()
    if text:
        digits = text.rpartition("-")[2]
        words = Q(name__icontains=text)
        if digits.isascii() and digits.isdigit() and len(digits) < 10:
            words |= Q(number=int(digits))
        found = found.filter(words)
    if kind:
        found = found.filter(design__kind=kind)
    if state:
        found = found.filter(revoked_at__isnull=state == "valid")
    if occasion_key:
        found = found.filter(occasion_key=occasion_key)
    return found

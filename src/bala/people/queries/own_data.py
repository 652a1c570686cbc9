"""What this room keeps on a child or an account, as rows for a take-out."""

from collections.abc import Iterator

from bala.people.models import (
    Account,
    ActivityRecord,
    Child,
    ChildSeen,
    Consent,
    Guardianship,
)
from bala.people.queries.activities import words_of_activity
from bala.people.queries.personal_data import Row, Subject


def persons(subject: Subject) -> Iterator[Row]:
    """Return the data of the child, or of the account, itself."""
    if isinstance(subject, Account):
        yield {
            "name": subject.full_name,
            "email": "" if subject.sign_in_name else subject.email,
            "sign_in_name": subject.sign_in_name or "",
            "language": str(subject.get_language_display()),
            "since": subject.joined_at,
            "signed_in_at": subject.last_login,
        }
        return
    yield {
        "name": subject.given_name,
        "surname": subject.family_name,
        "shown_as": subject.pseudonym,
        "born_on": subject.born_on,
        "region": str(subject.region),
        "district": str(subject.district or ""),
        "school": str(subject.school or ""),
        "language": str(subject.get_language_display()),
        "needs": subject.needs,
        "sign_in_name": (subject.account.sign_in_name or "") if subject.account else "",
        "since": subject.added_at,
    }


def guardianships(subject: Subject) -> Iterator[Row]:
    """Return who represents, or represented, the child; for an account, whom it represents."""
    if isinstance(subject, Account):
        found = Guardianship.objects.filter(account=subject, child__erased_at__isnull=True)
    else:
        found = Guardianship.objects.filter(child=subject)
    for one in found.select_related("child", "account", "organisation").order_by("began_at", "pk"):
        yield {
            "child": one.child.given_name,
            "who": str(one.account or one.organisation),
            "kind": str(one.get_kind_display()),
            "began_at": one.began_at,
            "ended_at": one.ended_at,
        }


def consents(subject: Subject) -> Iterator[Row]:
    """Return every consent for the child and its end. For an account: none, they are the child's."""
    if isinstance(subject, Account):
        return
    found = Consent.objects.filter(child=subject).select_related("given_by", "notice", "withdrawal")
    for consent in found.order_by("given_at", "pk"):
        end = getattr(consent, "withdrawal", None)
        yield {
            "number": consent.public_id,
            "purpose": str(consent.get_purpose_display()),
            "version": consent.notice.version,
            "language": str(consent.get_language_display()),
            "method": str(consent.get_method_display()),
            "basis": consent.basis,
            "given_by": str(consent.given_by),
            "given_at": consent.given_at,
            "withdrawn_at": end.withdrawn_at if end else None,
            "how": str(end.get_method_display()) if end else "",
        }


def looks(subject: Subject) -> Iterator[Row]:
    """Return who outside of the family saw the child's data."""
    if isinstance(subject, Child):
        found = ChildSeen.objects.filter(child=subject).select_related("seen_by")
        for row in found.order_by("seen_at", "pk"):
            yield {
                "who": str(row.seen_by),
                "why": str(row.get_why_display()),
                "seen_at": row.seen_at,
            }


def activities(subject: Subject) -> Iterator[Row]:
    """Return what the child did."""
    if isinstance(subject, Child):
        for record in ActivityRecord.objects.filter(child=subject).order_by("happened_at", "pk"):
            yield {
                "what": str(words_of_activity(record.kind)),
                "title": str(record.shown_title),
                "by_child": record.by_child,
                "happened_at": record.happened_at,
            }


def rights(subject: Subject) -> Iterator[Row]:
    """Return the rights that the account holds or held."""
    if isinstance(subject, Account):
        for grant in subject.grants.select_related("region", "organisation").order_by("pk"):
            yield {
                "role": str(grant.get_role_display()),
                "where": str(grant.organisation or grant.region or ""),
                "reason": grant.reason,
                "given_at": grant.given_at,
                "taken_at": grant.taken_at,
            }

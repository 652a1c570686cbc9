"""What the room keeps on a child or an account."""

from collections.abc import Iterator

from bala.people.models import Account
from bala.people.queries.personal_data import Row, Subject
from bala.safeguarding.models import ModerationItem


def contributions_of(subject: Subject) -> Iterator[Row]:
    """Return what was sent in for or by the child; for an account, what else it sent in."""
    if isinstance(subject, Account):
        found = ModerationItem.objects.filter(author=subject, child__isnull=True)
    else:
        found = ModerationItem.objects.filter(child=subject)
    for item in found.order_by("submitted_at", "pk"):
        yield {
            "number": item.public_id,
            "kind": item.kind_label,
            "title": item.title,
            "text": item.text,
            "state": str(item.get_state_display()),
            "sent_at": item.submitted_at,
            "decided_at": item.decided_at,
        }

"""How long this room keeps the record of who saw a child's data."""

from datetime import datetime

from bala.people.models import ChildSeen


def looks_due(before: datetime) -> int:
    """Count looks that were noted before the moment."""
    return ChildSeen.objects.filter(seen_at__lt=before).count()


def end_looks(before: datetime) -> int:
    """Delete them; return how many."""
    return int(ChildSeen.objects.filter(seen_at__lt=before).delete()[0])

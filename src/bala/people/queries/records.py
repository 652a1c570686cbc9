"""What a guardian may read about who saw a child's data and what the child did."""

from django.db.models import QuerySet

from bala.people.models import Child, ChildSeen


def seen_of(child: Child) -> QuerySet[ChildSeen]:
    """Return who saw the child's personal data, latest first, with the person."""
    return (
        ChildSeen.objects.filter(child=child).select_related("seen_by").order_by("-seen_at", "-pk")
    )

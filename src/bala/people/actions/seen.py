"""The record of who saw a child's personal data (standards, children first, rule 11)."""

from collections.abc import Iterable

from django.db import transaction

from bala.kernel import clock
from bala.people.enums import SeenWhy
from bala.people.models import Account, Child, ChildSeen
from bala.people.queries.families import guardianships_of


def note_seen(*, by: Account, child: Child, why: SeenWhy, about: str = "") -> bool:
    """Write down that `by` saw personal data of the child; return whether that was needed.

    The family's own looks are not noted. `about` names the object through which it was seen
    ("contests.entry:ID"). Call it wherever staff are shown more than the public may read.
    """
    return note_all_seen(by=by, children=[child], why=why, about=about) == 1


@transaction.atomic
def note_all_seen(*, by: Account, children: Iterable[Child], why: SeenWhy, about: str = "") -> int:
    """Write down the same for every child of a list; return how many were noted. Two queries."""
    shown = {child.pk: child for child in children}
    if not shown:
        return 0
    own = set(
        guardianships_of(by)
        .filter(account=by, child__in=shown)
        .order_by()
        .values_list("child_id", flat=True)
    )
    moment = clock.now()
    made = [
        ChildSeen(child=child, seen_by=by, why=SeenWhy(why), about=about, seen_at=moment)
        for pk, child in shown.items()
        if pk not in own and child.account_id != by.pk
    ]
    ChildSeen.objects.bulk_create(made)
    return len(made)

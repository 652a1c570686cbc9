"""The record of what a child does, for its guardian (standards, children first, rule 3)."""

from collections.abc import Mapping

from bala.people.models import Account, ActivityRecord, Child
from bala.people.queries.activities import WORDS


def record_activity(
    *,
    child: Child,
    by: Account | None,
    kind: str,
    title: Mapping[str, str] | None = None,
    path: str = "",
    key: str = "",
) -> bool:
    """Write down, in the caller's transaction, that a child did something; return whether it is new.

    `kind` is one that the room registered with `register_activity`; `title` says of what, in the
    three languages ({"kk", "ru", "en"}); `path` is its page without the language ("/events/x/"). With
    a `key` the same thing is written once. `by` is who did it: the child itself or a guardian.
    Raises LookupError for a kind that nobody registered.
    """
    if kind not in WORDS:
        raise LookupError(f"{kind} is not registered")
    row = ActivityRecord(
        child=child,
        kind=kind,
        title=dict(title or {}),
        path=path,
        by_child=by is not None and by.pk == child.account_id,
        key=key,
    )
    ActivityRecord.objects.bulk_create([row], ignore_conflicts=bool(key))
    return (
        not key
        or ActivityRecord.objects.filter(
            child=child, kind=kind, key=key, happened_at=row.happened_at
        ).exists()
    )

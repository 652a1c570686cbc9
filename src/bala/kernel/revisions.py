"""Two people at the same row: what both changed is shown to the second, all else is kept.

A row counts its changes in `revision`; its history (pghistory's update events, which keep the row as
it was) knows what each of them saw. Whoever writes says which revision was on the screen.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import EditConflict

Version = Callable[[Any, int], Any | None]


class RowConflict(EditConflict):
    """Somebody else changed the same fields; `theirs` is the row as it stands now."""

    def __init__(self, theirs: Any, fields: Sequence[str], mine: Mapping[str, Any]) -> None:
        self.theirs = theirs
        self.fields = tuple(fields)
        self.mine = dict(mine)
        super().__init__(_("Somebody else has changed the same. Choose which text stays."))


def version_of(row: Any, revision: int) -> Any | None:
    """Return a row as it was at a revision that has ended, or None; one query."""
    kind = row._meta  # noqa: SLF001 - public in Django in all but its name
    events: Any = apps.get_model(kind.app_label, f"{kind.object_name}Event")
    found = events.objects.filter(pgh_obj_id=row.pk, revision=revision)
    return found.order_by("-pgh_id").first()


def changes(
    row: Any, *, revision: int, values: Mapping[str, Any], version: Version = version_of
) -> dict[str, Any]:
    """Return those of `values` that are to be put onto a row, which the caller has locked.

    `revision` is the one that the person saw. Left out is what stands already and what the person
    left as it was seen, so that others' changes of other fields are kept. A field that both changed
    raises RowConflict, unless both wrote the same.
    """
    fresh = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not fresh or row.revision == revision:
        return fresh
    seen = version(row, revision)
    if seen is not None:
        fresh = {name: value for name, value in fresh.items() if getattr(seen, name) != value}
    clash = [n for n in fresh if seen is None or getattr(seen, n) != getattr(row, n)]
    if clash:
        raise RowConflict(row, clash, fresh)
    return fresh


def write_over(
    row: Any, *, revision: int, values: Mapping[str, Any], version: Version = version_of
) -> dict[str, Any]:
    """Put onto a locked row what `changes` leaves of the values, count its revision; return it.

    The row is not saved: whoever calls checks it first. Nothing left: nothing to save.
    """
    fresh = changes(row, revision=revision, values=values, version=version)
    for name, value in fresh.items():
        setattr(row, name, value)
    if fresh:
        row.revision += 1
    return fresh

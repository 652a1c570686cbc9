"""Writing a row of a list that several people keep."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

from bala.kernel.revisions import write_over

Row = TypeVar("Row", bound=Model)


def row_with(kind: type[Row], row: Row | None, values: Mapping[str, Any], revision: int) -> Row:
    """Return a new row with the values, or the one that stands, locked, with them put onto it.

    `revision` is that of the row which the person saw. The row is not saved. Raises RowConflict.
    """
    if row is None:
        return kind(**values)
    locked = kind._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001 - public in Django in all but its name
    write_over(locked, revision=revision, values=values)
    return locked

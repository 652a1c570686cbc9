"""Many rows of a plan at once."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import Field

from bala.kernel import clock
from bala.kernel.public_ids import new_public_id
from bala.programme.models import PlanItem


def copy_in(common: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows of a plan by COPY, which takes a tenth of the time of INSERT.

    `common` holds what all rows share, each of `rows` what it sets itself: values of PlanItem by
    field or column. What is named by neither is the model's default. The database's triggers and
    constraints see each row.
    """
    fields: list[Field[Any, Any]] = [
        one
        for one in PlanItem._meta.concrete_fields  # noqa: SLF001 - Django's own way to ask
        if not one.primary_key and not getattr(one, "generated", False)
    ]
    columns = [str(one.column) for one in fields]
    usual = {
        str(one.column): one.get_db_prep_save(getattr(PlanItem(), one.attname), connection)
        for one in fields
    }
    now = clock.now()
    usual |= {"created_at": now, "updated_at": now, **common}
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY programme_planitem ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            values = usual | {_COLUMNS[name]: _bare(value) for name, value in row.items()}
            values["public_id"] = new_public_id()
            copy.write_row([values[column] for column in columns])


_COLUMNS = {
    name: str(one.column)
    for one in PlanItem._meta.concrete_fields  # noqa: SLF001 - as above
    for name in (one.name, one.attname)
}


def _bare(value: Any) -> Any:
    """A value as the database takes it: the key of an object, the value of a choice."""
    if isinstance(value, Enum):
        return value.value
    return getattr(value, "pk", value)

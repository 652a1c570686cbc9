"""Keeping the tallies of coverage."""

from django.db import connection, transaction

from bala.programme.models.tally import (
    OUTCOME_KEY,
    OUTCOME_SUMS,
    PLAN_KEY,
    PLAN_SUMS,
    SPAN_KEY,
    SPAN_SUMS,
    insert_sql,
    outcome_rows_sql,
    plan_rows_sql,
    span_rows_sql,
    summed_sql,
)

_TALLIES = (
    ("programme_plantally", plan_rows_sql("programme_planitem"), PLAN_KEY, PLAN_SUMS),
    ("programme_spantally", span_rows_sql("programme_planitem"), SPAN_KEY, SPAN_SUMS),
    ("programme_outcometally", outcome_rows_sql("programme_outcome"), OUTCOME_KEY, OUTCOME_SUMS),
)
_LOCK = 0x62616C61  # one folding at a time; taken until the transaction ends


def check_tallies() -> list[str]:
    """Prove that the tallies are the sums of the rows; return the names of those that are not."""
    wrong = []
    with connection.cursor() as cursor:
        for table, rows, key, sums in _TALLIES:
            of_rows = summed_sql(rows, key, sums)
            of_tally = summed_sql(f"SELECT * FROM {table}", key, sums)  # noqa: S608 - our own names
            cursor.execute(
                f"SELECT EXISTS (({of_rows}) EXCEPT ({of_tally}))"
                f" OR EXISTS (({of_tally}) EXCEPT ({of_rows}))"
            )
            if cursor.fetchone()[0]:
                wrong.append(table)
    return wrong


@transaction.atomic
def rebuild_tallies() -> None:
    """Build the tallies anew from the rows: after a load that bypassed the triggers, or a restore.

    Whoever writes rows meanwhile waits; whoever reads coverage waits too.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE programme_planitem, programme_outcome IN SHARE MODE")
        for table, rows, key, sums in _TALLIES:
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute(insert_sql(table, rows, key, sums))


@transaction.atomic
def fold_tallies() -> int:
    """Add up what the triggers appended; return how many rows went. Blocks neither reader nor writer.

    Sums read before, during and after are the same.
    """
    gone = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        for table, _rows, key, sums in _TALLIES:
            added = ", ".join(f"sum({name})" for name in sums)
            something = " OR ".join(f"sum({name}) <> 0" for name in sums)
            cursor.execute(
                f"WITH doubled AS (SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1),"  # noqa: S608 - our own names
                f" gone AS (DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM doubled)"
                f" RETURNING {key}, {', '.join(sums)}),"
                f" kept AS (INSERT INTO {table} ({key}, {', '.join(sums)})"
                f" SELECT {key}, {added} FROM gone GROUP BY {key} HAVING {something} RETURNING 1)"
                " SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM kept)"
            )
            gone += int(cursor.fetchone()[0])
    return gone

"""Sums of the spine, kept by the database in the transaction that changes a row (docs/adr/0006).

Coverage over 500,000 rows must answer at once, so it reads these sums. They are kept by appending
what a statement changed and never by rewriting a sum: no two people wait for the same row, nothing
can deadlock, and an import of a whole region blocks nobody. `actions.coverage.fold_tallies` adds
up what was appended; `check_tallies` proves that the sums are those of the rows.
"""

from typing import Final

import pgtrigger
from django.db import models

from bala.programme.enums import OPEN_STATUSES, PUBLIC_STATUSES, PlanStatus
from bala.programme.models.campaign import Activity, Campaign
from bala.territory.models import Region


class _Tally(models.Model):
    """Whose sum it is. Without constraints: the triggers copy keys that were checked already."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, db_constraint=False, related_name="%(class)s_rows"
    )
    activity = models.ForeignKey(
        Activity, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    region = models.ForeignKey(
        Region, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )

    class Meta:
        abstract = True


class PlanTally(_Tally):
    """How many rows of a plan stand so and end on this day; add up the rows of a key."""

    status = models.CharField(max_length=10, choices=PlanStatus)
    ends_on = models.DateField()
    nobody_came = models.BooleanField(default=False)  # held, with no child and no adult
    items = models.IntegerField()  # may be negative: what was taken away
    expected_children = models.BigIntegerField()
    expected_adults = models.BigIntegerField()

    class Meta:
        verbose_name = "tally of plans"
        verbose_name_plural = "tallies of plans"
        indexes = [
            # What is still open, by its day: few sums, which tell what is late.
            models.Index(
                "campaign",
                "ends_on",
                name="plan_tally_open",
                condition=models.Q(status__in=OPEN_STATUSES),
                include=("activity", "region", "items"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.ends_on}: {self.items}"


class OutcomeTally(_Tally):
    """What the outcomes in force of a day add up to; add up the rows of a key."""

    happened_on = models.DateField()
    events = models.DecimalField(max_digits=18, decimal_places=2)
    children = models.DecimalField(max_digits=18, decimal_places=2)
    adults = models.DecimalField(max_digits=18, decimal_places=2)
    media = models.DecimalField(max_digits=18, decimal_places=2)
    money = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        verbose_name = "tally of outcomes"
        verbose_name_plural = "tallies of outcomes"

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.children}"


class SpanTally(models.Model):
    """How many public rows of a region run over these days; add up the rows of a key.

    A row on single days stands once for each of them, from that day to that day.
    """

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, db_constraint=False, related_name="%(class)s_rows"
    )
    region = models.ForeignKey(
        Region, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    items = models.IntegerField()  # may be negative: what was taken away

    class Meta:
        verbose_name = "tally of days"
        verbose_name_plural = "tallies of days"

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on}: {self.items}"


PLAN_KEY: Final = "campaign_id, activity_id, region_id, status, ends_on, nobody_came"
PLAN_SUMS: Final = ("items", "expected_children", "expected_adults")
SPAN_KEY: Final = "campaign_id, region_id, starts_on, ends_on"
SPAN_SUMS: Final = ("items",)
OUTCOME_KEY: Final = "campaign_id, activity_id, region_id, happened_on"
OUTCOME_SUMS: Final = ("events", "children", "adults", "media", "money")


def plan_rows_sql(table: str, sign: str = "") -> str:
    """Return the SELECT that turns rows of plans into rows of the tally, added (or, "-", taken)."""
    return (
        "SELECT campaign_id, activity_id, region_id, status, ends_on,"  # noqa: S608 - our own names
        " coalesce(status = 'held' AND actual_children = 0 AND actual_adults = 0, false)"
        f" AS nobody_came, {sign}1 AS items, {sign}expected_children::bigint AS expected_children,"
        f" {sign}expected_adults::bigint AS expected_adults FROM {table}"
    )


def span_rows_sql(table: str, sign: str = "") -> str:
    """Return the SELECT that turns public rows of plans into rows of the tally of days."""
    public = ", ".join(f"'{status}'" for status in PUBLIC_STATUSES)
    where = f"FROM {table} WHERE status IN ({public})"
    return (
        f"SELECT campaign_id, region_id, starts_on, ends_on, {sign}1 AS items {where}"  # noqa: S608 - our own names
        " AND cardinality(days) = 0 UNION ALL"
        f" SELECT campaign_id, region_id, day AS starts_on, day AS ends_on, {sign}1 AS items FROM"
        f" (SELECT id, campaign_id, region_id, unnest(days) AS day {where}) AS single"
        " GROUP BY id, campaign_id, region_id, day"  # a day that is named twice counts once
    )


def outcome_rows_sql(table: str, sign: str = "") -> str:
    """Return the SELECT that turns outcomes in force into rows of the tally."""
    columns = ", ".join(
        f"CASE WHEN metric = '{name}' THEN {sign}value ELSE 0 END AS {name}"
        for name in OUTCOME_SUMS
    )
    return (
        f"SELECT campaign_id, activity_id, region_id, happened_on, {columns}"  # noqa: S608 - as above
        f" FROM {table} WHERE superseded_at IS NULL AND metric <> 'items'"
    )


def summed_sql(rows: str, key: str, sums: tuple[str, ...]) -> str:
    """Return the SELECT that adds up rows by their key and leaves out what adds up to nothing."""
    added = ", ".join(f"sum({name}) AS {name}" for name in sums)
    something = " OR ".join(f"sum({name}) <> 0" for name in sums)
    return f"SELECT {key}, {added} FROM ({rows}) AS d GROUP BY {key} HAVING {something}"  # noqa: S608 - our own names


def insert_sql(table: str, rows: str, key: str, sums: tuple[str, ...]) -> str:
    """Return the INSERT that appends summed rows to a tally."""
    return f"INSERT INTO {table} ({key}, {', '.join(sums)}) {summed_sql(rows, key, sums)}"


def _triggers(of: str, table: str, key: str, sums: tuple[str, ...]) -> list[pgtrigger.Trigger]:
    """Make the three triggers, one for each kind of statement, that append what changed."""
    select = {"plan": plan_rows_sql, "span": span_rows_sql, "outcome": outcome_rows_sql}[of]
    old, new = select("old_rows", "-"), select("new_rows")
    statements = (
        ("insert", pgtrigger.Insert, {"new": "new_rows"}, new),
        (
            "update",
            pgtrigger.Update,
            {"old": "old_rows", "new": "new_rows"},
            f"{old} UNION ALL {new}",
        ),
        ("delete", pgtrigger.Delete, {"old": "old_rows"}, old),
    )
    return [
        pgtrigger.Trigger(
            name=f"tally_{of}_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),  # type: ignore[no-untyped-call]
            func=f"{insert_sql(table, rows, key, sums)}; RETURN NULL;",
        )
        for name, operation, tables, rows in statements
    ]


PLAN_TRIGGERS = [
    *_triggers("plan", "programme_plantally", PLAN_KEY, PLAN_SUMS),
    *_triggers("span", "programme_spantally", SPAN_KEY, SPAN_SUMS),
]
OUTCOME_TRIGGERS = _triggers("outcome", "programme_outcometally", OUTCOME_KEY, OUTCOME_SUMS)

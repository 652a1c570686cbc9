"""Coverage, the plan's table and a report at national size, beside bare SQL of the same run."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection

RUNS = 7
NATIONAL_DAY = datetime(2022, 6, 1, 5, tzinfo=UTC)


def median(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Return the median seconds of `work`, after one run that is not counted."""
    work()
    times = []
    for _run in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def run() -> None:
    """Print the matrix, a region's table and the sums that they stand beside."""
    from bala.kernel import clock
    from bala.programme.models import Campaign, Outcome, PlanItem
    from bala.programme.queries.coverage import coverage
    from bench.national import SLUG

    campaign = Campaign.objects.get(slug=SLUG)
    with clock.at(NATIONAL_DAY):
        matrix = median(lambda: coverage(campaign))
    bare = median(lambda: _bare(campaign.pk), runs=3)
    print(f"coverage, {PlanItem.objects.count():,} rows, {Outcome.objects.count():,} outcomes")
    print(f"  matrix worked out    {matrix * 1000:7.1f} ms, goal below 100 ms")
    print(
        f"  bare GROUP BY        {bare * 1000:7.1f} ms, the matrix takes {matrix / bare:.2f} of it"
    )
    _registrations()


def _bare(campaign_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT activity_id, region_id, status, count(*), sum(actual_children) "
            "FROM programme_planitem WHERE campaign_id = %s GROUP BY 1, 2, 3",
            [campaign_id],
        )
        cursor.fetchall()
        cursor.execute(
            "SELECT activity_id, region_id, metric, sum(value) FROM programme_outcome "
            "WHERE campaign_id = %s AND superseded_at IS NULL GROUP BY 1, 2, 3",
            [campaign_id],
        )
        cursor.fetchall()


def _registrations() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(value), 0) FROM programme_outcome "
            "WHERE metric = 'children' AND superseded_at IS NULL"
        )
        print(
            f"  children counted     {int(cursor.fetchone()[0]):,}: the matrix reads tallies, not them"
        )

"""Reports that were made, and what differs between two."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bala.kernel import clock
from bala.kernel.dates import format_numeric
from bala.programme.models import Campaign
from bala.returns.enums import RunStatus
from bala.returns.models import ReportRun
from bala.returns.queries.figures import Figures, changes
from bala.returns.queries.returns import FigureChange, named_changes


def runs_of(campaign: Campaign, region_ids: frozenset[int] | None) -> QuerySet[ReportRun]:
    """Return the reports of a campaign, of some regions only where ids are given."""
    runs = ReportRun.objects.filter(campaign=campaign)
    if region_ids is not None:
        runs = runs.filter(region_id__in=region_ids)
    return runs.select_related("region", "made_by").defer("content", "figures")


@dataclass(frozen=True)
class Comparison:
    """Two frozen reports beside each other."""

    older: ReportRun
    newer: ReportRun
    changes: list[FigureChange]

    @property
    def before(self) -> str:
        """The moment of the older report, as the head of its column."""
        return _moment(self.older)

    @property
    def after(self) -> str:
        """The moment of the newer report, as the head of its column."""
        return _moment(self.newer)

    @property
    def is_same(self) -> bool:
        """Whether every figure is the same."""
        return self.older.figures_sha256 == self.newer.figures_sha256

    @property
    def is_alike(self) -> bool:
        """Whether both speak of the same regions."""
        return self.older.region_id == self.newer.region_id


def _moment(run: ReportRun) -> str:
    at = (run.frozen_at or run.made_at).astimezone(clock.NATIONAL_ZONE)
    return f"{format_numeric(at.date())} {at:%H:%M}"


def compare(one: ReportRun, other: ReportRun) -> Comparison:
    """Return what differs between two frozen reports, the older first."""
    older, newer = sorted((one, other), key=lambda run: (run.frozen_at or run.made_at, run.pk))
    found = changes(Figures.from_json(older.figures), Figures.from_json(newer.figures))
    return Comparison(older, newer, named_changes(found))


def finished(campaign: Campaign, region_ids: frozenset[int] | None) -> list[ReportRun]:
    """Return the last hundred finished reports, to choose two of."""
    return list(runs_of(campaign, region_ids).filter(status=RunStatus.DONE)[:100])


def before(runs: list[ReportRun], one: ReportRun | None = None) -> list[ReportRun]:
    """Return two of the reports to compare, the older first: one against that before it.

    `runs` come latest first; without `one` the latest is taken. The one before is of the same
    region, and of the same language and format where there is such a one; empty: there is none.
    """
    newer = one or (runs[0] if runs else None)
    if newer is None:
        return []
    earlier = [
        run
        for run in runs
        if run.region_id == newer.region_id and (run.made_at, run.pk) < (newer.made_at, newer.pk)
    ]
    like = [r for r in earlier if (r.language, r.format) == (newer.language, newer.format)]
    found = like or earlier
    return [found[0], newer] if found else []

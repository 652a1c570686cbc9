"""The consolidated report of 20 regions at national size."""

import time

from bench.coverage import NATIONAL_DAY, _bare, median


def run() -> None:
    """Print the seconds of the figures and of each format."""
    from django.utils import translation

    from bala.kernel import clock
    from bala.programme.models import Campaign
    from bala.returns.actions.printing import render
    from bala.returns.enums import ReportFormat
    from bala.returns.queries.report import build_report
    from bench.national import SLUG

    campaign = Campaign.objects.get(slug=SLUG)
    bare = median(lambda: _bare(campaign.pk), runs=1)
    print(f"consolidated report of {campaign.regions.count()} regions; bare sums {bare:.2f} s")
    with clock.at(NATIONAL_DAY), translation.override("ru"):
        started = time.perf_counter()
        report, _figures = build_report(campaign, None, "ru")
        built = time.perf_counter() - started
        print(f"  figures and texts    {built:6.2f} s, {built / bare:.1f} times the bare sums")
        for kind in ReportFormat:
            started = time.perf_counter()
            size = len(render(report, kind))
            took = built + time.perf_counter() - started
            goal = ", goal below 10 s" if kind == "docx" else ""
            print(f"  {kind:<20} {took:6.2f} s, {size / 1000:,.0f} KB{goal}")

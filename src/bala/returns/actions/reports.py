"""Making reports: asked for, worked out once, frozen, printed to a file."""

import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.queue import defer
from bala.people.models import Account
from bala.programme.actions.moments import moment_of_freezing
from bala.programme.models import Campaign
from bala.returns.actions.printing import render
from bala.returns.enums import ReportFormat, RunStatus
from bala.returns.models import ReportRun
from bala.returns.queries.report import build_report
from bala.territory.models import Region, regions_named_on


@transaction.atomic
def request_report(
    *,
    account: Account | None,
    campaign: Campaign,
    region: Region | None,
    language: str,
    file_format: ReportFormat,
) -> ReportRun:
    """Ask for a report; a job makes it. The same report asked for twice while it waits is one."""
    waiting = ReportRun.objects.filter(
        campaign=campaign,
        region=region,
        language=language,
        format=file_format,
        status=RunStatus.QUEUED,
        made_by=account,
    ).first()
    if waiting is not None:
        return waiting
    run = ReportRun.objects.create(
        campaign=campaign, region=region, language=language, format=file_format, made_by=account
    )
    defer("returns.make_report", run_id=run.pk)
    return run


def make_report(*, run_id: int) -> ReportRun:
    """Work out, freeze and print a report that was asked for; repeated, it does nothing more.

    A PersonError (a broken template, say) is kept with the run for whoever asked.
    """
    run = ReportRun.objects.select_related("campaign", "region", "made_by").get(pk=run_id)
    if run.status == RunStatus.DONE:
        return run
    asked_in = run.made_by.language if run.made_by else run.language
    try:
        with regions_named_on(run.campaign.starts_on):
            _freeze(run)
        _save(run, progress=50)
        _print(run)
    except PersonError as error:
        with translation.override(asked_in):
            _save(run, status=RunStatus.FAILED, problem=str(error), finished_at=clock.now())
    except Exception:
        with translation.override(asked_in):
            problem = _("The report could not be made. The operator finds the cause in the log.")
        _save(run, status=RunStatus.FAILED, problem=problem, finished_at=clock.now())
        raise
    return run


def _save(run: ReportRun, **fields: object) -> None:
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=list(fields))


def _freeze(run: ReportRun) -> None:
    """Work the figures out once; a run that was interrupted after this keeps them."""
    if run.frozen_at is not None:
        _save(run, status=RunStatus.RUNNING)
        return
    _save(run, status=RunStatus.RUNNING, progress=10)
    with transaction.atomic():  # held for this moment only: who writes results must not wait
        as_of = moment_of_freezing(run.campaign_id)
    content, figures = build_report(
        run.campaign,
        run.region,
        run.language,
        as_of=as_of,
        address=f"?report={run.public_id}",
    )
    _save(
        run,
        content=content,
        figures=figures.as_json(),
        figures_sha256=figures.sha256,
        frozen_at=figures.as_of,
    )


def _print(run: ReportRun) -> None:
    made = render(run.content, ReportFormat(run.format))
    name = f"reports/{run.campaign.slug}/{run.public_id}.{run.format}"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    fresh.write_bytes(made)
    fresh.replace(path)
    _save(
        run,
        file=name,
        sha256=hashlib.sha256(made).hexdigest(),
        status=RunStatus.DONE,
        progress=100,
        problem="",
        finished_at=clock.now(),
    )


def report_to_file(
    *,
    campaign: Campaign,
    region: Region | None,
    language: str,
    file_format: ReportFormat,
    out: Path,
) -> ReportRun:
    """Make a report at once and copy it to `out`; raise PersonError where it cannot be made."""
    run = ReportRun.objects.create(
        campaign=campaign, region=region, language=language, format=file_format
    )
    run = make_report(run_id=run.pk)
    if run.status == RunStatus.FAILED:
        raise PersonError(run.problem)
    shutil.copyfile(Path(settings.MEDIA_ROOT) / run.file, out)
    return run

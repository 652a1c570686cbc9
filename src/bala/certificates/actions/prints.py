"""The sheets of a list as one file: made by a job, kept for some days, then deleted."""

import tempfile
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from bala.certificates.actions.printing import certificate_pdf, many_pdf
from bala.certificates.enums import PrintFormat, PrintState
from bala.certificates.models import Batch, Certificate, PrintRun
from bala.certificates.queries.certificates import with_all
from bala.files.queries.storage import media
from bala.kernel import clock, queue
from bala.people.actions import note_all_seen
from bala.people.enums import SeenWhy
from bala.people.models import Account, Child

PREFIX = "certificates"
PAGES = 500  # of one PDF; setting them takes some 400 MB, and a printer takes them one by one


@transaction.atomic
def ask_for_print(*, by: Account, batch: Batch, file_format: PrintFormat) -> PrintRun:
    """Queue the job that makes the file, or return the one that is there or being made."""
    Batch.objects.select_for_update().get(pk=batch.pk)
    there = batch.prints.filter(
        format=file_format, state__in=[PrintState.MAKING, PrintState.READY]
    ).first()
    if there is not None:
        return there
    run = PrintRun.objects.create(batch=batch, format=file_format, asked_by=by)
    queue.defer("certificates.make_print", run_id=run.pk)
    return run


def make_print(run_id: int) -> PrintRun:
    """Make the file of a run that waits for it. Done again, it is made again under the same name."""
    run = PrintRun.objects.select_related("batch", "asked_by").get(pk=run_id)
    if run.state != PrintState.MAKING:
        return run
    path = f"{PREFIX}/{run.public_id}.{ending_of(run)}"
    try:
        with tempfile.TemporaryFile() as file:
            _write(run, file)
            size = file.seek(0, 2)
            file.seek(0)
            media().delete(path)
            media().save(path, File(file))
    except Exception:
        PrintRun.objects.filter(pk=run.pk, state=PrintState.MAKING).update(state=PrintState.FAILED)
        raise
    PrintRun.objects.filter(pk=run.pk, state=PrintState.MAKING).update(
        state=PrintState.READY, path=path, bytes=size, progress=100, ready_at=clock.now()
    )
    run.refresh_from_db()
    return run


def ending_of(run: PrintRun) -> str:
    """Return the ending of the file's name: a long list is several PDFs in a ZIP."""
    if run.format == PrintFormat.PDF and _holding(run).count() <= PAGES:
        return "pdf"
    return "zip"


def note_taken(*, by: Account, run: PrintRun) -> None:
    """Write down that the printed names of children were handed out with a file."""
    children = Child.objects.filter(certificates__batch=run.batch).distinct().order_by("pk")
    note_all_seen(
        by=by,
        children=children,
        why=SeenWhy.CERTIFICATE,
        about=f"certificates.batch:{run.batch_id}",
    )


def forget_prints() -> int:
    """Delete files whose days are over; return how many. Can be repeated."""
    before = clock.now() - timedelta(days=settings.BALA_CERTIFICATE_FILES_DAYS)
    old = PrintRun.objects.filter(state=PrintState.READY, ready_at__lt=before).order_by("pk")
    count = 0
    for run in old:
        media().delete(run.path)
        PrintRun.objects.filter(pk=run.pk).update(state=PrintState.GONE, path="")
        count += 1
    return count


def _holding(run: PrintRun) -> QuerySet[Certificate]:
    return Certificate.objects.filter(
        batch=run.batch, revoked_at__isnull=True, erased_at__isnull=True
    )


def _write(run: PrintRun, file: IO[bytes]) -> None:
    certificates = list(with_all(_holding(run)).order_by("number", "pk"))
    if ending_of(run) == "pdf":
        if certificates:
            file.write(many_pdf(certificates, title=run.batch.design.label))
        return
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:  # PDF is packed already
        for name, data, done in _parts(run, certificates):
            archive.writestr(name, data)
            share = round(100 * done / len(certificates))
            PrintRun.objects.filter(pk=run.pk).update(progress=min(share, 99))


def _parts(run: PrintRun, certificates: list[Certificate]) -> Iterator[tuple[str, bytes, int]]:
    """Give the files of an archive, called by numbers and never by names, and how many are done."""
    if run.format == PrintFormat.ZIP:
        for done, one in enumerate(certificates, start=1):
            yield f"{one.shown_number}.pdf", certificate_pdf(one), done
        return
    for start in range(0, len(certificates), PAGES):
        some = certificates[start : start + PAGES]
        name = f"{some[0].shown_number}–{some[-1].number:06d}.pdf"
        yield name, many_pdf(some, title=run.batch.design.label), start + len(some)


def local_name(run: PrintRun) -> str:
    """Return what the file is called when it is saved."""
    return Path(run.path).name if run.path else ""

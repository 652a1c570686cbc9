"""How long what was refused or withdrawn is kept, and the words of reports."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from bala.files.actions import delete
from bala.files.enums import FileState
from bala.files.models import StoredFile
from bala.safeguarding.actions.items import follow, locked_item
from bala.safeguarding.enums import ItemState
from bala.safeguarding.models import ModerationItem, Report

CLOSED: Final = (ItemState.REFUSED, ItemState.WITHDRAWN, ItemState.TAKEN_DOWN)


def closed_due(before: datetime) -> int:
    """Count what was refused, withdrawn or taken down before the moment and still says something."""
    return _closed(before).count()


def end_closed(before: datetime) -> int:
    """Empty it: its files are deleted, its words go; that there was one stays. Return how many."""
    return sum(_empty(item) for item in _closed(before).order_by("pk"))


def reports_due(before: datetime) -> int:
    """Count answered reports from before the moment whose words are still there."""
    return _reports(before).count()


def end_reports(before: datetime) -> int:
    """Empty the words of answered reports; return how many."""
    return _reports(before).update(words="", source="")


def _closed(before: datetime) -> QuerySet[ModerationItem]:
    files = StoredFile.objects.exclude(state=FileState.DELETED).order_by().values("pk")
    says = ~Q(text="") | ~Q(title="") | Q(files__in=files)
    since = Q(decided_at__lt=before) | Q(decided_at__isnull=True, submitted_at__lt=before)
    found = ModerationItem.objects.filter(since, says, state__in=CLOSED, waiting_since__isnull=True)
    return ModerationItem.objects.filter(pk__in=found.order_by().values("pk"))


@transaction.atomic
def _empty(item: ModerationItem) -> bool:
    locked = locked_item(item)
    if locked.state not in CLOSED or locked.waiting_since is not None:
        return False
    for file in locked.files.exclude(state=FileState.DELETED).order_by("pk"):
        delete(file=file)
    locked.title = locked.text = ""
    locked.findings = []
    locked.save(update_fields=["title", "text", "findings"])
    follow(locked)
    return True


def _reports(before: datetime) -> QuerySet[Report]:
    said = ~Q(words="") | ~Q(source="")
    return Report.objects.filter(said, decided_at__lt=before).exclude(state="open")

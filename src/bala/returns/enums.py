"""Choices of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReturnStatus(TextChoices):
    """Where the return of a region stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ACCEPTED = "accepted", _("accepted")
    SENT_BACK = "sent_back", _("sent back")


class Step(TextChoices):
    """What was done with a return; each is kept with its comment."""

    SUBMITTED = "submitted", _("submitted")
    ACCEPTED = "accepted", _("accepted")
    SENT_BACK = "sent_back", _("sent back")
    REOPENED = "reopened", _("reopened")


# Statuses in which the region may write.
WRITABLE = (ReturnStatus.DRAFT, ReturnStatus.SENT_BACK)
# Statuses in which the region has reported.
REPORTED = (ReturnStatus.SUBMITTED, ReturnStatus.ACCEPTED)

# What the coordinator may decide, and where the return stands then.
DECISIONS: dict[Step, tuple[ReturnStatus, ReturnStatus]] = {
    Step.ACCEPTED: (ReturnStatus.SUBMITTED, ReturnStatus.ACCEPTED),
    Step.SENT_BACK: (ReturnStatus.SUBMITTED, ReturnStatus.SENT_BACK),
    Step.REOPENED: (ReturnStatus.ACCEPTED, ReturnStatus.SENT_BACK),
}
# Decisions that the region must be told the reason of.
NEEDS_COMMENT = (Step.SENT_BACK, Step.REOPENED)


class RunStatus(TextChoices):
    """How far the making of a report is."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", pgettext_lazy("report", "ready")
    FAILED = "failed", _("failed")


class ReportFormat(TextChoices):
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    PDF = "pdf", "PDF"

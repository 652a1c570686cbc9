"""Choices and transition tables of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CampaignStatus(TextChoices):
    DRAFT = "draft", _("being prepared")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed")


class ConceptStatus(TextChoices):
    DRAFT = "draft", _("being reviewed")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("replaced by a later version")
    DISCARDED = "discarded", _("discarded")


class PlanStatus(TextChoices):
    """Where a row of a plan stands."""

    PROPOSED = "proposed", _("proposed by the host")
    DRAFT = "draft", _("draft")
    PLANNED = "planned", _("planned")
    APPROVED = "approved", _("approved")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")
    MOVED = "moved", _("moved")


class Metric(TextChoices):
    """What an outcome counts."""

    EVENTS = "events", _("events held")
    CHILDREN = "children", _("children")
    ADULTS = "adults", _("adults")
    MEDIA = "media", _("media items")
    MONEY = "money", _("money, tenge")
    ITEMS = "items", _("items")  # works, inspections, consultations: what the source counts


class OutcomeSource(TextChoices):
    """The kind of object that an outcome came from."""

    PLAN_ITEM = "plan_item", _("row of the plan")


class ImportStatus(TextChoices):
    """Where a table that somebody sent in stands."""

    READING = "reading", _("being read")
    PREVIEW = "preview", _("being looked at")
    CONFIRMING = "confirming", _("being taken into the plan")
    CONFIRMED = "confirmed", _("taken into the plan")
    FAILED = "failed", _("could not be read")
    DISCARDED = "discarded", _("discarded")


class CellState(TextChoices):
    """A cell of the coverage matrix: one activity in one region."""

    NOT_APPLICABLE = "not_applicable", _("not applicable")
    NOT_PLANNED = "not_planned", _("not planned")
    PLANNED = "planned", _("planned")
    DUE = "due", _("due this week")
    LATE = "late", _("past, no result entered")
    ZERO = "zero", _("held with nobody")
    HELD = "held", _("held")


# Statuses in which a row stands in the plan that the public sees.
PUBLIC_STATUSES = (PlanStatus.APPROVED, PlanStatus.HELD, PlanStatus.MOVED)
# Statuses in which a row still waits to be held.
OPEN_STATUSES = (PlanStatus.PLANNED, PlanStatus.APPROVED, PlanStatus.MOVED)

# From a status to those that may follow it, with the roles that may take the step. A coordinator
# may take every step of an organiser.
TRANSITIONS: dict[PlanStatus, dict[PlanStatus, frozenset[str]]] = {
    PlanStatus.PROPOSED: {
        PlanStatus.APPROVED: frozenset({"organiser"}),
        PlanStatus.DRAFT: frozenset({"organiser", "host"}),
        PlanStatus.CANCELLED: frozenset({"organiser", "host"}),
    },
    PlanStatus.DRAFT: {
        PlanStatus.PLANNED: frozenset({"organiser"}),
        PlanStatus.PROPOSED: frozenset({"host"}),
        PlanStatus.CANCELLED: frozenset({"organiser", "host"}),
    },
    PlanStatus.PLANNED: {
        PlanStatus.APPROVED: frozenset({"organiser"}),
        PlanStatus.DRAFT: frozenset({"organiser"}),
        PlanStatus.CANCELLED: frozenset({"organiser"}),
    },
    PlanStatus.APPROVED: {
        PlanStatus.HELD: frozenset({"organiser", "host"}),
        PlanStatus.MOVED: frozenset({"organiser", "host"}),
        PlanStatus.CANCELLED: frozenset({"organiser", "host"}),
        PlanStatus.PLANNED: frozenset({"organiser"}),
    },
    PlanStatus.MOVED: {
        PlanStatus.HELD: frozenset({"organiser", "host"}),
        PlanStatus.MOVED: frozenset({"organiser", "host"}),
        PlanStatus.CANCELLED: frozenset({"organiser", "host"}),
    },
    PlanStatus.HELD: {
        # A result entered by mistake is taken back; its outcomes are superseded, never deleted.
        PlanStatus.APPROVED: frozenset({"organiser"}),
    },
    PlanStatus.CANCELLED: {PlanStatus.DRAFT: frozenset({"organiser"})},
}


class Deadline(TextChoices):
    """What a campaign sets a day for."""

    PLANS = "plans_due", _("plans")
    RETURNS = "returns_due", _("returns")

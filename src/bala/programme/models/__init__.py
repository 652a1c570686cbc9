"""The spine: Campaign → Block → Activity → PlanItem → Outcome."""

from bala.programme.models.campaign import (
    Activity,
    Block,
    Campaign,
    CampaignRegion,
    ConceptDocument,
    NotApplicable,
    Reminder,
)
from bala.programme.models.plan import (
    MediaMention,
    Outcome,
    PhotoCaption,
    PlanItem,
)

__all__ = [
    "Activity",
    "Block",
    "Campaign",
    "CampaignRegion",
    "ConceptDocument",
    "MediaMention",
    "NotApplicable",
    "Outcome",
    "PhotoCaption",
    "PlanItem",
    "Reminder",
]

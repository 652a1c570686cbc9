"""The spine: Campaign → Block → Activity → PlanItem → Outcome."""

from bala.programme.models.campaign import (
    Activity,
    ActivityStage,
    Block,
    Campaign,
    CampaignRegion,
    ConceptDocument,
    NotApplicable,
)
from bala.programme.models.picture import Picture
from bala.programme.models.plan import (
    MediaMention,
    Outcome,
    PhotoCaption,
    PlanItem,
)
from bala.programme.models.plan_import import PlanImport
from bala.programme.models.tally import OutcomeTally, PlanTally, SpanTally

__all__ = [
    "Activity",
    "ActivityStage",
    "Block",
    "Campaign",
    "CampaignRegion",
    "ConceptDocument",
    "MediaMention",
    "NotApplicable",
    "Outcome",
    "OutcomeTally",
    "PhotoCaption",
    "Picture",
    "PlanImport",
    "PlanItem",
    "PlanTally",
    "SpanTally",
]

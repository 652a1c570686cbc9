"""The steps of an activity that goes on in steps."""

from collections.abc import Sequence

from bala.kernel.translated import set_all
from bala.programme.models import Activity, ActivityStage
from bala.programme.queries.drafts import ReviewStage


def write_stages(activity: Activity, stages: Sequence[ReviewStage]) -> None:
    """Give an activity these steps, numbered from 1; what stands under a number is rewritten.

    A step keeps its row, since other rooms build on it; a number that is gone is deleted.
    """
    known = {stage.number: stage for stage in activity.stages.order_by("number")}
    for number, draft in enumerate(stages, start=1):
        stage = known.pop(number, None) or ActivityStage(activity=activity, number=number)
        set_all(stage, "name", draft.names)
        stage.level = draft.level
        stage.starts_on, stage.ends_on = draft.starts_on, draft.ends_on
        stage.save()
    activity.stages.filter(number__in=known).delete()

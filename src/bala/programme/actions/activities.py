"""Correcting an activity of a campaign that stands: what it is, when, for whom, and its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from bala.kernel.keeping import take_back_all
from bala.kernel.revisions import changes, write_over
from bala.kernel.translated import columns
from bala.programme.actions.campaigns import NoTitle
from bala.programme.actions.concept_lines import AgesReversed, DatesReversed
from bala.programme.actions.stages import write_stages
from bala.programme.models import Activity
from bala.programme.queries.drafts import ReviewStage
from bala.programme.queries.versions import stages_of

#: What of an activity is corrected here; its place and its text are the concept's.
ACTIVITY_FIELDS: Final = (
    *columns("title"),
    "name",
    "kind",
    "level",
    "formats",
    "starts_on",
    "ends_on",
    "min_age",
    "max_age",
)


@transaction.atomic
def update_activity(*, activity: Activity, revision: int, values: Mapping[str, Any]) -> Activity:
    """Write those of ACTIVITY_FIELDS that `values` names; return the activity as it stands.

    `revision` is that of the activity which the person saw. Raises RowConflict where somebody else
    changed the same since, NoTitle, DatesReversed, AgesReversed.
    """
    row = _locked(activity)
    if unknown := values.keys() - set(ACTIVITY_FIELDS):
        raise ValueError(f"Not values of an activity that are written here: {unknown}")
    if not write_over(row, revision=revision, values=values):
        return row
    if not any(getattr(row, name) for name in columns("title")):
        raise NoTitle
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise DatesReversed
    if row.min_age is not None and row.max_age is not None and row.max_age < row.min_age:
        raise AgesReversed
    row.save()
    take_back_all()
    return row


@dataclass(slots=True)
class Steps:
    """The steps of an activity as one value that people change."""

    revision: int
    stages: list[ReviewStage]


@transaction.atomic
def set_stages(*, activity: Activity, revision: int, stages: Sequence[ReviewStage]) -> None:
    """Give an activity these steps in their order; a step that stays keeps its row.

    `revision` is `stages_revision` of the activity which the person saw. Raises RowConflict, whose
    `theirs` is a Steps, where somebody else changed the steps since; DatesReversed.
    """
    row = _locked(activity)
    for stage in stages:
        if stage.starts_on and stage.ends_on and stage.ends_on < stage.starts_on:
            raise DatesReversed
    stand = Steps(row.stages_revision, stages_of(row))
    values = {"stages": list(stages)}
    # Whoever is late is told even of a change that both can live with: steps hang together.
    if changes(stand, revision=revision, values=values, version=lambda _row, _revision: None):
        write_stages(row, stages)
        row.stages_revision += 1
        row.save(update_fields=["stages_revision"])
        take_back_all()


def _locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)

"""Writing a region's return, and deciding on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import EditConflict, PersonError
from bala.people.models import Account
from bala.programme.actions.moments import moment_of_freezing
from bala.programme.models import Campaign
from bala.returns.enums import (
    DECISIONS,
    NEEDS_COMMENT,
    WRITABLE,
    ReturnStatus,
    Step,
)
from bala.returns.models import (
    RegionalReturn,
    ReturnMedia,
    ReturnStep,
    ReturnText,
    ReturnVersion,
)
from bala.returns.queries.figures import figures_of
from bala.returns.queries.returns import content_of
from bala.territory.models import Region


class ReturnLocked(PersonError):
    """The return is submitted or accepted and cannot be written."""


class WrongStep(PersonError):
    """The return does not stand where this decision starts from."""


class CommentMissing(PersonError):
    """A decision that the region must be told the reason of came without one."""


@dataclass(frozen=True, slots=True)
class Media:
    """A media item that the region adds."""

    url: str
    title: str = ""
    outlet: str = ""
    published_on: date | None = None


LOCKED = {
    ReturnStatus.SUBMITTED: _(
        "The return is submitted and waits for the coordinator's decision: it cannot be changed."
    ),
    ReturnStatus.ACCEPTED: _(
        "The return is accepted and locked. The coordinator can reopen it, with a reason."
    ),
}


@transaction.atomic
def save_return(
    *,
    campaign: Campaign,
    region: Region,
    revision: int,
    texts: dict[int, str],
    difficulties: str,
    proposals: str,
    media: Sequence[Media],
) -> RegionalReturn:
    """Keep what the region has written so far; return it with its new revision.

    `revision` is that of what the person opened, 0 where the return was not begun. `texts` is by
    id of block. Raises ReturnLocked, or EditConflict where somebody else saved since.
    """
    one = _locked(campaign, region, revision)
    one.difficulties, one.proposals = difficulties, proposals
    one.updated_at = clock.now()
    one.revision += 1
    one.save()
    for block in campaign.blocks.filter(pk__in=texts):
        ReturnText.objects.update_or_create(
            regional_return=one, block=block, defaults={"text": texts[block.pk]}
        )
    one.media.all().delete()
    unique = {item.url: item for item in media}
    ReturnMedia.objects.bulk_create(
        ReturnMedia(
            regional_return=one,
            url=item.url,
            title=item.title,
            outlet=item.outlet,
            published_on=item.published_on,
        )
        for item in unique.values()
    )
    return one


def _locked(campaign: Campaign, region: Region, revision: int) -> RegionalReturn:
    """Take the row for writing: made when it is the first writing, else checked."""
    if revision == 0:
        one, made = RegionalReturn.objects.get_or_create(
            campaign=campaign, region=region, defaults={"revision": 0}
        )
        if made:
            return one
    one = RegionalReturn.objects.select_for_update().get(campaign=campaign, region=region)
    if one.status not in WRITABLE:
        raise ReturnLocked(LOCKED[ReturnStatus(one.status)])
    if one.revision != revision:
        raise EditConflict(
            _("Somebody else has saved this return since you opened it. What you typed is kept.")
        )
    return one


@transaction.atomic
def submit_return(*, account: Account, one: RegionalReturn, revision: int) -> ReturnVersion:
    """Hand the return in: its words and figures are frozen as the next version.

    Raises ReturnLocked where it is already submitted or accepted, EditConflict on an old revision.
    """
    one = RegionalReturn.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if one.status not in WRITABLE:
        raise ReturnLocked(LOCKED[ReturnStatus(one.status)])
    _check_revision(one, revision)
    now = moment_of_freezing(one.campaign_id)
    figures = figures_of(one.campaign, one.region, as_of=now)
    one.version += 1
    one.status = ReturnStatus.SUBMITTED
    one.submitted_by, one.submitted_at = account, now
    one.comment = ""
    one.revision += 1
    one.updated_at = now
    one.save()
    version = ReturnVersion.objects.create(
        regional_return=one,
        number=one.version,
        content=content_of(one),
        figures=figures.as_json(),
        frozen_at=now,
        made_by=account,
    )
    _step(one, Step.SUBMITTED, account, "", now)
    return version


@transaction.atomic
def decide_return(
    *, account: Account, one: RegionalReturn, revision: int, step: Step, comment: str = ""
) -> RegionalReturn:
    """Accept a return, send it back or reopen it; the last two say why.

    Raises WrongStep, CommentMissing, or EditConflict where the return changed since it was read.
    """
    one = RegionalReturn.objects.select_for_update(of=("self",)).get(pk=one.pk)
    comment = comment.strip()
    _check_revision(one, revision)
    if step not in DECISIONS or one.status != DECISIONS[step][0]:
        raise WrongStep(_("The return does not stand where this decision can be taken."))
    if step in NEEDS_COMMENT and not comment:
        raise CommentMissing(_("Say why, so that the region knows what to correct."))
    now = clock.now()
    one.status = DECISIONS[step][1]
    one.comment = comment
    one.decided_by, one.decided_at = account, now
    one.revision += 1
    one.updated_at = now
    one.save()
    _step(one, step, account, comment, now)
    return one


def _check_revision(one: RegionalReturn, revision: int) -> None:
    if one.revision != revision:
        raise EditConflict(
            _("The return has changed since you opened it. Read it again, then decide.")
        )


def _step(one: RegionalReturn, verb: Step, account: Account, comment: str, now: datetime) -> None:
    ReturnStep.objects.create(
        regional_return=one, verb=verb, version=one.version, comment=comment, by=account, at=now
    )

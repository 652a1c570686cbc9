"""Publishing a later version of a concept: plans stay attached to the lines they stand on."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden
from bala.kernel.keeping import take_back_all
from bala.people.models import Account
from bala.programme.access.concepts import may_coordinate
from bala.programme.actions.concept import (
    checked_period,
    lock_draft,
    seal,
    write_block,
    write_campaign_texts,
    write_line,
)
from bala.programme.actions.stages import write_stages
from bala.programme.enums import ConceptStatus
from bala.programme.models import Activity, Block, Campaign, ConceptDocument
from bala.programme.queries.drafts import Review, review_of
from bala.programme.queries.version_matching import matching
from bala.programme.queries.versions import Differences, differences


class DifferencesChanged(EditConflict):
    """The draft or the campaign changed after the differences were shown."""

    def __init__(self) -> None:
        super().__init__(
            _("The draft or the campaign has changed since: look at the differences again.")
        )


@transaction.atomic
def publish_version(
    *, account: Account | None, document: ConceptDocument, fingerprint: str
) -> Differences:
    """Bring a campaign to the reviewed draft of its next version, all or nothing.

    Rows of activities are kept and rewritten, so plans stay attached; lines that are gone are
    withdrawn and never deleted, and one that comes back is the activity that it was.
    `fingerprint` is the mark of the differences that the person saw. Returns those that were applied.
    Raises AlreadyPublished, NotReady, Forbidden,
    DifferencesChanged.
    """
    locked = lock_draft(document)
    if locked.campaign_id is None:
        raise Forbidden(_("This document is not a version of a campaign."))
    campaign = Campaign.objects.select_for_update().get(pk=locked.campaign_id)
    if not may_coordinate(account, campaign):
        raise Forbidden(_("Only the campaign's coordinator may do this."))
    review = review_of(locked)
    period = checked_period(review)
    found = differences(campaign, review)
    if found.fingerprint != fingerprint:
        raise DifferencesChanged
    write_campaign_texts(campaign, review)
    campaign.starts_on, campaign.ends_on = period.starts_on, period.ends_on
    campaign.revision += 1
    campaign.save()
    _rewrite(campaign, review, locked.language)
    campaign.concepts.filter(status=ConceptStatus.PUBLISHED).update(status=ConceptStatus.SUPERSEDED)
    seal(locked)
    take_back_all()
    return found


def _rewrite(campaign: Campaign, review: Review, language: str) -> None:
    """Write blocks and lines by their match; what has none is made, what is left is withdrawn."""
    matched = matching(campaign, review)
    blocks, lines = matched.block_of, matched.lines
    # Numbers are unique among what is not withdrawn, and they move: all step aside first.
    now = clock.now()
    campaign.blocks.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    campaign.activities.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    for draft in review.blocks:
        block = blocks.get(draft.key) or Block(campaign=campaign)
        block.withdrawn_at = None
        write_block(block, draft)
        block.revision += 1
        block.save()
        for number, line in enumerate(draft.lines, start=1):
            activity = lines.get(line.key) or Activity(campaign=campaign)
            activity.block = block
            activity.withdrawn_at = None
            write_line(activity, line, number=number, language=language)
            # Whoever has the line open at this moment is told what the version wrote.
            activity.revision += 1
            activity.stages_revision += 1
            activity.save()
            write_stages(activity, line.stages)

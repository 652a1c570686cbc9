"""Bringing a concept in: a document becomes a draft, and the draft a campaign."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from bala.concept.errors import DocumentTooLarge
from bala.concept.reader import read_bytes
from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden, PersonError
from bala.kernel.keeping import take_back_all
from bala.kernel.translated import set_all
from bala.people.actions import found_campaign_rights
from bala.people.models import Account
from bala.programme.access.concepts import may_coordinate
from bala.programme.actions.campaign_regions import set_regions
from bala.programme.actions.stages import write_stages
from bala.programme.enums import CampaignStatus, ConceptStatus
from bala.programme.models import Activity, Block, Campaign, ConceptDocument
from bala.programme.queries.drafts import (
    Review,
    ReviewBlock,
    ReviewLine,
    fresh_review,
    review_of,
    stored,
)
from bala.programme.queries.readiness import faults_of
from bala.programme.queries.slugs import free_slug
from bala.programme.queries.versions import carry_known_texts

#: Days between a campaign's start and the day its plans are due, and its end and the returns' day:
#: regions answer the ministry's letter before the opening and report within a week of the end.
PLANS_BEFORE = timedelta(days=2)
RETURNS_AFTER = timedelta(days=7)


class NotReady(PersonError):
    """The draft lacks something without which there is no campaign."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


class AlreadyPublished(EditConflict):
    """Somebody published or discarded the document meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This document has already been published or discarded."))


class SlugTaken(PersonError):
    """The wanted address belongs to another campaign."""

    def __init__(self) -> None:
        super().__init__(_("Another campaign already has this address."))


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a campaign, both included."""

    starts_on: date
    ends_on: date


@transaction.atomic
def import_concept(
    *, account: Account | None, filename: str, data: bytes, campaign: Campaign | None = None
) -> ConceptDocument:
    """Read a document and keep its draft for review; nothing is kept of one that cannot be read.

    `account` is None for the command line. With `campaign` the document is its next version, and
    lines that stand in it unchanged keep the texts that the campaign has for them.
    Raises UnreadableDocument or NotAConcept with the reason, Forbidden for a foreign campaign.
    """
    if len(data) > settings.BALA_MAX_DOCUMENT_MB * 1024 * 1024:
        raise DocumentTooLarge
    draft = read_bytes(data, filename=filename)
    review = fresh_review(draft)
    document = ConceptDocument(
        filename=filename[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        language=draft.language,
        source_lines=list(draft.source_lines),
        uploaded_by=account,
    )
    if campaign is not None:
        _attach(account, document, campaign, review)
    document.draft = stored(review)
    document.save()
    return document


@transaction.atomic
def attach_concept(*, account: Account, document: ConceptDocument, campaign: Campaign) -> None:
    """Make a draft the next version of a campaign; raises AlreadyPublished or Forbidden."""
    locked = lock_draft(document)
    review = review_of(locked)
    _attach(account, locked, campaign, review)
    locked.draft = stored(review)
    locked.save()


def _attach(
    account: Account | None, document: ConceptDocument, campaign: Campaign, review: Review
) -> None:
    if not may_coordinate(account, campaign):
        raise Forbidden(_("Only the campaign's coordinator may do this."))
    # The campaign's row stands for its list of versions: two uploads get different numbers.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    last = campaign.concepts.aggregate(last=Max("version"))["last"] or 0
    document.campaign, document.version = campaign, last + 1
    carry_known_texts(review, campaign)


def lock_draft(document: ConceptDocument) -> ConceptDocument:
    """Return the document's row, locked until the transaction ends, or raise AlreadyPublished."""
    locked = ConceptDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if locked.status != ConceptStatus.DRAFT:
        raise AlreadyPublished
    return locked


@transaction.atomic
def discard_concept(*, document: ConceptDocument) -> None:
    """Put a draft aside: it stays on record and can no longer be published."""
    locked = lock_draft(document)
    locked.status = ConceptStatus.DISCARDED
    locked.save(update_fields=["status"])


@transaction.atomic
def publish_concept(
    *,
    account: Account | None,
    document: ConceptDocument,
    slug: str = "",
    public: bool = True,
) -> Campaign:
    """Make a new campaign of a reviewed draft, with its blocks, activities and the year's regions.

    Plans are due two days before the start, returns seven days after the end; both can be changed.
    With `public` everybody sees the campaign at once. `slug` is made from the title when empty.
    The person who publishes coordinates the campaign. Raises NotReady with all that is missing,
    AlreadyPublished, SlugTaken.
    """
    locked = lock_draft(document)
    if locked.campaign_id is not None:
        raise AlreadyPublished
    review = review_of(locked)
    period = checked_period(review)
    if slug and Campaign.objects.filter(slug=slug).exists():
        raise SlugTaken
    campaign = Campaign(
        slug=slug or free_slug(_own(review.titles, locked.language), period.starts_on.year),
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        plans_due_on=period.starts_on - PLANS_BEFORE,
        returns_due_on=period.ends_on + RETURNS_AFTER,
        status=CampaignStatus.PUBLISHED if public else CampaignStatus.DRAFT,
    )
    write_campaign_texts(campaign, review)
    campaign.save()
    set_regions(campaign)
    for block in review.blocks:
        _make_block(campaign, block, locked.language)
    locked.campaign, locked.version = campaign, 1
    seal(locked)
    if account is not None:
        found_campaign_rights(
            account=account, campaign_slug=campaign.slug, reason=f"concept {locked.public_id}"
        )
    take_back_all()
    return campaign


def checked_period(review: Review) -> Period:
    """Return the period of a draft that can be published, or raise NotReady."""
    faults = faults_of(review)
    if faults or review.starts_on is None or review.ends_on is None:
        raise NotReady([str(fault.message) for fault in faults])
    return Period(review.starts_on, review.ends_on)


def seal(document: ConceptDocument) -> None:
    """Note that a document has become its campaign's present concept."""
    document.status = ConceptStatus.PUBLISHED
    document.published_at = clock.now()
    document.save()


def write_campaign_texts(campaign: Campaign, review: Review) -> None:
    """Write the draft's texts about the whole campaign onto it, without saving."""
    set_all(campaign, "title", review.titles)
    set_all(campaign, "purpose", review.purposes)
    set_all(campaign, "places", review.places)
    set_all(campaign, "participants", review.participants)


def write_block(block: Block, draft: ReviewBlock) -> None:
    """Write a block of the draft onto its row, without saving."""
    block.number = draft.number
    set_all(block, "title", draft.titles)
    set_all(block, "goal", draft.goals)


def write_line(activity: Activity, draft: ReviewLine, *, number: int, language: str) -> None:
    """Write a line of the draft onto its row, without saving."""
    activity.number = number
    activity.text = draft.text
    activity.text_language = language
    activity.name = draft.name
    set_all(activity, "title", draft.titles)
    activity.kind = draft.kind
    activity.level = draft.level
    activity.formats = list(draft.formats)
    activity.starts_on, activity.ends_on = draft.starts_on, draft.ends_on
    activity.min_age, activity.max_age = draft.min_age, draft.max_age


def _make_block(campaign: Campaign, draft: ReviewBlock, language: str) -> None:
    block = Block(campaign=campaign)
    write_block(block, draft)
    block.save()
    activities = []
    for number, line in enumerate(draft.lines, start=1):
        activity = Activity(campaign=campaign, block=block)
        write_line(activity, line, number=number, language=language)
        activities.append(activity)
    Activity.objects.bulk_create(activities)
    for activity, line in zip(activities, draft.lines, strict=True):
        if line.stages:
            write_stages(activity, line.stages)


def _own(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(filter(None, texts.values()), "")

"""Who may bring a concept in: coordinators, and each for the campaigns that the right covers."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, NotHere
from bala.people.enums import Role
from bala.people.models import Account
from bala.people.queries import rights_of
from bala.programme.access.campaigns import Person, campaign_at_work, reach_of
from bala.programme.enums import ConceptStatus
from bala.programme.models import Activity, Block, Campaign, ConceptDocument


def importer(account: Person) -> Account:
    """Return the account of a person who may bring concepts in, or raise Forbidden."""
    if not isinstance(account, Account) or not rights_of(account).has(Role.COORDINATOR):
        raise Forbidden(_("Only a coordinator brings concepts in."))
    return account


def coordinated_campaigns(account: Person) -> QuerySet[Campaign]:
    """Return the campaigns that a person coordinates, the latest first."""
    slugs = _coordinated_slugs(account)
    return Campaign.objects.all() if "" in slugs else Campaign.objects.filter(slug__in=slugs)


def readable_documents(account: Person) -> QuerySet[ConceptDocument]:
    """Return the documents that a coordinator may see: own ones and those of own campaigns.

    A coordinator of every campaign sees all of them, those that the command brought in too.
    """
    person = importer(account)
    documents = ConceptDocument.objects.select_related("campaign", "uploaded_by")
    slugs = _coordinated_slugs(person)
    if "" in slugs:
        return documents
    return documents.filter(Q(campaign__slug__in=slugs) | Q(campaign=None, uploaded_by=person))


def readable_document(account: Person, public_id: str) -> ConceptDocument:
    """Return a document that the person may see, or raise Forbidden or NotHere."""
    found = readable_documents(account).filter(public_id=public_id).first()
    if found is None:
        raise NotHere(_("There is no such document."))
    return found


def draft_document(account: Person, public_id: str) -> ConceptDocument:
    """Return a document whose draft the person may still change, or raise."""
    document = readable_document(account, public_id)
    if document.status != ConceptStatus.DRAFT:
        raise Forbidden(_("This document is no longer under review and cannot be changed."))
    return document


def version_draft(account: Person, public_id: str) -> ConceptDocument:
    """Return a draft of a next version of a campaign, or raise."""
    document = draft_document(account, public_id)
    if document.campaign is None:
        raise NotHere(_("This document is not a version of a campaign."))
    return document


def worded_campaign(account: Person, slug: str) -> Campaign:
    """Return a campaign whose texts the person may write (coordinator, editor), or raise."""
    reach = campaign_at_work(account, slug)
    if not (reach.is_coordinator or reach.is_editor):
        raise Forbidden(_("Texts of the campaign are written by its coordinator and editors."))
    return reach.campaign


def worded_piece(account: Person, slug: str, public_id: str) -> Block | Activity:
    """Return a block or an activity of a campaign whose texts the person may write, or raise."""
    campaign = worded_campaign(account, slug)
    found: Block | Activity | None = (
        campaign.activities.select_related("block", "campaign").filter(public_id=public_id).first()
    )
    found = found or campaign.blocks.select_related("campaign").filter(public_id=public_id).first()
    if found is None:
        raise NotHere(_("There is no such line."))
    return found


def may_coordinate(account: Account | None, campaign: Campaign) -> bool:
    """Whether an account coordinates a campaign; None stands for the command line, which may."""
    return account is None or reach_of(account, campaign).is_coordinator


def _coordinated_slugs(account: Person) -> set[str]:
    scopes = rights_of(account).scopes.get(Role.COORDINATOR, ())
    return {scope.campaign_slug for scope in scopes}

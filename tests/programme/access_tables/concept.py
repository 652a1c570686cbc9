"""Who gets what at the addresses of the room."""

from typing import Any

from bala.programme.actions.concept import import_concept
from bala.programme.models import ConceptDocument
from bala.programme.queries.drafts import review_of
from tests.access import Row, Statuses, only
from tests.programme.concepts import TEXT
from tests.world import Persona, World

COORDINATOR = Persona.COORDINATOR
AT_WORK = (
    Persona.COORDINATOR,
    Persona.ORGANISER,
    Persona.OTHER_ORGANISER,
    Persona.HOST,
    Persona.OTHER_HOST,
    Persona.EDITOR,
)


def document(world: World) -> ConceptDocument:
    """The coordinator's draft of a next version of the campaign, one for each world."""
    found = ConceptDocument.objects.filter(campaign=world.campaign).first()
    return found or import_concept(
        account=world.people[COORDINATOR],
        filename="concept.txt",
        data=TEXT.encode(),
        campaign=world.campaign,
    )


def of_document(world: World) -> dict[str, Any]:
    return {"public_id": document(world).public_id}


def of_block(world: World) -> dict[str, Any]:
    draft = document(world)
    return {"public_id": draft.public_id, "key": review_of(draft).blocks[0].key}


def of_line(world: World) -> dict[str, Any]:
    draft = document(world)
    return {"public_id": draft.public_id, "key": review_of(draft).blocks[0].lines[0].key}


def of_campaign(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def coordinator(status: int = 200) -> Statuses:
    return only(COORDINATOR, status=status)


ACCESS: dict[str, Row] = {
    "programme:concepts": Row(coordinator()),
    "programme:concept_upload": Row(coordinator()),
    "programme:concept_review": Row(coordinator(), of_document),
    "programme:concept_publish": Row(coordinator(), of_document),
    "programme:concept_attach": Row(coordinator(302), of_document, method="post"),
    "programme:concept_discard": Row(coordinator(), of_document),
    "programme:concept_front": Row(coordinator(), of_document),
    "programme:concept_block_add": Row(coordinator(), of_document),
    "programme:concept_block": Row(coordinator(), of_block),
    "programme:concept_line_add": Row(coordinator(), of_block),
    "programme:concept_block_delete": Row(coordinator(), of_block),
    "programme:concept_line": Row(coordinator(), of_line),
    "programme:concept_split": Row(coordinator(), of_line),
    "programme:concept_stages": Row(coordinator(), of_line),
    "programme:concept_pair": Row(coordinator(), of_line),
    "programme:concept_merge": Row(coordinator(302), of_line, method="post"),
    "programme:concept_move": Row(coordinator(302), of_line, method="post"),
    "programme:concept_line_delete": Row(coordinator(), of_line),
    "programme:campaign_edit": Row(only(*AT_WORK), of_campaign),
    "programme:campaign_status": Row(coordinator(302), of_campaign, method="post"),
    "programme:campaign_texts": Row(only(COORDINATOR, Persona.EDITOR), of_campaign),
    "programme:campaign_text": Row(
        only(COORDINATOR, Persona.EDITOR),
        lambda world: {**of_campaign(world), "public_id": world.activity.public_id},
    ),
    "programme:campaign_activity": Row(
        coordinator(), lambda world: {**of_campaign(world), "public_id": world.activity.public_id}
    ),
    "programme:campaign_stages": Row(
        coordinator(), lambda world: {**of_campaign(world), "public_id": world.activity.public_id}
    ),
    "programme:campaign_carry": Row(coordinator(), of_campaign, query="?year=2022"),
    "programme:not_applicable": Row(
        only(COORDINATOR, Persona.ORGANISER),
        lambda world: {**of_campaign(world), "iso": world.region.iso_code},
    ),
}

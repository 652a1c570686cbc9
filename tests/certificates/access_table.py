"""Who gets what at the addresses of the room."""

from typing import Any

from bala.certificates.access import IssuingPlace, office_of
from bala.certificates.actions import Award, Occasion, Recipient, issue_many
from bala.certificates.actions.batches import confirm_list, issue_list, keep_list
from bala.certificates.actions.keys import public_keys
from bala.certificates.actions.prints import ask_for_print, make_print
from bala.certificates.enums import DesignState, Kind, PrintFormat
from bala.certificates.models import Batch, Design
from bala.certificates.queries.recipients import rows_of_text
from bala.kernel import clock
from tests.access import SIGN_IN, Row, everyone, only
from tests.certificates.factories import make_certificate, make_design
from tests.people.factories import make_consents
from tests.world import Persona, World

FAMILY = (Persona.GUARDIAN, Persona.CHILD)
OFFICE = (
    Persona.COORDINATOR,
    Persona.ORGANISER,
    Persona.OTHER_ORGANISER,
    Persona.HOST,
    Persona.OTHER_HOST,
)
#: What the world's host issued: its organiser and the coordinator see it, the other region does not.
NEAR = (Persona.COORDINATOR, Persona.ORGANISER, Persona.HOST)
FAR = {Persona.OTHER_ORGANISER: 404, Persona.OTHER_HOST: 404}


def of_the_child(world: World) -> dict[str, Any]:
    """A diploma of the world's child."""
    make_consents(world.child)
    design = make_design(campaign_slug=world.campaign.slug)
    one = make_certificate(design, recipient=Recipient.of_child(world.child))
    return {"public_id": one.public_id}


def code(world: World) -> dict[str, Any]:
    return {"code": of_the_child(world)["public_id"]}


def slug(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def of_the_house(world: World) -> dict[str, Any]:
    """A diploma that the world's host issued."""
    made = issue_many(
        by=world.people[Persona.HOST],
        design=make_design(campaign_slug=world.campaign.slug),
        occasion=Occasion(ru="Эстафета"),
        awards=[Award(Recipient.named("Ержан Оспанов"))],
        region=world.region,
        organisation=world.organisation,
    ).made[0]
    return {**slug(world), "public_id": made.public_id}


def house_design(world: World, **fields: Any) -> Design:
    return make_design(
        campaign_slug=world.campaign.slug,
        region=world.region,
        organisation=world.organisation,
        **fields,
    )


def draft(world: World) -> dict[str, Any]:
    """A draft of the world's host."""
    made = house_design(world, state=DesignState.DRAFT)
    return {**slug(world), "public_id": made.public_id}


def poster(world: World) -> dict[str, Any]:
    return {**slug(world), "public_id": house_design(world, kind=Kind.POSTER).public_id}


def list_of(world: World) -> Batch:
    office = office_of(world.people[Persona.HOST], world.campaign.slug)
    return keep_list(
        office=office,
        place=IssuingPlace(world.region, world.organisation),
        design=house_design(world),
        occasion=Occasion(ru="Эстафета"),
        issued_on=clock.today(),
        rows=rows_of_text("Ержан Оспанов"),
    )


def waiting(world: World) -> dict[str, Any]:
    """A list that waits to be confirmed."""
    return {**slug(world), "public_id": list_of(world).public_id}


def issued(world: World) -> Batch:
    batch = list_of(world)
    confirm_list(batch=batch)
    return issue_list(batch.pk)


def done(world: World) -> dict[str, Any]:
    return {**slug(world), "public_id": issued(world).public_id}


def printed(world: World) -> dict[str, Any]:
    batch = issued(world)
    run = ask_for_print(by=world.people[Persona.HOST], batch=batch, file_format=PrintFormat.PDF)
    make_print(run.pk)
    return {**slug(world), "public_id": batch.public_id, "name": run.public_id}


def near(status: int = 200) -> dict[Persona, int]:
    return {**only(*NEAR, status=status), **FAR}


ACCESS: dict[str, Row] = {
    "certificates:check": Row(everyone()),
    "certificates:verify": Row(everyone(), code),
    "certificates:family": Row({**everyone(), Persona.VISITOR: SIGN_IN}),
    "certificates:family_pdf": Row(only(*FAMILY, refused=404), of_the_child),
    "certificates:family_picture": Row(only(*FAMILY, refused=404), of_the_child),
    "certificates:family_badge": Row(only(*FAMILY, refused=404), of_the_child),
    "certificates:family_badge_picture": Row(only(*FAMILY, refused=404), of_the_child),
    "badges:jwks": Row(everyone()),
    "badges:issuer": Row(everyone()),
    "badges:key": Row(everyone(), lambda _world: {"kid": public_keys()[0]["kid"]}),
    "badges:achievement": Row(
        everyone(), lambda w: {"public_id": make_design(campaign_slug=w.campaign.slug).public_id}
    ),
    "badges:status": Row(everyone(), lambda _world: {"number": 0}),
    "certificates:certificates": Row(only(*OFFICE), slug),
    "certificates:issue": Row(only(*OFFICE), slug),
    "certificates:certificate": Row(near(), of_the_house),
    "certificates:certificate_pdf": Row(near(), of_the_house),
    "certificates:revoke": Row(near(), of_the_house),
    "certificates:list_add": Row(only(*OFFICE), slug),
    "certificates:list": Row(near(), waiting),
    "certificates:list_confirm": Row(near(302), waiting, method="post"),
    "certificates:list_discard": Row(near(302), waiting, method="post"),
    "certificates:list_print": Row(
        near(302), done, method="post", data=lambda _world: {"format": "pdf"}
    ),
    "certificates:list_file": Row(near(), printed),
    "certificates:designs": Row(only(*OFFICE), slug),
    "certificates:design_add": Row(only(*OFFICE), slug),
    "certificates:design_preview": Row(
        only(*OFFICE), slug, method="post", data=lambda _world: {"kind": "diploma"}
    ),
    "certificates:design": Row(near(), draft),
    "certificates:design_picture": Row(near(), draft),
    "certificates:design_approve": Row(
        {**near(302), Persona.HOST: 403},
        draft,
        method="post",
        data=lambda _world: {"revision": "1"},
    ),
    "certificates:design_copy": Row(near(302), draft, method="post"),
    # The first who may deletes the draft; whoever comes later finds nothing.
    "certificates:design_retire": Row(
        {**near(302)}, lambda w: {**slug(w), "public_id": house_design(w).public_id}, method="post"
    ),
    "certificates:poster": Row(near(), poster),
}

"""Who gets what at the addresses of the room."""

from typing import Any

from bala.territory.models import ListImport, SanitaryLimit
from tests.access import Row, only
from tests.territory.factories import make_district
from tests.world import Persona, World

P = Persona
STAFF = (P.COORDINATOR, P.ORGANISER, P.OTHER_ORGANISER, P.HOST, P.OTHER_HOST, P.EDITOR)


def slug(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def row(world: World) -> dict[str, Any]:
    return {"public_id": world.plan_item.public_id}


def row_of_campaign(world: World) -> dict[str, Any]:
    return {**slug(world), **row(world)}


def activity(world: World) -> dict[str, Any]:
    return {**slug(world), "public_id": world.activity.public_id}


def block(world: World) -> dict[str, Any]:
    return {**slug(world), "number": world.activity.block.number}


def region(world: World) -> dict[str, Any]:
    return {**slug(world), "iso_code": world.region.iso_code}


def decree(world: World) -> dict[str, Any]:
    return {**slug(world), "day": "2021-05-27"}


def limit(world: World) -> dict[str, Any]:
    return {**slug(world), "pk": SanitaryLimit.objects.order_by("pk")[0].pk}


def house(world: World) -> dict[str, Any]:
    return {"public_id": world.organisation.public_id}


def district(world: World) -> dict[str, Any]:
    return {"pk": make_district(world.region).pk}


def kept_list(world: World) -> dict[str, Any]:
    kept = ListImport.objects.create(
        subject="districts",
        filename="list.csv",
        rows=[["region", "code", "name_ru"], ["KZ-75", "751000", "Медеуский район"]],
        owner=world.people[P.ORGANISER].public_id,
    )
    return {"public_id": kept.public_id}


LOOKERS = (P.COORDINATOR, P.ORGANISER, P.OTHER_ORGANISER)
HOSTS = (P.HOST, P.OTHER_HOST)

ACCESS: dict[str, Row] = {
    "programme:hosting": Row(only(*HOSTS), slug),
    "programme:hosting_print": Row(only(*HOSTS), slug),
    "programme:hosting_adopt": Row(only(*HOSTS), slug),
    "programme:hosting_adopt_activity": Row(only(*HOSTS), activity),
    "programme:hosting_adopt_block": Row(only(*HOSTS), block),
    "programme:hosting_row": Row(only(P.HOST), row_of_campaign),
    # The approved row is no longer the host's to withdraw: 400 says so.
    "programme:hosting_withdraw": Row(
        only(P.HOST, status=400),
        row_of_campaign,
        method="post",
        data=lambda _world: {"withdraw-revision": 1, "withdraw-reason": "Занято"},
    ),
    "programme:proposals": Row(only(P.COORDINATOR, P.ORGANISER, P.OTHER_ORGANISER), slug),
    # The row is approved already: 400 to those who may decide.
    "programme:proposal_decide": Row(
        only(P.COORDINATOR, P.ORGANISER, status=400),
        row,
        method="post",
        data=lambda _world: {"decision": "approve", "revision": 1},
    ),
    "programme:result": Row(only(P.COORDINATOR, P.ORGANISER, P.HOST), row),
    # No result has been entered: 400 to those who may take one back.
    "programme:result_back": Row(
        only(P.COORDINATOR, P.ORGANISER, status=400),
        row,
        method="post",
        data=lambda _world: {"revision": 1},
    ),
    "programme:deadlines": Row(only(*STAFF), slug),
    "programme:deadlines_set": Row(
        only(P.COORDINATOR, status=302),
        slug,
        method="post",
        data=lambda _world: {"revision": 1, "plans_due_on": "2021-05-18"},
    ),
    "programme:deadlines_write": Row(only(P.COORDINATOR), region),
    "programme:sanitary": Row(only(*STAFF), slug),
    "programme:sanitary_misfits": Row(only(*STAFF), slug),
    "programme:sanitary_decree": Row(only(P.COORDINATOR), slug),
    "programme:sanitary_decree_edit": Row(only(P.COORDINATOR), decree),
    "programme:sanitary_import": Row(only(P.COORDINATOR), slug),
    "programme:sanitary_limit_add": Row(only(P.COORDINATOR), slug),
    "programme:sanitary_limit": Row(only(P.COORDINATOR), limit),
    "programme:organisations": Row(only(*LOOKERS)),
    "programme:organisation_add": Row(only(*LOOKERS)),
    "programme:organisation_edit": Row(only(P.COORDINATOR, P.ORGANISER), house),
    "programme:districts": Row(only(*LOOKERS)),
    "programme:district_add": Row(only(*LOOKERS)),
    "programme:district_edit": Row(only(P.COORDINATOR, P.ORGANISER), district),
    "programme:organisation_import": Row(only(*LOOKERS)),
    "programme:district_import": Row(only(*LOOKERS)),
    # A list is there for whoever has sent it, and for nobody else.
    "programme:organisation_import_preview": Row(
        {**only(P.ORGANISER), P.COORDINATOR: 404, P.OTHER_ORGANISER: 404}, kept_list
    ),
    "programme:organisation_import_confirm": Row(
        {**only(P.ORGANISER, status=302), P.COORDINATOR: 404, P.OTHER_ORGANISER: 404},
        kept_list,
        method="post",
    ),
}

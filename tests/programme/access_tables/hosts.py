"""Who gets what at the addresses of the room."""

from typing import Any

from tests.access import Row, only
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
}

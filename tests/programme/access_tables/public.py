"""Who gets what at the addresses of the room."""

from tests.access import Row, everyone
from tests.world import World

Kwargs = dict[str, object]


def _slug(world: World) -> Kwargs:
    return {"slug": world.campaign.slug}


def _item(world: World) -> Kwargs:
    return {"slug": world.campaign.slug, "public_id": world.plan_item.public_id}


ACCESS: dict[str, Row] = {
    "programme:programme": Row(everyone(), _slug),
    "programme:block": Row(
        everyone(), lambda w: {"slug": w.campaign.slug, "number": w.activity.block.number}
    ),
    "programme:activity": Row(
        everyone(), lambda w: {"slug": w.campaign.slug, "public_id": w.activity.public_id}
    ),
    "programme:item": Row(everyone(), _item),
    "programme:item_calendar": Row(everyone(), _item),
}

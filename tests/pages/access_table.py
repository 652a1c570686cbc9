"""Who gets what at the addresses of the room."""

from typing import Any

from tests.access import Row, everyone
from tests.world import Persona, World


def _slug(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def _region(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug, "iso_code": world.region.iso_code}


def _block(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug, "number": world.activity.block.number}


ACCESS: dict[str, Row] = {
    "root": Row(everyone(302)),
    "theme": Row(everyone(302), method="post"),
    "health": Row(everyone()),
    "proof": Row(everyone()),
    "choose_region": Row(everyone(302), method="post"),
    "robots": Row(everyone()),
    "sitemap": Row(everyone()),
    "sitemap_section": Row(everyone(), lambda _world: {"section": "pages"}),
    "pages:home": Row(everyone()),
    "pages:search": Row(everyone(), query="?q=x"),
    "pages:helplines": Row(everyone()),
    "pages:about": Row(everyone()),
    "pages:privacy": Row(everyone()),
    "pages:privacy_children": Row(everyone()),
    "pages:canary": Row(everyone()),
    "pages:manifest": Row(everyone()),
    "pages:regions": Row(everyone(), _slug),
    "pages:region": Row(everyone(), _region),
    "pages:day": Row(everyone(), lambda w: {"slug": w.campaign.slug, "day": "2021-05-28"}),
    "pages:calendar": Row(everyone(), _slug),
    "pages:campaign_calendar": Row(everyone(), _slug),
    "pages:campaign_news": Row(everyone(), _slug),
    "pages:region_calendar": Row(everyone(), _region),
    "pages:region_news": Row(everyone(), _region),
    "pages:block_calendar": Row(everyone(), _block),
    "pages:region_block_calendar": Row(everyone(), lambda w: {**_region(w), **_block(w)}),
    "pages:styleguide": Row(everyone()),
    "pages:console": Row({**everyone(), Persona.VISITOR: 302}),
}

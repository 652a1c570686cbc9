"""Who gets what at the addresses of the room."""

from typing import Any

from bala.returns.actions.reports import make_report
from bala.returns.models import RegionalReturn, ReportRun
from tests.access import Row, everyone, only
from tests.world import Persona, World

READERS = (Persona.COORDINATOR, Persona.ORGANISER, Persona.EDITOR)
ALL_READERS = (*READERS, Persona.OTHER_ORGANISER)


def _slug(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug}


def _return(world: World) -> dict[str, Any]:
    RegionalReturn.objects.get_or_create(campaign=world.campaign, region=world.region)
    return {"slug": world.campaign.slug, "iso": world.region.iso_code}


def _region(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug, "iso": world.region.iso_code}


def _report(world: World) -> dict[str, Any]:
    run = ReportRun.objects.create(
        campaign=world.campaign, region=world.region, language="ru", format="xlsx"
    )
    return {"slug": world.campaign.slug, "public_id": make_report(run_id=run.pk).public_id}


def _key(key: str) -> Any:
    return lambda world: {"slug": world.campaign.slug, "key": key}


def _file(name: str) -> Any:
    return lambda world: {"slug": world.campaign.slug, "name": name}


ACCESS: dict[str, Row] = {
    "returns:overview": Row(only(*ALL_READERS), _slug),
    "returns:show": Row(only(*READERS), _return),
    "returns:edit": Row(only(Persona.ORGANISER), _region),
    # An answer of 302 to the organiser leads back to the return with a message.
    "returns:submit": Row(only(Persona.ORGANISER, status=302), _return, method="post"),
    "returns:decide": Row(only(Persona.COORDINATOR, status=302), _return, method="post"),
    "returns:nudge": Row(only(Persona.COORDINATOR, status=302), _region, method="post"),
    "returns:reports": Row(only(*ALL_READERS), _slug),
    "returns:report_compare": Row(only(*ALL_READERS), _slug),
    "returns:report": Row(only(*READERS), _report),
    "returns:report_download": Row(only(*READERS), _report),
    "returns:figure": Row(only(*READERS), _key("KZ-75.events")),
    "returns:open_data": Row(everyone(), _slug),
    "returns:open_data_csv": Row(everyone(), _file("programme")),
    "returns:open_data_json": Row(everyone(), _file("coverage")),
}

"""Who gets what at the addresses of the room."""

from typing import Any

from bala.programme.models import PlanImport
from tests.access import Row, only
from tests.world import Persona, World

P = Persona
READERS = (P.COORDINATOR, P.EDITOR, P.ORGANISER)
WRITERS = (P.COORDINATOR, P.ORGANISER)


def _region(world: World) -> dict[str, Any]:
    return {"slug": world.campaign.slug, "iso_code": world.region.iso_code}


def _row(world: World) -> dict[str, Any]:
    return {"public_id": world.plan_item.public_id}


def _import(world: World) -> dict[str, Any]:
    kept = PlanImport.objects.create(
        campaign=world.campaign,
        region=world.region,
        filename="plan.csv",
        data=b"x",
        table={"columns": [], "rows": []},
    )
    return {**_region(world), "public_id": kept.public_id}


ACCESS: dict[str, Row] = {
    "programme:plans": Row(
        only(P.COORDINATOR, P.EDITOR, P.ORGANISER, P.OTHER_ORGANISER),
        lambda w: {"slug": w.campaign.slug},
    ),
    "programme:plan_region": Row(only(*READERS), _region),
    "programme:plan_export": Row(only(*READERS), lambda w: {**_region(w), "form": "csv"}),
    "programme:plan_organisations": Row(only(*READERS), _region),
    "programme:plan_add": Row(only(*WRITERS), _region),
    "programme:plan_bulk": Row(only(*READERS, status=302), _region, method="post"),
    "programme:plan_carry": Row(only(*READERS), _region),
    "programme:plan_paste": Row(only(*READERS, status=400), _region, method="post"),
    "programme:plan_import": Row(only(*WRITERS), _region),
    "programme:plan_import_preview": Row(only(*WRITERS), _import),
    "programme:plan_import_file": Row(only(*WRITERS), _import),
    "programme:plan_import_confirm": Row(only(*WRITERS, status=302), _import, method="post"),
    "programme:plan_import_discard": Row(only(*WRITERS, status=302), _import, method="post"),
    "programme:plan_item": Row(only(*READERS, P.HOST), _row),
    "programme:plan_row": Row(only(*READERS, P.HOST), _row),
    "programme:plan_copy": Row(only(*WRITERS, P.HOST), _row),
    "programme:plan_status": Row(only(*WRITERS, P.HOST), _row),
    "programme:plan_delete": Row(only(*WRITERS, P.HOST), _row),
}

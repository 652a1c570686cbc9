"""The national size: 20 regions, 500,000 rows of plans, outcomes standing for 20 million registrations.

Rows go in by COPY with triggers and foreign keys asleep; the tallies are then built from the rows.
"""

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, models

BLOCKS = (5, 4, 3, 5, 7, 4, 3, 6)
PLAN_ITEMS = 500_000
REGISTRATIONS = 20_000_000
SCHOOLS = 8_000
DISTRICTS = 200
SLUG = "bakytty-bala-2022"
TODAY = date(2022, 6, 1)
_FIRST, _LAST = date(2022, 5, 20), date(2022, 6, 20)
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def seed(items: int = PLAN_ITEMS, registrations: int = REGISTRATIONS) -> float:
    """Fill the database unless it is filled; return the seconds that it took, 0 if it was."""
    from bala.programme.models import Campaign
    from bala.territory.actions import load_reference_data

    if Campaign.objects.filter(slug=SLUG).exists():
        return 0.0
    started = time.perf_counter()
    load_reference_data()
    campaign = _campaign()
    regions = list(campaign.regions.order_by("iso_code"))
    chance = random.Random(2022)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    districts = _districts(regions)
    schools = _schools(regions, districts, chance)
    _plan_items(campaign, regions, schools, items, chance)
    _outcomes(registrations, chance)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")
    from bala.programme.actions.coverage import rebuild_tallies

    rebuild_tallies()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return time.perf_counter() - started


def _campaign() -> Any:
    from bala.concept.enums import ActivityKind, Level
    from bala.programme.enums import CampaignStatus
    from bala.programme.models import Activity, Block, Campaign, CampaignRegion
    from bala.territory.queries import regions_of_year

    campaign = Campaign.objects.create(
        slug=SLUG,
        title_kk="Бақытты бала – бақытты ел",
        title_ru="Счастливый ребёнок – счастливая страна",
        starts_on=_FIRST,
        ends_on=_LAST,
        plans_due_on=_FIRST - timedelta(days=2),
        returns_due_on=_LAST + timedelta(days=5),
        status=CampaignStatus.PUBLISHED,
    )
    CampaignRegion.objects.bulk_create(
        CampaignRegion(campaign=campaign, region=region) for region in regions_of_year(2022)
    )
    kinds = list(ActivityKind)
    for number, lines in enumerate(BLOCKS, start=1):
        block = Block.objects.create(
            campaign=campaign,
            number=number,
            title_ru=f"Тематический блок {number}",
            title_kk=f"{number}-тақырыптық блок",
        )
        Activity.objects.bulk_create(
            Activity(
                campaign=campaign,
                block=block,
                number=line,
                title_ru=f"Мероприятие концепции {number}.{line}",
                title_kk=f"Тұжырымдама іс-шарасы {number}.{line}",
                kind=kinds[(number * 7 + line) % len(kinds)],
                level=Level.REPUBLIC if (number, line) == (4, 1) else Level.REGION,
            )
            for line in range(1, lines + 1)
        )
    return campaign


def _districts(regions: Sequence[Any]) -> list[tuple[int, int]]:
    """Return (region id, district id)."""
    from bala.kernel.sorting import kazakh_sort_key
    from bala.territory.models import District

    made = District.objects.bulk_create(
        District(
            region=regions[n % len(regions)],
            code=f"bench-{n}",
            name_kk=f"{n}-аудан",
            name_ru=f"Район {n}",
            sort_key=kazakh_sort_key(f"{n}-аудан"),
        )
        for n in range(DISTRICTS)
    )
    return [(one.region_id, one.pk) for one in made]


def _schools(
    regions: Sequence[Any], districts: list[tuple[int, int]], chance: random.Random
) -> dict[int, list[tuple[int, int]]]:
    """Return for each region id its (organisation id, district id)."""
    from bala.kernel.sorting import kazakh_sort_key
    from bala.territory.models import Organisation

    places = [chance.choice(districts) for _ in range(SCHOOLS)]
    made = Organisation.objects.bulk_create(
        (
            Organisation(
                region_id=region_id,
                district_id=district_id,
                kind="school",
                name_ru=f"Школа № {n}",
                name_kk=f"№ {n} мектеп",
                sort_key=kazakh_sort_key(f"№ {n} мектеп"),
            )
            for n, (region_id, district_id) in enumerate(places)
        ),
        batch_size=1000,
    )
    found: dict[int, list[tuple[int, int]]] = {region.pk: [] for region in regions}
    for one in made:
        found[one.region_id].append((one.pk, one.district_id or 0))
    return found


def _plan_items(
    campaign: Any,
    regions: Sequence[Any],
    schools: dict[int, list[tuple[int, int]]],
    count: int,
    chance: random.Random,
) -> None:
    from bala.programme.models import PlanItem

    activities = list(campaign.activities.order_by("block__number", "number"))
    formats = ("on_site", "on_site", "online", "hybrid")
    # Some cells stay silent, and one region is far behind: so it is in life.
    silent = {(a.pk, r.pk) for a in activities for r in regions if chance.random() < 0.04}

    def rows() -> Iterator[dict[str, Any]]:
        made = 0
        while made < count:
            activity, region = chance.choice(activities), chance.choice(regions)
            if (activity.pk, region.pk) in silent:
                continue
            made += 1
            organisation, district = chance.choice(schools[region.pk])
            start = _FIRST + timedelta(days=chance.randrange(32))
            end = start + timedelta(days=chance.choice((0, 0, 0, 0, 1, 2, 6)))
            status = _status(end, chance)
            expected = chance.randrange(20, 120)
            held = status == "held"
            came = 0 if held and chance.random() < 0.002 else expected
            yield {
                "public_id": _public_id(made),
                "campaign_id": campaign.pk,
                "activity_id": activity.pk,
                "region_id": region.pk,
                "district_id": district,
                "organisation_id": organisation,
                "title_ru": f"Праздник в школе, строка {made}",
                "title_kk": f"Мектептегі мереке, {made}-жол",
                "responsible": "Сәрсенова А. Б.",
                "starts_on": start,
                "ends_on": end,
                "format": formats[made % 4],
                "place": "Актовый зал",
                "expected_children": expected,
                "expected_adults": expected // 3,
                "status": status,
                "status_reason": "Карантин" if status == "cancelled" else "",
                "held_on": end if held else None,
                "actual_children": came if held else None,
                "actual_adults": came // 3 if held else None,
            }

    copy_rows(PlanItem, rows())


def _status(end: date, chance: random.Random) -> str:
    luck = chance.random()
    if luck < 0.02:
        return "cancelled"
    if luck < 0.05:
        return "draft"
    if end < TODAY:
        return "held" if luck < 0.99 else "approved"  # one in a hundred is late
    return "planned" if luck < 0.4 else "approved"


def _outcomes(registrations: int, chance: random.Random) -> None:
    """Write the outcomes of what was held: the children are the registrations, spread evenly."""
    from bala.programme.models import Outcome, PlanItem

    held = list(
        PlanItem.objects.filter(status="held")
        .order_by("pk")
        .values_list(
            "pk", "public_id", "campaign_id", "activity_id", "region_id", "district_id", "held_on",
            "actual_children",
        )
    )  # fmt: skip
    each = max(registrations // max(len(held), 1), 1)

    def rows() -> Iterator[dict[str, Any]]:
        made = 10_000_000
        for pk, public_id, campaign, activity, region, district, day, came in held:
            children = each if came else 0
            values = {"events": 1, "children": children, "adults": children // 3}
            if chance.random() < 0.1:
                values["media"] = chance.randrange(1, 4)
            if chance.random() < 0.05:
                values["money"] = chance.randrange(50, 900) * 1000
            for metric, value in values.items():
                made += 1
                yield {
                    "public_id": _public_id(made),
                    "campaign_id": campaign,
                    "activity_id": activity,
                    "region_id": region,
                    "district_id": district,
                    "plan_item_id": pk,
                    "metric": metric,
                    "value": value,
                    "happened_on": day,
                    "source_kind": "plan_item",
                    "source_id": public_id,
                }

    copy_rows(Outcome, rows())


def copy_rows(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """COPY rows of a model: what a row leaves out takes the field's default."""
    meta = model._meta  # noqa: SLF001 - Django's documented way to a model's fields
    fields = [f for f in meta.concrete_fields if not f.primary_key]
    columns = [str(f.column) for f in fields]
    default = {str(f.column): _plain(f) for f in fields}
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        statement = f'COPY "{meta.db_table}" ({names}) FROM STDIN'
        with cursor.cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row.get(name, default[name]) for name in columns])


def _plain(field: models.Field[Any, Any]) -> Any:
    return None if field.null else field.get_default()


def _public_id(number: int) -> str:
    letters = []
    for _ in range(16):
        number, rest = divmod(number, 27)
        letters.append(_ALPHABET[rest])
    return "".join(letters)

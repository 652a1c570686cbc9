"""Believable plans of 17 regions: some full, some with gaps, as they come in real life."""

from datetime import date, time, timedelta
from random import Random

from bala.concept.enums import Format, Level
from bala.demo.actions.country import rows_of
from bala.programme.enums import PlanStatus
from bala.programme.models import Activity, Campaign, NotApplicable, PlanItem
from bala.territory.enums import OrganisationKind
from bala.territory.models import Organisation, Region

SEED = 2021
# How much a region plans, against the others: roughly by its children.
WEIGHTS = {
    "KZ-75": 1.5, "KZ-61": 1.4, "KZ-71": 1.3, "KZ-79": 1.1, "KZ-19": 1.2, "KZ-35": 1.0,
    "KZ-31": 0.9, "KZ-63": 0.9, "KZ-15": 0.8, "KZ-43": 0.7, "KZ-55": 0.7, "KZ-39": 0.7,
    "KZ-23": 0.6, "KZ-27": 0.6, "KZ-11": 0.7, "KZ-47": 0.5, "KZ-59": 0.5,
}  # fmt: skip
# Regions that left lines of the concept without a plan: the matrix must have gaps to show.
SILENCE = {"KZ-47": 0.28, "KZ-23": 0.2, "KZ-43": 0.12, "KZ-59": 0.12, "KZ-63": 0.08}
USUAL_SILENCE = 0.03
FUNDING = (
    ("жергілікті бюджет / местный бюджет", 150_000),
    ("", 0),
    ("демеушілер / спонсоры", 80_000),
    ("талап етілмейді / не требуется", 0),
)
COMPLETION = (
    "БАҚ-та жариялау / публикация в СМИ",
    "ақпарат / информация",
    "көрме / выставка",
    "бейнематериал / видеоматериал",
)
RESPONSIBLE = (
    "А. Нұрланова, директордың орынбасары",
    "С. Ибраев, әдіскер",
    "М. Сейітқали, тәрбие ісі жөніндегі орынбасар",
    "О. Ким, методист",
    "Е. Бекова, бөлім басшысы",
)
NOT_APPLICABLE = {
    "KZ-59": ("8.2", "В районах области нет бассейнов, работающих летом."),
    "KZ-47": ("5.7", "В области нет зоопарка."),
}


def plan_everything(campaign: Campaign, organisations: list[Organisation]) -> None:
    """Write the plans of all regions: the same rows every time."""
    random = Random(SEED)
    activities = {
        f"{a.block.number}.{a.number}": a
        for a in campaign.activities.select_related("block", "campaign").filter(
            withdrawn_at__isnull=True
        )
    }
    texts: dict[str, list[dict[str, str]]] = {}
    for row in rows_of("plan-texts.csv"):
        texts.setdefault(row["line"], []).append(row)
    by_region: dict[int, list[Organisation]] = {}
    for organisation in organisations:
        by_region.setdefault(organisation.region_id, []).append(organisation)
    items: list[PlanItem] = []
    for region in campaign.regions.order_by("iso_code"):
        _say_not_applicable(region, activities)
        for line, activity in sorted(activities.items()):
            if line == NOT_APPLICABLE.get(region.iso_code, ("",))[0]:
                continue
            if random.random() < SILENCE.get(region.iso_code, USUAL_SILENCE):
                continue
            items += [
                _item(random, activity, region, random.choice(texts[line]), by_region[region.pk])
                for _copy in range(_how_many(random, region, activity))
            ]
    PlanItem.objects.bulk_create(items, batch_size=500)


def _say_not_applicable(region: Region, activities: dict[str, Activity]) -> None:
    if region.iso_code in NOT_APPLICABLE:
        line, reason = NOT_APPLICABLE[region.iso_code]
        NotApplicable.objects.create(activity=activities[line], region=region, reason=reason)


def _how_many(random: Random, region: Region, activity: Activity) -> int:
    if activity.level == Level.REPUBLIC:
        return 1
    return max(1, round(random.triangular(0.5, 7, 2) * WEIGHTS[region.iso_code]))


def _item(
    random: Random,
    activity: Activity,
    region: Region,
    text: dict[str, str],
    organisations: list[Organisation],
) -> PlanItem:
    campaign = activity.campaign
    kinds = text["organisations"].split("|")
    fitting = [o for o in organisations if o.kind in kinds] or organisations
    host = random.choice(fitting)
    first = activity.starts_on or campaign.starts_on
    last = activity.ends_on or campaign.ends_on - timedelta(days=2)
    starts_on = _weekday(random, first, last)
    long = random.random() < 0.12 and starts_on + timedelta(days=6) <= campaign.ends_on
    whole_day = long or (text["format"] == Format.ONLINE and random.random() < 0.15)
    begins = time(random.choice((10, 11, 12, 15, 16, 17)), random.choice((0, 0, 30)))
    children = int(int(text["children"]) * random.uniform(0.6, 1.5))
    funding, tenge = random.choice(FUNDING)
    return PlanItem(
        campaign=campaign,
        activity=activity,
        region=region,
        district_id=host.district_id,
        organisation=host,
        title_kk=text["title_kk"],
        title_ru=text["title_ru"],
        responsible=random.choice(RESPONSIBLE),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=random.randint(2, 6)) if long else starts_on,
        starts_at=None if whole_day else begins,
        ends_at=None if whole_day else time(begins.hour + 1, begins.minute),
        format=text["format"],
        place=_place(host, text["format"]),
        venue_kind=text["venue_kind"],
        venue_capacity=random.choice((120, 200, 300)) if text["venue_kind"] else None,
        expected_children=children,
        expected_adults=int(int(text["adults"]) * random.uniform(0.6, 1.4)),
        funding=funding,
        funding_tenge=tenge * random.randint(1, 4) or None,
        completion_form=random.choice(COMPLETION),
        status=_status(random),
    )


def _place(host: Organisation, kind: str) -> str:
    if kind == Format.ONLINE:
        return "Онлайн"
    if host.kind == OrganisationKind.STATE_BODY:
        return host.name_kk.split(", ", 1)[-1]
    return host.name_kk


def _weekday(random: Random, first: date, last: date) -> date:
    day = first + timedelta(days=random.randint(0, max((last - first).days, 0)))
    # Most things are held on working days; a Sunday stays one time out of three.
    if day.weekday() == 6 and random.random() < 0.67 and day < last:
        day += timedelta(days=1)
    return day


def _status(random: Random) -> PlanStatus:
    chance = random.random()
    if chance < 0.86:
        return PlanStatus.APPROVED
    return PlanStatus.PLANNED if chance < 0.96 else PlanStatus.DRAFT

"""What came of the demonstration's plans by a day: entered as the days pass, taken back as they return."""

from datetime import date, datetime
from random import Random

from django.db import transaction

from bala.demo.actions.plans import SEED
from bala.programme.actions.moments import moment_of_writing
from bala.programme.enums import Metric, OutcomeSource, PlanStatus
from bala.programme.models import Campaign, MediaMention, Outcome, PlanItem

CANCELLED = "Карантин шаралары күшейтілді / усилены карантинные меры"
OUTLETS = ("Егемен Қазақстан", "Казахстанская правда", "Ана тілі", "Ұлан", "Дружные ребята")


@transaction.atomic
def hold_until(campaign: Campaign, day: date) -> int:
    """Enter results of approved rows that ended before `day`; return how many were held.

    Nine of ten are entered; the others stay late, are cancelled, or had nobody.
    """
    held: list[PlanItem] = []
    cancelled: list[PlanItem] = []
    open_rows = campaign.plan_items.filter(status=PlanStatus.APPROVED, ends_on__lt=day)
    for item in open_rows.order_by("pk"):
        chance = Random(f"{SEED}-{item.pk}").random()
        if chance < 0.05:
            continue  # nobody entered a result: late
        if chance < 0.08:
            item.status, item.status_reason = PlanStatus.CANCELLED, CANCELLED
            cancelled.append(item)
            continue
        _hold(item, chance)
        held.append(item)
    PlanItem.objects.bulk_update(cancelled, ["status", "status_reason"], batch_size=500)
    PlanItem.objects.bulk_update(
        held, ["status", "held_on", "actual_children", "actual_adults"], batch_size=500
    )
    media = [m for item in held if (m := _media(item)) is not None]
    MediaMention.objects.bulk_create(media, ignore_conflicts=True)
    in_media = {mention.plan_item_id for mention in media}
    now = moment_of_writing(campaign.pk)
    Outcome.objects.bulk_create(
        [outcome for item in held for outcome in _outcomes(item, item.pk in in_media, now)],
        batch_size=1000,
    )
    return len(held)


@transaction.atomic
def take_back_from(campaign: Campaign, day: date) -> None:
    """Take back results of `day` and later, when the demonstration's clock goes back."""
    items = campaign.plan_items.filter(status=PlanStatus.HELD, held_on__gte=day)
    Outcome.objects.filter(plan_item__in=items, superseded_at__isnull=True).update(
        superseded_at=moment_of_writing(campaign.pk)
    )
    MediaMention.objects.filter(plan_item__in=items).delete()
    items.update(status=PlanStatus.APPROVED, held_on=None, actual_children=None, actual_adults=None)


def _hold(item: PlanItem, chance: float) -> None:
    random = Random(f"{SEED}+{item.pk}")
    item.status = PlanStatus.HELD
    item.held_on = item.ends_on
    nobody = chance < 0.095
    item.actual_children = 0 if nobody else round(item.expected_children * random.uniform(0.6, 1.2))
    item.actual_adults = (
        0 if nobody else max(1, round(item.expected_adults * random.uniform(0.6, 1.1)))
    )


def _media(item: PlanItem) -> MediaMention | None:
    random = Random(f"{SEED}*{item.pk}")
    if random.random() > 0.3 or not item.actual_adults:
        return None
    return MediaMention(
        plan_item=item,
        outlet=random.choice(OUTLETS),
        title=item.title_kk,
        url=f"https://news.example/{item.public_id}",
        published_on=item.held_on,
    )


def _outcomes(item: PlanItem, in_media: bool, now: datetime) -> list[Outcome]:
    figures = {
        Metric.EVENTS: 1,
        Metric.CHILDREN: item.actual_children or 0,
        Metric.ADULTS: item.actual_adults or 0,
    }
    if in_media:
        figures[Metric.MEDIA] = 1
    if item.funding_tenge:
        figures[Metric.MONEY] = int(item.funding_tenge)
    return [
        Outcome(
            campaign_id=item.campaign_id,
            activity_id=item.activity_id,
            region_id=item.region_id,
            district_id=item.district_id,
            plan_item=item,
            metric=metric,
            value=value,
            happened_on=item.held_on or item.ends_on,
            source_kind=OutcomeSource.PLAN_ITEM,
            source_id=item.public_id,
            recorded_at=now,
        )
        for metric, value in figures.items()
    ]

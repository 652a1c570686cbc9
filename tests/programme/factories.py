"""Makers of campaigns and plans for tests."""

from datetime import date
from typing import Any

from bala.concept.enums import ActivityKind, Format
from bala.programme.enums import CampaignStatus, PlanStatus
from bala.programme.models import Activity, Block, Campaign, CampaignRegion, PlanItem
from bala.territory.models import Region
from tests.territory.factories import region


def make_campaign(**fields: Any) -> Campaign:
    """Make a published campaign of 20 May to 20 June 2021 in the 17 regions of that year."""
    fields.setdefault("slug", f"bakytty-bala-{Campaign.objects.count() + 1}")
    fields.setdefault("title_ru", "Счастливый ребёнок – счастливая страна")
    fields.setdefault("title_kk", "Бақытты бала – бақытты ел")
    fields.setdefault("starts_on", date(2021, 5, 20))
    fields.setdefault("ends_on", date(2021, 6, 20))
    fields.setdefault("plans_due_on", date(2021, 5, 18))
    fields.setdefault("returns_due_on", date(2021, 6, 25))
    fields.setdefault("status", CampaignStatus.PUBLISHED)
    campaign = Campaign.objects.create(**fields)
    CampaignRegion.objects.bulk_create(
        CampaignRegion(campaign=campaign, region=one)
        for one in Region.objects.filter(exists_from__isnull=True)
    )
    return campaign


def make_block(campaign: Campaign | None = None, **fields: Any) -> Block:
    """Make a block."""
    campaign = campaign or make_campaign()
    fields.setdefault("number", campaign.blocks.count() + 1)
    fields.setdefault("title_ru", "Счастье жить в семье")
    fields.setdefault("title_kk", "Отбасында өмір сүру – бақыт")
    return Block.objects.create(campaign=campaign, **fields)


def make_activity(block: Block | None = None, **fields: Any) -> Activity:
    """Make an activity of a block."""
    block = block or make_block()
    fields.setdefault("number", block.activities.count() + 1)
    fields.setdefault("title_ru", "Семейные спортивные эстафеты")
    fields.setdefault("title_kk", "Отбасылық спорт эстафеталары")
    fields.setdefault("kind", ActivityKind.SPORT)
    return Activity.objects.create(campaign=block.campaign, block=block, **fields)


def make_plan_item(activity: Activity | None = None, **fields: Any) -> PlanItem:
    """Make an approved row of the plan of Almaty on 29 May 2021."""
    activity = activity or make_activity()
    fields.setdefault("region", region())
    fields.setdefault("title_ru", "Эстафета «Папа, мама, я»")
    fields.setdefault("starts_on", date(2021, 5, 29))
    fields.setdefault("ends_on", fields["starts_on"])
    fields.setdefault("format", Format.ON_SITE)
    fields.setdefault("status", PlanStatus.APPROVED)
    fields.setdefault("expected_children", 40)
    return PlanItem.objects.create(campaign=activity.campaign, activity=activity, **fields)

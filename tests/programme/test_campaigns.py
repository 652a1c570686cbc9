"""The campaign's own life: texts, period, deadlines, status, another year."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bala.kernel.errors import NotHere
from bala.people.models import RoleGrant
from bala.programme.actions.campaigns import (
    AlreadyCarried,
    CampaignChanged,
    CampaignDatesWrong,
    HasPlans,
    NoTitle,
    NotThisStep,
    SameYear,
    TextChanged,
    carry_campaign,
    mark_not_applicable,
    moved,
    set_activity_texts,
    set_block_texts,
    set_campaign_status,
    set_programme_texts,
    unmark_not_applicable,
    update_campaign,
    with_year,
)
from bala.programme.enums import CampaignStatus
from bala.programme.models import Campaign, NotApplicable, PlanItem
from tests.people.factories import make_account
from tests.programme.concepts import make_published, national_coordinator
from tests.programme.factories import make_activity, make_block, make_campaign, make_plan_item
from tests.territory.factories import region

pytestmark = pytest.mark.django_db


def test_texts_period_and_deadlines_are_written_together() -> None:
    campaign = make_campaign()
    update_campaign(
        campaign=campaign,
        revision=1,
        values={"title_en": "Happy child", "returns_due_on": date(2021, 7, 1)},
    )
    campaign.refresh_from_db()
    assert (campaign.title_en, campaign.returns_due_on) == ("Happy child", date(2021, 7, 1))
    assert campaign.revision == 2


def test_the_second_to_save_a_campaign_is_told() -> None:
    campaign = make_campaign()
    update_campaign(campaign=campaign, revision=1, values={"title_en": "First"})
    with pytest.raises(CampaignChanged):
        update_campaign(campaign=campaign, revision=1, values={"title_en": "Second"})
    campaign.refresh_from_db()
    assert campaign.title_en == "First"


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": date(2021, 5, 1)},
        {"plans_due_on": date(2021, 6, 21)},
        {"returns_due_on": date(2021, 5, 19)},
        {"plans_due_on": date(2021, 6, 10), "returns_due_on": date(2021, 6, 9)},
    ],
)
def test_dates_that_cannot_stand_together_are_refused(values: dict[str, Any]) -> None:
    campaign = make_campaign()
    with pytest.raises(CampaignDatesWrong):
        update_campaign(campaign=campaign, revision=1, values=values)
    assert Campaign.objects.get().revision == 1


def test_a_campaign_keeps_a_title() -> None:
    campaign = make_campaign()
    with pytest.raises(NoTitle):
        update_campaign(campaign=campaign, revision=1, values={"title_ru": "", "title_kk": ""})


def test_a_campaign_is_published_closed_and_opened_again() -> None:
    campaign = make_campaign(status=CampaignStatus.DRAFT)
    with pytest.raises(NotThisStep):
        set_campaign_status(campaign=campaign, status=CampaignStatus.CLOSED)
    for step in (CampaignStatus.PUBLISHED, CampaignStatus.CLOSED, CampaignStatus.PUBLISHED):
        set_campaign_status(campaign=campaign, status=step)
    campaign.refresh_from_db()
    assert campaign.status == CampaignStatus.PUBLISHED
    with pytest.raises(NotThisStep):
        set_campaign_status(campaign=campaign, status=CampaignStatus.DRAFT)


def test_texts_are_written_once_over_what_was_seen() -> None:
    activity = make_activity()
    seen = {"kk": activity.title_kk, "ru": activity.title_ru, "en": ""}
    set_activity_texts(activity=activity, titles={"en": "Relays"}, seen=seen)
    with pytest.raises(TextChanged):
        set_activity_texts(activity=activity, titles={"en": "Other"}, seen=seen)
    activity.refresh_from_db()
    assert activity.title_en == "Relays"
    with pytest.raises(NoTitle):
        set_activity_texts(activity=activity, titles={"kk": "", "ru": "", "en": ""})


def test_block_texts_are_written_with_their_goal() -> None:
    block = make_block()
    set_block_texts(block=block, titles={"en": "Family"}, goals={"en": "Homes"})
    block.refresh_from_db()
    assert (block.title_en, block.goal_en) == ("Family", "Homes")


def test_texts_of_a_whole_programme_are_written_by_number() -> None:
    campaign = make_published()
    written = set_programme_texts(
        campaign=campaign,
        texts={
            "campaign": {"title": {"en": "A happy day"}},
            "blocks": {"1": {"title": {"en": "Family"}}},
            "activities": {"1.2": {"title": {"en": "Concerts"}}, "9.9": {"title": {"en": "-"}}},
        },
    )
    campaign.refresh_from_db()
    assert (written, campaign.title_en) == (2, "A happy day")
    assert campaign.activities.get(block__number=1, number=2).title_en == "Concerts"


def test_an_activity_does_not_apply_in_a_region_for_a_reason() -> None:
    activity, here, account = make_activity(), region(), make_account()
    for reason in ("Нет водоёмов", "Нет открытых водоёмов"):
        mark_not_applicable(account=account, activity=activity, region=here, reason=reason)
    assert NotApplicable.objects.get().reason == "Нет открытых водоёмов"
    unmark_not_applicable(activity=activity, region=here)
    unmark_not_applicable(activity=activity, region=here)
    assert not NotApplicable.objects.exists()


def test_what_is_planned_applies() -> None:
    item = make_plan_item()
    saying: dict[str, Any] = {"account": make_account(), "region": item.region, "reason": "-"}
    with pytest.raises(HasPlans):
        mark_not_applicable(activity=item.activity, **saying)
    PlanItem.objects.update(status="cancelled", status_reason="-")
    assert mark_not_applicable(activity=item.activity, **saying).pk


def test_a_region_outside_of_the_campaign_is_refused() -> None:
    activity = make_activity()
    activity.campaign.campaign_regions.all().delete()
    with pytest.raises(NotHere):
        mark_not_applicable(account=make_account(), activity=activity, region=region(), reason="-")


def test_a_campaign_is_carried_to_another_year_without_its_plans() -> None:
    account = national_coordinator()
    campaign = make_published(account)
    make_plan_item(campaign.activities.get(block__number=1, number=1))
    copy = carry_campaign(account=account, campaign=campaign, year=2023)
    assert copy.slug == "kuanyshty-kun-2023"
    assert (copy.starts_on, copy.ends_on) == (date(2023, 5, 20), date(2023, 6, 20))
    assert (copy.plans_due_on, copy.returns_due_on) == (date(2023, 5, 18), date(2023, 6, 27))
    assert (copy.regions.count(), copy.activities.count(), copy.plan_items.count()) == (20, 5, 0)
    assert (copy.carried_from, copy.status) == (campaign, CampaignStatus.DRAFT)
    final = copy.activities.get(block__number=2, number=1)
    assert final.ends_on == date(2023, 6, 1)
    assert "2023" in final.text
    assert "2021" not in final.text
    assert RoleGrant.objects.filter(account=account, campaign_slug=copy.slug).exists()


def test_a_campaign_is_carried_to_a_year_once_and_not_to_its_own() -> None:
    campaign = make_published()
    carry_campaign(account=None, campaign=campaign, year=2022, titles={"en": "Once"})
    with pytest.raises(AlreadyCarried):
        carry_campaign(account=None, campaign=campaign, year=2022)
    with pytest.raises(SameYear):
        carry_campaign(account=None, campaign=campaign, year=2021)
    assert Campaign.objects.count() == 2


def test_the_leap_day_finds_a_place_in_every_year() -> None:
    assert moved(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert moved(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert moved(None, 1) is None


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(-9, 9))
def test_a_moved_day_stays_in_its_month_and_order(day: date, years: int) -> None:
    there = moved(day, years)
    assert there is not None
    assert (there.year, there.month) == (day.year + years, day.month)
    assert abs(there.day - day.day) <= (day.month == 2)


def test_a_year_inside_of_a_longer_number_is_left_alone() -> None:
    assert with_year("2021 год, № 120215", 2021, 2023) == "2023 год, № 120215"

"""The campaign's own life: texts, period, deadlines, status, another year."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bala.kernel.errors import NotHere
from bala.kernel.revisions import RowConflict
from bala.kernel.translated import columns
from bala.people.models import RoleGrant
from bala.programme.actions.activities import update_activity
from bala.programme.actions.campaigns import (
    AlreadyCarried,
    CampaignDatesWrong,
    NoTitle,
    NotThisStep,
    SameYear,
    carry_campaign,
    moved,
    set_campaign_status,
    set_programme_texts,
    set_texts,
    update_campaign,
    with_year,
)
from bala.programme.actions.concept_lines import AgesReversed, DatesReversed
from bala.programme.actions.not_applicable import (
    HasPlans,
    mark_not_applicable,
    unmark_not_applicable,
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


def test_the_second_to_save_a_campaign_sees_what_the_first_wrote() -> None:
    campaign = make_campaign()
    update_campaign(campaign=campaign, revision=1, values={"title_en": "First"})
    with pytest.raises(RowConflict) as told:
        update_campaign(campaign=campaign, revision=1, values={"title_en": "Second"})
    assert (told.value.fields, told.value.theirs.title_en) == (("title_en",), "First")
    campaign.refresh_from_db()
    assert campaign.title_en == "First"


def test_two_who_write_different_texts_of_a_campaign_both_keep_theirs() -> None:
    campaign = make_campaign()
    update_campaign(campaign=campaign, revision=1, values={"title_en": "Happy child"})
    whole = {"title_en": "", "purpose_en": "Children are heard."}  # the second saw no title
    update_campaign(campaign=campaign, revision=1, values=whole)
    campaign.refresh_from_db()
    assert (campaign.title_en, campaign.purpose_en) == ("Happy child", "Children are heard.")
    assert campaign.revision == 3


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
    set_texts(piece=activity, revision=1, values={"title_en": "Relays"})
    with pytest.raises(RowConflict):
        set_texts(piece=activity, revision=1, values={"title_en": "Other"})
    activity.refresh_from_db()
    assert (activity.title_en, activity.revision) == ("Relays", 2)
    with pytest.raises(NoTitle):
        set_texts(piece=activity, revision=2, values=dict.fromkeys(columns("title"), ""))


def test_block_texts_are_written_with_their_goal() -> None:
    block = make_block()
    set_texts(piece=block, revision=1, values={"title_en": "Family", "goal_en": "Homes"})
    block.refresh_from_db()
    assert (block.title_en, block.goal_en) == ("Family", "Homes")


def test_an_activity_that_stands_is_corrected_and_two_people_see_each_other() -> None:
    activity = make_activity()
    values = {"starts_on": date(2021, 6, 1), "ends_on": date(2021, 6, 3), "kind": "contest"}
    update_activity(activity=activity, revision=1, values=values)
    activity.refresh_from_db()
    assert (activity.starts_on, activity.kind, activity.revision) == (
        date(2021, 6, 1),
        "contest",
        2,
    )
    # The second saw the first revision: another field is added, the same one is shown.
    update_activity(activity=activity, revision=1, values={"min_age": 7, "kind": "sport"})
    activity.refresh_from_db()
    assert (activity.min_age, activity.kind) == (7, "contest")
    with pytest.raises(RowConflict):
        update_activity(activity=activity, revision=1, values={"kind": "showcase"})


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"starts_on": date(2021, 6, 2), "ends_on": date(2021, 6, 1)}, DatesReversed),
        ({"min_age": 12, "max_age": 7}, AgesReversed),
        ({"title_kk": "", "title_ru": ""}, NoTitle),
    ],
)
def test_an_activity_that_contradicts_itself_is_refused(
    values: dict[str, Any], error: type[Exception]
) -> None:
    activity = make_activity()
    with pytest.raises(error):
        update_activity(activity=activity, revision=1, values=values)


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
    for revision, reason in enumerate(("Нет водоёмов", "Нет открытых водоёмов")):
        mark_not_applicable(
            account=account, activity=activity, region=here, reason=reason, revision=revision
        )
    assert NotApplicable.objects.get().reason == "Нет открытых водоёмов"
    with pytest.raises(RowConflict):
        mark_not_applicable(account=account, activity=activity, region=here, reason="Иное")
    with pytest.raises(RowConflict):
        unmark_not_applicable(activity=activity, region=here, revision=1)
    for _again in range(2):
        unmark_not_applicable(activity=activity, region=here, revision=2)
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

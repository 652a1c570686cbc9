"""What the coordinator publishes or corrects is seen at once, though public pages are kept."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bala.kernel import keeping
from bala.people.enums import Role
from bala.programme.access.campaigns import reach_of
from bala.programme.actions.activities import set_stages, update_activity
from bala.programme.actions.campaigns import (
    set_campaign_status,
    set_programme_texts,
    set_texts,
    update_campaign,
)
from bala.programme.actions.concept import publish_concept
from bala.programme.actions.deadlines import set_deadlines
from bala.programme.actions.plans import update_plan_item
from bala.programme.actions.versions import publish_version
from bala.programme.enums import CampaignStatus
from bala.programme.models import Activity, Campaign
from bala.programme.queries.drafts import ReviewStage, review_of
from bala.programme.queries.versions import differences
from tests.people.factories import make_person
from tests.programme.concepts import SECOND_TEXT, make_document, make_published
from tests.programme.factories import make_plan_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def _kept_pages(settings: Any) -> Iterator[None]:
    settings.BALA_FRESH_SECONDS = 30
    yield
    caches["pages"].clear()
    keeping.forget_values()


def publish(campaign: Campaign) -> None:
    document = make_document(campaign=campaign, text=SECOND_TEXT)
    mark = differences(campaign, review_of(document)).fingerprint
    publish_version(account=None, document=document, fingerprint=mark)


def deadlines(campaign: Campaign) -> None:
    set_deadlines(
        account=make_person(Role.COORDINATOR, campaign_slug=campaign.slug),
        campaign=campaign,
        revision=1,
        plans_due_on=date(2021, 5, 19),
        returns_due_on=None,
    )


def line(campaign: Campaign) -> Activity:
    return campaign.activities.get(block__number=1, number=1)


STEPS = [ReviewStage({"kk": "", "ru": "Отбор", "en": ""})]
CHANGES: dict[str, Callable[[Campaign], Any]] = {
    "a first version": lambda _campaign: publish_concept(account=None, document=make_document()),
    "a later version": publish,
    "texts and dates": lambda one: update_campaign(
        campaign=one, revision=1, values={"title_en": "Happy", "ends_on": date(2021, 6, 21)}
    ),
    "a status": lambda one: set_campaign_status(campaign=one, status=CampaignStatus.CLOSED),
    "deadlines": deadlines,
    "titles": lambda one: set_texts(piece=line(one), revision=1, values={"title_en": "Relays"}),
    "texts of all": lambda one: set_programme_texts(
        campaign=one, texts={"activities": {"1.1": {"title": {"en": "Relays"}}}}
    ),
    "dates of an activity": lambda one: update_activity(
        activity=line(one), revision=1, values={"starts_on": date(2021, 6, 1)}
    ),
    "stages": lambda one: set_stages(activity=line(one), revision=1, stages=STEPS),
}


def taken_back(do: Callable[[], Any]) -> int:
    """Return how many times something takes back all that is kept."""
    with CaptureQueriesContext(connection) as queries:
        do()
    return sum("INSERT INTO kernel_edition" in query["sql"] for query in queries)


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_takes_back_what_is_kept_once(change: str) -> None:
    campaign = make_published()
    assert taken_back(lambda: CHANGES[change](campaign)) == 1


def test_what_changes_nothing_takes_nothing_back() -> None:
    campaign = make_published()
    activity = line(campaign)
    same = {"title_ru": activity.title_ru}
    assert taken_back(lambda: set_texts(piece=activity, revision=1, values=same)) == 0
    assert taken_back(lambda: update_activity(activity=activity, revision=1, values=same)) == 0
    assert taken_back(lambda: set_stages(activity=activity, revision=1, stages=[])) == 0


def test_rows_of_plans_show_when_the_half_minute_is_over() -> None:
    item = make_plan_item()
    account = make_person(Role.COORDINATOR, campaign_slug=item.campaign.slug)
    reach = reach_of(account, item.campaign)

    def write() -> None:
        update_plan_item(
            account=account, reach=reach, item=item, revision=1, values={"place": "Парк"}
        )

    assert taken_back(write) == 0


@pytest.mark.usefixtures("_kept_pages")
def test_a_visitor_sees_a_new_date_and_title_at_once(client: Client) -> None:
    campaign = make_published()
    activity = line(campaign)
    where = reverse("programme:activity", args=[campaign.slug, activity.public_id])
    before = client.get(where).content.decode()
    Activity.objects.filter(pk=activity.pk).update(title_ru="Мимо дверей")
    assert client.get(where).content.decode() == before  # the page is kept
    values = {"title_ru": "Семейные забеги", "starts_on": date(2021, 6, 5)}
    activity.refresh_from_db()
    update_activity(activity=activity, revision=activity.revision, values=values)
    after = client.get(where).content.decode()
    assert "Семейные забеги" in after
    assert re.search(r"5\sиюня", after)


@pytest.mark.usefixtures("_kept_pages")
def test_a_campaign_is_there_for_everybody_in_the_moment_it_is_published(client: Client) -> None:
    campaign = make_published(public=False)
    where = reverse("pages:home")
    assert str(campaign.title) not in client.get(where).content.decode()
    set_campaign_status(campaign=campaign, status=CampaignStatus.PUBLISHED)
    assert str(campaign.title) in client.get(where).content.decode()

"""Two reports beside each other: which two, unless somebody chooses."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from bala.kernel import clock
from bala.people.enums import Role
from bala.programme.models import Activity, Campaign
from bala.returns.actions.reports import make_report
from bala.returns.enums import ReportFormat
from bala.returns.models import ReportRun
from bala.territory.models import Region
from tests.people.factories import make_person
from tests.programme.factories import make_activity
from tests.returns.factories import make_result
from tests.territory.factories import region

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    """An activity that has a result."""
    made = make_activity()
    make_result(made, children=100)
    return made


def report(campaign: Campaign, hour: int, *, of: Region | None = None, language: str = "ru") -> str:
    """Make a report at an hour of 28 May and return its public id."""
    with clock.at(datetime(2021, 5, 28, hour, tzinfo=UTC)):
        run = ReportRun.objects.create(
            campaign=campaign, region=of, language=language, format=ReportFormat.XLSX
        )
        make_report(run_id=run.pk)
    return run.public_id


def page(client: Client, campaign: Campaign, query: str = "") -> tuple[list[str], str]:
    """Return which two are chosen on the page of a coordinator, and what it says."""
    client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
    answer = client.get(reverse("returns:report_compare", args=[campaign.slug]) + query)
    assert answer.status_code == 200
    return answer.context["chosen"], answer.content.decode()


def test_the_latest_is_compared_with_the_one_before_it(client: Client, activity: Activity) -> None:
    campaign = activity.campaign
    first = report(campaign, 4)
    report(campaign, 5, of=region("KZ-75"))
    make_result(activity, children=7)
    last = report(campaign, 6)
    chosen, html = page(client, campaign)
    assert chosen == [first, last]
    for one in chosen:
        assert f'value="{one}" selected' in html
    assert "100" in html
    assert "107" in html


def test_a_report_is_compared_with_its_own_kind_before_another(
    client: Client, activity: Activity
) -> None:
    campaign = activity.campaign
    russian = report(campaign, 4)
    kazakh = report(campaign, 5, language="kk")
    again = report(campaign, 6)
    assert page(client, campaign)[0] == [russian, again]
    assert page(client, campaign, f"?b={kazakh}")[0] == [russian, kazakh]
    assert page(client, campaign, f"?a={russian}&b={kazakh}")[0] == [russian, kazakh]


def test_a_report_with_none_before_it_says_so(client: Client, activity: Activity) -> None:
    campaign = activity.campaign
    alone = report(campaign, 4, of=region("KZ-75"))
    other = report(campaign, 5)
    chosen, html = page(client, campaign, f"?b={alone}")
    assert chosen == [alone]
    assert other in html
    assert "alert" in html


def test_the_page_of_a_report_leads_to_its_comparison(client: Client, activity: Activity) -> None:
    campaign = activity.campaign
    one = report(campaign, 4)
    client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
    html = client.get(reverse("returns:report", args=[campaign.slug, one])).content.decode()
    assert reverse("returns:report_compare", args=[campaign.slug]) + f"?b={one}" in html

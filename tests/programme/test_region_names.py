"""Two campaigns, one from before and one from after the capital's new name, each with its own."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bala.people.enums import Role
from bala.programme.enums import CampaignStatus
from bala.programme.models import Campaign
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.territory.factories import region

pytestmark = pytest.mark.django_db
NAMES = {2021: "Нур-Султан", 2023: "Астана"}


@pytest.fixture
def campaigns() -> dict[int, Campaign]:
    """Two published campaigns with a row in the capital."""
    made = {}
    for year in NAMES:
        activity = make_activity()
        campaign = activity.campaign
        campaign.slug, campaign.status = f"c-{year}", CampaignStatus.PUBLISHED
        campaign.starts_on, campaign.ends_on = date(year, 5, 20), date(year, 6, 20)
        campaign.save()
        make_plan_item(activity, region=region("KZ-71"))
        made[year] = campaign
    return made


def both_said(client: Client, name: str, campaigns: dict[int, Campaign], **more: Any) -> None:
    """Ask the page of both campaigns, twice in turn, in one thread: each says its own name."""
    for year in (2021, 2023, 2021):
        kwargs = {"slug": campaigns[year].slug, **more}
        body = client.get(reverse(name, kwargs=kwargs), follow=True).content.decode()
        other = NAMES[2023 if year == 2021 else 2021]
        assert NAMES[year] in body, (name, year)
        assert other not in body, (name, year)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("programme:public_coverage", {}),
        ("pages:regions", {}),
        ("pages:region", {"iso_code": "KZ-71"}),
        ("pages:calendar", {}),
    ],
)
def test_public_pages_name_the_capital_as_in_the_year(
    client: Client, campaigns: dict[int, Campaign], name: str, more: dict[str, Any]
) -> None:
    both_said(client, name, campaigns, **more)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("programme:coverage", {}),
        ("programme:plans", {}),
        ("programme:plan_region", {"iso_code": "KZ-71"}),
        ("programme:deadlines", {}),
        ("programme:sanitary", {}),
        ("returns:overview", {}),
    ],
)
def test_the_console_names_the_capital_as_in_the_year(
    client: Client, campaigns: dict[int, Campaign], name: str, more: dict[str, Any]
) -> None:
    person = make_person(Role.COORDINATOR, campaign_slug="")
    client.force_login(person)
    both_said(client, name, campaigns, **more)


def test_the_report_names_the_capital_as_in_the_year(campaigns: dict[int, Campaign]) -> None:
    from bala.returns.actions.reports import make_report
    from bala.returns.models import ReportRun

    for year, campaign in campaigns.items():
        run = ReportRun.objects.create(campaign=campaign, language="ru", format="docx")
        said = str(make_report(run_id=run.pk).content)
        assert NAMES[year] in said
        assert NAMES[2023 if year == 2021 else 2021] not in said


def test_open_data_streams_the_name_of_the_year(
    client: Client, campaigns: dict[int, Campaign]
) -> None:
    for year, campaign in campaigns.items():
        address = reverse(
            "returns:open_data_csv", kwargs={"slug": campaign.slug, "name": "regions"}
        )
        answer = client.get(address)
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        assert NAMES[year] in text


def test_choices_of_regions_stand_in_the_order_of_the_names_of_the_year(
    client: Client, campaigns: dict[int, Campaign]
) -> None:
    """Nur-Sultan stands with N; Astana stands with A, after Almaty and before Atyrau."""
    for year, place in ((2021, 11), (2023, 4)):
        campaign = campaigns[year]
        client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
        public_id = campaign.activities.get().public_id
        where = reverse("programme:coverage_write", args=[campaign.slug, public_id])
        html = client.get(where).content.decode()
        codes = re.findall(r'name="region" value="(KZ-\d\d)"', html)
        assert sorted(codes) == sorted(campaign.regions.values_list("iso_code", flat=True))
        assert codes.index("KZ-71") == place, codes

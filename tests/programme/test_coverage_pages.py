"""The pages of coverage: what they show to whom, at the same cost at any size."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from bala.kernel import clock
from bala.notify.models import Message
from bala.notify.queries.words import words_of
from bala.people.enums import Role
from bala.programme.enums import Metric, PlanStatus
from bala.programme.models import Campaign, PlanItem
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_block, make_plan_item
from tests.programme.test_coverage import hold
from tests.territory.factories import make_district, make_organisation, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def item() -> PlanItem:
    """A late row in Almaty."""
    return make_plan_item(starts_on=date(2021, 5, 25))


@pytest.fixture
def campaign(item: PlanItem) -> Campaign:
    """Its campaign."""
    return item.campaign


@pytest.fixture
def coordinator(client: Client, campaign: Campaign) -> Client:
    """The browser of a coordinator."""
    client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
    return client


def page(client: Client, name: str, *args: str, query: str = "") -> str:
    """Return the HTML of a page that opens."""
    response = client.get(reverse(f"programme:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_matrix_shows_each_cell_as_a_link(coordinator: Client, item: PlanItem) -> None:
    html = page(coordinator, "coverage", item.campaign.slug)
    cell = reverse(
        "programme:coverage_cell", args=[item.campaign.slug, item.activity.public_id, "KZ-75"]
    )
    assert f'href="{cell}"' in html
    assert html.count("state-not_planned") == 16 + 1  # and the legend
    assert "без итога: 1" in html


def test_an_organiser_sees_the_own_region_only(client: Client, campaign: Campaign) -> None:
    client.force_login(
        make_person(Role.ORGANISER, campaign_slug=campaign.slug, region=region("KZ-79"))
    )
    html = page(client, "coverage", campaign.slug)
    assert "/KZ-79/" in html
    assert "/KZ-75/" not in html
    assert "/KZ-75/" not in page(client, "coverage", campaign.slug, query="?region=KZ-75")


def test_an_organiser_of_a_district_sees_its_rows_only(client: Client, campaign: Campaign) -> None:
    district = make_district()
    make_plan_item(campaign.activities.get(), district=district, title_ru="Районная эстафета")
    client.force_login(
        make_person(Role.ORGANISER, campaign_slug=campaign.slug, region=region(), district=district)
    )
    activity = campaign.activities.get()
    html = page(client, "coverage_cell", campaign.slug, activity.public_id, "KZ-75")
    assert "Районная эстафета" in html
    assert "Папа, мама, я" not in html


def test_the_gaps_alone(coordinator: Client, campaign: Campaign) -> None:
    full = make_activity(campaign.blocks.get(), title_ru="Всюду запланировано")
    for one in campaign.regions.all():
        make_plan_item(full, region=one, starts_on=date(2021, 6, 10))
    assert "Всюду запланировано" in page(coordinator, "coverage", campaign.slug)
    assert "Всюду запланировано" not in page(
        coordinator, "coverage", campaign.slug, query="?gaps=on"
    )


@pytest.mark.parametrize(
    "query", ["?block=99", "?week=never", "?level=<x>", "?region=XX", "?page=zzz&show=none"]
)
def test_a_question_that_cannot_be_read_is_answered_in_full(
    coordinator: Client, campaign: Campaign, query: str
) -> None:
    assert "/KZ-75/" in page(coordinator, "coverage", campaign.slug, query=query)


def test_the_cell_lists_its_rows_with_what_came_of_them(
    coordinator: Client, item: PlanItem
) -> None:
    held = make_plan_item(item.activity, title_ru="Парад колясок", starts_on=date(2021, 5, 24))
    hold(held, 1234, 56)
    cancelled = make_plan_item(
        item.activity, title_ru="Заплыв", status=PlanStatus.CANCELLED, status_reason="Шторм"
    )
    address = (item.campaign.slug, item.activity.public_id, "KZ-75")
    html = page(coordinator, "coverage_cell", *address)
    assert "Парад колясок" in html
    assert "1\u202f234" in html
    assert cancelled.status_reason in html
    late = page(coordinator, "coverage_cell", *address, query="?show=late")
    assert "Парад колясок" not in late
    assert str(item.title) in late


def test_the_cell_opens_into_single_outcomes_with_their_source(
    coordinator: Client, item: PlanItem
) -> None:
    held = make_plan_item(item.activity, starts_on=date(2021, 5, 24))
    hold(held, 1234, 56)
    wrong = held.outcomes.get(metric=Metric.CHILDREN)
    wrong.superseded_at = clock.now()
    wrong.save()
    html = page(coordinator, "coverage_cell", item.campaign.slug, item.activity.public_id, "KZ-75")
    outcomes = html[html.index('id="outcomes"') :]
    assert outcomes.count("<tr") == 1 + 3
    assert outcomes.count(reverse("programme:plan_item", args=[held.public_id])) == 3
    assert "<del>1\u202f234</del>" in outcomes
    assert "<b>56</b>" in outcomes
    assert "24.05.2021" in outcomes


def test_the_outcomes_of_a_cell_come_in_pages(coordinator: Client, item: PlanItem) -> None:
    for number in range(20):
        hold(make_plan_item(item.activity, starts_on=date(2021, 5, 24)), 100 + number)
    address = (item.campaign.slug, item.activity.public_id, "KZ-75")
    where = reverse("programme:coverage_cell", args=address)
    first = coordinator.get(where)
    assert len(first.context["outcomes"].rows) == 50
    following = coordinator.get(where + first.context["next_outcomes_url"])
    seen = {one.pk for one in (*first.context["outcomes"], *following.context["outcomes"])}
    assert len(seen) == 60
    assert following.context["page"].rows == first.context["page"].rows


def test_an_activity_opens_into_its_rows_in_all_regions_within_reach(
    coordinator: Client, client: Client, item: PlanItem
) -> None:
    other = make_plan_item(item.activity, region=region("KZ-79"), title_ru="Парад колясок")
    hold(other, 7)
    address = (item.campaign.slug, item.activity.public_id)
    html = page(coordinator, "coverage_activity", *address)
    assert "Парад колясок" in html
    assert str(item.title) in html
    client.force_login(
        make_person(Role.ORGANISER, campaign_slug=item.campaign.slug, region=region("KZ-75"))
    )
    html = page(client, "coverage_activity", *address)
    assert "Парад колясок" not in html
    assert str(item.title) in html


def costs(client: Client, item: PlanItem) -> dict[str, int]:
    """Return how many queries each page takes once its first request is over."""
    counts = {}
    for name, args in (
        ("coverage", ()),
        ("coverage_cell", (item.activity.public_id, "KZ-75")),
        ("coverage_activity", (item.activity.public_id,)),
        ("public_coverage", ()),
    ):
        page(client, name, item.campaign.slug, *args)
        with CaptureQueriesContext(connection) as queries:
            page(client, name, item.campaign.slug, *args)
        counts[name] = len(queries)
    return counts


def test_pages_take_the_same_queries_at_any_size(coordinator: Client, item: PlanItem) -> None:
    def grow(number: int) -> None:
        held = make_plan_item(
            make_activity(make_block(item.campaign)),
            starts_on=date(2021, 5, 20 + number),
            organisation=make_organisation(),
            district=make_district(),
        )
        hold(held, 10)
        more = make_plan_item(
            item.activity,
            starts_on=date(2021, 5, 10 + number),
            organisation=make_organisation(),
            district=make_district(),
        )
        hold(more, number)

    grow(1)
    small = costs(coordinator, item)
    grow(2)
    grow(3)
    assert costs(coordinator, item) == small
    assert small["public_coverage"] <= 12


def test_the_workbook_has_matrix_cells_and_gaps(coordinator: Client, item: PlanItem) -> None:
    hold(make_plan_item(item.activity, region=region("KZ-79"), starts_on=date(2021, 5, 24)), 77)
    response = coordinator.get(
        reverse("programme:coverage_export", args=[item.campaign.slug, "xlsx"])
    )
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Матрица", "Клетки", "Пробелы"]
    cells = {row[3]: row for row in book["Клетки"].iter_rows(min_row=2, values_only=True)}
    assert cells["KZ-79"][5:8] == ("проведено", 1, 1)
    assert cells["KZ-79"][15] == 77
    assert book["Пробелы"].max_row == 1 + 16


def test_the_table_of_cells_as_csv(coordinator: Client, campaign: Campaign) -> None:
    address = reverse("programme:coverage_export", args=[campaign.slug, "csv"])
    response = coordinator.get(address + "?region=KZ-75")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Блок;Мероприятие;Название;Код региона")
    assert coordinator.get(address.replace(".csv", ".pdf")).status_code == 404


def test_the_public_never_learns_who_is_late(client: Client, item: PlanItem) -> None:
    nobody = make_plan_item(item.activity, region=region("KZ-79"), starts_on=date(2021, 5, 24))
    hold(nobody, 0)
    make_plan_item(item.activity, status=PlanStatus.DRAFT)
    html = page(client, "public_coverage", item.campaign.slug)
    for word in ("state-late", "state-zero", "итог", "не запланировано", "пробел"):
        assert word not in html
    assert html.count('<td class="b1"') == 17
    assert ">2</b>" in html  # rows in the public plan: the draft is not among them
    assert ">1</b>" in html


def test_a_campaign_that_is_being_prepared_is_not_public(
    client: Client, campaign: Campaign
) -> None:
    Campaign.objects.update(status="draft")
    response = client.get(reverse("programme:public_coverage", args=[campaign.slug]))
    assert response.status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_empty_campaign_says_what_comes(
    client: Client, campaign: Campaign, language: str
) -> None:
    PlanItem.objects.all().delete()
    with override(language):
        html = page(client, "public_coverage", campaign.slug)
    assert 'class="empty"' in html


def test_a_coordinator_writes_to_those_responsible_once(
    coordinator: Client, item: PlanItem
) -> None:
    slug = item.campaign.slug
    person = make_person(Role.ORGANISER, campaign_slug=slug, region=region())
    address = reverse("programme:coverage_write", args=[slug, item.activity.public_id])
    html = coordinator.get(address + "?region=KZ-75").content.decode()
    assert 'value="KZ-75" checked' in html
    assert "итог не внесён" in html
    letter = {"region": ["KZ-75"], "text": "Просим внести итог."}
    for _press in range(2):
        response = coordinator.post(address, letter)
        assert response["Location"].endswith("#gaps")
    written = Message.objects.get()
    assert written.account == person
    assert "Просим внести итог." in words_of(written).text


def test_a_letter_to_nobody_or_without_words_is_not_written(
    coordinator: Client, item: PlanItem
) -> None:
    address = reverse(
        "programme:coverage_write", args=[item.campaign.slug, item.activity.public_id]
    )
    response = coordinator.post(address, {"text": "Слова, которые жаль потерять"})
    assert response.status_code == 200
    assert "Слова, которые жаль потерять" in response.content.decode()
    response = coordinator.post(address, {"region": ["KZ-75"], "text": "  "})
    assert response.status_code == 200
    assert not Message.objects.exists()

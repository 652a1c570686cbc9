"""Organisations, districts and sanitary rules in the console: lists, files, two people at once."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bala.people.enums import Role
from bala.programme.models import Campaign
from bala.territory.models import District, SanitaryLimit
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.territory.factories import make_district, make_organisation, region

pytestmark = pytest.mark.django_db
LIST = "/ru/console/organisations/districts/"


@pytest.fixture
def campaign() -> Campaign:
    """The campaign that gives the right."""
    return make_activity().campaign


def organiser(client: Client, campaign: Campaign, code: str = "KZ-75") -> Client:
    person = make_person(Role.ORGANISER, region=region(code), campaign_slug=campaign.slug)
    client.force_login(person)
    return client


def coordinator(client: Client, campaign: Campaign) -> Client:
    client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
    return client


def district_fields(district: District, **changed: Any) -> dict[str, Any]:
    names = ("kind", "code", "name_kk", "name_ru", "name_en", "revision")
    fields = {name: getattr(district, name) for name in names} | {"is_active": "on"}
    return fields | changed


def test_the_list_is_narrowed_by_region_kind_and_words(client: Client, campaign: Campaign) -> None:
    make_district(name_ru="Ауэзовский район", kind="city_district")
    make_district(name_ru="Медеуский район", kind="district")
    make_district(region("KZ-79"), name_ru="Абайский район")
    make_district(name_ru="Старый район", is_active=False)
    coordinator(client, campaign)

    def shown(query: str) -> set[str]:
        return {one.name_ru for one in client.get(f"{LIST}?{query}").context["page"].rows}

    assert len(shown("")) == 3
    assert shown("q=ауэзов") == {"Ауэзовский район"}
    assert shown("region=KZ-79") == {"Абайский район"}
    assert shown("kind=city_district") == {"Ауэзовский район"}
    assert "Старый район" in shown("closed=on")


def test_an_organiser_sees_the_own_regions_alone(client: Client, campaign: Campaign) -> None:
    make_district()
    make_district(region("KZ-79"))
    page = organiser(client, campaign).get(LIST).context["page"]
    assert {one.region.iso_code for one in page.rows} == {"KZ-75"}


def test_the_list_goes_out_and_comes_back(client: Client, campaign: Campaign) -> None:
    district = make_district(code="751000", name_en="Medeu")
    organiser(client, campaign)
    csv = client.get(f"{LIST}?as=csv")
    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    xlsx = client.get(f"{LIST}?as=xlsx").content
    rows = list(openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets[0].values)
    assert rows[1][:6] == ("751000", "район", "KZ-75", "Медеу ауданы", "Медеуский район", "Medeu")
    District.objects.all().delete()
    file = io.BytesIO(csv.content)
    file.name = "districts.csv"
    preview = client.post(f"{LIST}import/", {"file": file}, follow=True)
    assert preview.context["faults"] == []
    assert District.objects.count() == 0  # nothing before it is confirmed
    address = reverse(
        "programme:organisation_import_confirm",
        kwargs={"public_id": preview.context["kept"].public_id},
    )
    client.post(address)
    assert District.objects.get().code == district.code


def test_faults_of_a_list_are_told_by_row(client: Client, campaign: Campaign) -> None:
    make_district(code="751000")
    organiser(client, campaign)
    text = "code;region;name_ru\n751000;KZ-75;А\nа/б;KZ-75;Б\n751002;KZ-79;В\n751003;KZ-75;\n"
    file = io.BytesIO(text.encode())
    file.name = "districts.csv"
    preview = client.post(f"{LIST}import/", {"file": file}, follow=True)
    told = [(fault.row, fault.column) for fault in preview.context["faults"]]
    assert told == [(2, "code"), (3, "code"), (4, "region"), (5, "name_ru")]


def test_a_district_is_added_by_the_regions_organiser_alone(
    client: Client, campaign: Campaign
) -> None:
    fields = {"region": region("KZ-79").pk, "kind": "district", "code": "79.1",
              "name_kk": "Абай ауданы", "name_ru": "Абайский район"}  # fmt: skip
    assert organiser(client, campaign).post(f"{LIST}add/", fields).status_code == 422
    assert organiser(client, campaign, "KZ-79").post(f"{LIST}add/", fields).status_code == 302
    again = client.post(f"{LIST}add/", fields)
    assert again.status_code == 422
    assert "code" in again.context["form"].errors
    assert District.objects.get().sort_key


def test_what_two_people_wrote_in_a_district_is_shown_to_the_second(
    client: Client, campaign: Campaign
) -> None:
    district = make_district()
    organiser(client, campaign)
    address = f"{LIST}{district.pk}/"
    mine = district_fields(district, name_ru="Мой район", name_en="Mine")
    assert client.post(address, district_fields(district, name_ru="Их район")).status_code == 302
    met = client.post(address, mine)
    body = met.content.decode()
    assert met.status_code == 409
    assert "Сейчас здесь: «Их район»" in body
    assert 'value="Мой район"' in body
    assert 'name="revision" value="2"' in body
    assert "name_en" not in met.context["form"].errors  # nobody else touched it
    assert client.post(address, mine | {"revision": 2}).status_code == 302
    district.refresh_from_db()
    assert (district.name_ru, district.name_en, district.revision) == ("Мой район", "Mine", 3)


def test_a_closed_district_is_offered_no_more_but_its_rows_stay(
    client: Client, campaign: Campaign
) -> None:
    district = make_district()
    item = make_plan_item(campaign.activities.get(), district=district)
    organiser(client, campaign)
    fields = district_fields(district)
    del fields["is_active"]
    client.post(f"{LIST}{district.pk}/", fields)
    add = reverse("programme:plan_add", kwargs={"slug": campaign.slug, "iso_code": "KZ-75"})
    row = reverse("programme:plan_item", kwargs={"public_id": item.public_id})
    house = reverse("programme:organisation_add")
    option = f'<option value="{district.code}"'
    assert option not in client.get(add).content.decode()
    assert option in client.get(row).content.decode()
    assert district.name_ru not in client.get(house).content.decode()


def test_what_two_people_wrote_in_an_organisation_is_shown_to_the_second(
    client: Client, campaign: Campaign
) -> None:
    house = make_organisation(phone="1")
    organiser(client, campaign)
    address = reverse("programme:organisation_edit", kwargs={"public_id": house.public_id})
    fields = {"kind": "school", "region": house.region_id, "name_ru": house.name_ru,
              "revision": 1, "is_active": "on"}  # fmt: skip
    assert client.post(address, fields | {"phone": "2"}).status_code == 302
    met = client.post(address, fields | {"phone": "3"})
    assert met.status_code == 409
    assert list(met.context["form"].errors) == ["phone"]
    assert client.post(address, fields | {"phone": "3", "revision": 2}).status_code == 302
    house.refresh_from_db()
    assert house.phone == "3"


def test_what_two_people_wrote_in_a_limit_is_shown_to_the_second(
    client: Client, campaign: Campaign
) -> None:
    limit = SanitaryLimit.objects.exclude(max_people=None).order_by("pk")[0]
    coordinator(client, campaign)
    address = reverse("programme:sanitary_limit", kwargs={"slug": campaign.slug, "pk": limit.pk})
    fields = client.get(address).context["form"].initial
    fields = {name: value for name, value in fields.items() if value is not None} | {"revision": 1}
    assert client.post(address, fields | {"max_people": 11}).status_code == 302
    met = client.post(address, fields | {"max_people": 12})
    assert met.status_code == 409
    assert "«11»" in met.content.decode()


def test_what_two_people_wrote_in_a_decree_is_shown_to_the_second(
    client: Client, campaign: Campaign
) -> None:
    coordinator(client, campaign)
    address = reverse(
        "programme:sanitary_decree_edit", kwargs={"slug": campaign.slug, "day": "2021-05-27"}
    )
    form = client.get(address).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    here, there = (f"zone_{region(code).pk}" for code in ("KZ-75", "KZ-79"))
    was = str(fields[here])
    mine, theirs = [zone for zone in ("green", "yellow", "red") if zone != was]
    assert client.post(address, fields | {here: theirs}).status_code == 302
    met = client.post(address, fields | {here: mine})
    assert met.status_code == 409
    assert list(met.context["form"].errors) == [here]
    moved = next(zone for zone in ("green", "yellow", "red") if zone != str(fields[there]))
    assert client.post(address, fields | {there: moved}).status_code == 302  # another region


def test_a_new_decree_of_a_known_day_is_refused_beside_the_day(
    client: Client, campaign: Campaign
) -> None:
    coordinator(client, campaign)
    address = reverse("programme:sanitary_decree", kwargs={"slug": campaign.slug})
    form = client.get(address).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    answer = client.post(address, fields | {"effective_on": "2021-05-27"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["effective_on"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, campaign: Campaign, count: int, django_assert_num_queries: Any
) -> None:
    for _n in range(count):
        make_district()
    organiser(client, campaign)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)


QUERIES = 9  # one of them asks whether the account is a child's

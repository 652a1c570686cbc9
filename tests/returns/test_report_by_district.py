"""The report of a region says what each district did; that of the country does not."""

import io
from urllib.parse import urlsplit

import openpyxl
import pdfplumber
import pytest
from django.test import Client
from django.urls import reverse

from bala.people.enums import Role
from bala.programme.models import Campaign
from bala.returns.actions.printing import render
from bala.returns.enums import ReportFormat
from bala.returns.queries.report import build_report
from bala.territory.models import District
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.returns.factories import make_result
from tests.returns.test_report import words_of
from tests.territory.factories import make_district, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    activity = make_activity()
    make_district(name_kk="Әуезов ауданы", name_ru="Ауэзовский район")
    medeu = make_district()
    make_result(activity, district=medeu, children=3812, adults=21, money=1500)
    make_result(activity, children=5)
    make_result(activity, district=make_district(region("KZ-79")), children=9)
    make_plan_item(activity, district=medeu)
    return activity.campaign


def test_each_district_has_its_figures_and_what_names_none_comes_last(campaign: Campaign) -> None:
    content, figures = build_report(campaign, region(), "ru")
    rows = [
        (one["name"], one["planned"], one["events"]["value"], one["children"]["value"])
        for one in content["districts"]
    ]
    assert rows == [
        ("Ауэзовский район", 0, "0", "0"),
        ("Медеуский район", 2, "1", "3812"),
        ("район не указан", 1, "1", "5"),
    ]
    assert content["districts_planned_text"] == "3"
    assert sum(int(one["children"]["value"]) for one in content["districts"]) == 3817
    assert content["total"]["children"]["value"] == "3817"
    assert figures.get("KZ-75.d0.children") == 5


@pytest.mark.parametrize(("language", "name"), [("ru", "Медеуский"), ("kk", "Медеу ауданы")])
def test_every_format_prints_the_table(campaign: Campaign, language: str, name: str) -> None:
    content, _figures = build_report(campaign, region(), language)
    head = content["labels"]["by_district"]
    words = words_of(render(content, ReportFormat.DOCX))
    assert head in words
    assert name in words
    book = openpyxl.load_workbook(io.BytesIO(render(content, ReportFormat.XLSX)))
    rows = list(book[head[:31]].iter_rows(values_only=True))
    assert [row[4] for row in rows[1:]] == [0, 3812, 5, 3817]
    with pdfplumber.open(io.BytesIO(render(content, ReportFormat.PDF))) as file:
        text = "".join(page.extract_text() for page in file.pages)
    assert head in text
    assert name in text


def test_without_districts_and_for_the_country_there_is_no_table(campaign: Campaign) -> None:
    District.objects.filter(region=region("KZ-11")).delete()
    for place in (None, region("KZ-11")):
        content, figures = build_report(campaign, place, "ru")
        assert content["districts"] == []
        assert not any(".d" in key for key in figures.values)
        assert content["labels"]["by_district"] not in words_of(render(content, ReportFormat.DOCX))


def test_a_figure_of_a_district_opens_into_its_records(campaign: Campaign) -> None:
    content, _figures = build_report(campaign, region(), "ru")
    visitor = Client()
    visitor.force_login(make_person(Role.COORDINATOR))
    for one, name in zip(content["districts"], ("Ауэзов", "Медеу", "не указан"), strict=True):
        page = visitor.get(urlsplit(one["children"]["url"]).path)
        assert page.status_code == 200
        assert name in page.content.decode()
        assert one["children"]["short"] in page.content.decode()
    elsewhere = District.objects.get(region__iso_code="KZ-79").pk
    for key in (f"KZ-75.d{elsewhere}.events", "KZ-75.d999999.events"):
        path = reverse("returns:figure", args=[campaign.slug, key])
        assert visitor.get(path).status_code == 404

"""Regions are called as in the year that the work is about."""

from datetime import date

import pytest
from django.utils import translation

from bala.kernel import clock
from bala.territory.models import RegionName, regions_named_on
from bala.territory.queries.regions import in_order
from tests.conftest import CAMPAIGN_DAY
from tests.territory.factories import region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "kk", "ru", "en"),
    [
        (date(2021, 5, 20), "Нұр-Сұлтан қаласы", "город Нур-Султан", "Nur-Sultan"),
        (date(2022, 9, 16), "Нұр-Сұлтан қаласы", "город Нур-Султан", "Nur-Sultan"),
        (date(2022, 9, 17), "Астана қаласы", "город Астана", "Astana"),
        (date(2023, 5, 20), "Астана қаласы", "город Астана", "Astana"),
    ],
)
def test_the_capital_is_called_as_on_the_day(day: date, kk: str, ru: str, en: str) -> None:
    capital = region("KZ-71")
    with regions_named_on(day):
        for language, name in (("kk", kk), ("ru", ru), ("en", en)):
            with translation.override(language):
                assert capital.name == name


def test_without_a_campaign_the_name_is_todays() -> None:
    capital = region("KZ-71")
    assert capital.short_name == "Нур-Султан"
    with clock.at(CAMPAIGN_DAY.replace(year=2026)):
        assert capital.short_name == "Астана"


def test_other_regions_keep_their_names() -> None:
    with regions_named_on(date(2030, 1, 1)):
        assert region("KZ-75").name == "город Алматы"
        assert region("KZ-61").name == "Туркестанская область"


def test_the_order_is_that_of_the_names() -> None:
    pair = [region("KZ-71"), region("KZ-75")]  # the capital and Almaty
    with regions_named_on(date(2021, 6, 1)):
        assert [one.iso_code for one in in_order(pair)] == ["KZ-75", "KZ-71"]  # А, Н
    with regions_named_on(date(2023, 6, 1)):
        assert [one.iso_code for one in in_order(pair)] == ["KZ-75", "KZ-71"]  # Ал, Ас
        karaganda = region("KZ-35")
        assert in_order([karaganda, pair[0]])[0] == pair[0]  # Астана before Қарағанды


def test_a_name_costs_no_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    capital = region("KZ-71")
    with django_assert_num_queries(0), regions_named_on(date(2023, 6, 1)):  # type: ignore[operator]
        assert str(capital) == "город Астана"


def test_a_list_may_use_any_name_that_a_region_ever_had() -> None:
    names = region("KZ-71").all_names
    assert {"Астана қаласы", "Нұр-Сұлтан қаласы", "Astana", "Нур-Султан"} <= set(names)


def test_names_are_loaded_once_however_often() -> None:
    from bala.territory.actions import load_reference_data

    load_reference_data()
    assert RegionName.objects.filter(region__iso_code="KZ-71").count() == 1

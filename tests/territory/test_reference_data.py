"""The country, from the project's own data."""

from datetime import date

import pytest

from bala.territory.actions import load_reference_data
from bala.territory.models import Helpline, Region, RegionZone, SanitaryLimit
from bala.territory.queries import helplines_on, regions_of_year

pytestmark = pytest.mark.django_db


def test_there_are_17_regions_in_2021_and_20_since_2022() -> None:
    assert regions_of_year(2021).count() == 17
    assert regions_of_year(2022).count() == 20


def test_new_regions_know_what_they_were_part_of() -> None:
    parts = {r.iso_code: r.parent_until_2022 for r in Region.objects.filter(exists_from=2022)}
    assert {code: parent.iso_code for code, parent in parts.items() if parent} == {
        "KZ-10": "KZ-63",
        "KZ-33": "KZ-19",
        "KZ-62": "KZ-35",
    }


def test_loading_again_changes_nothing_that_an_operator_edited() -> None:
    Helpline.objects.filter(number="150").update(number="151")
    before = (RegionZone.objects.count(), SanitaryLimit.objects.count())
    load_reference_data()
    assert Helpline.objects.filter(number="151").exists()
    assert (RegionZone.objects.count(), SanitaryLimit.objects.count()) == before


def test_no_two_regions_stand_on_one_tile() -> None:
    for year in (2021, 2022):
        tiles = [
            (getattr(r, f"tile_row_{year}"), getattr(r, f"tile_column_{year}"))
            for r in regions_of_year(year)
        ]
        assert len(tiles) == len(set(tiles))


def test_helplines_answer_in_their_time() -> None:
    numbers = {line.number for line in helplines_on(date(2021, 6, 1))}
    assert {"111", "150"} <= numbers
    Helpline.objects.filter(number="150").update(valid_until=date(2021, 5, 31))
    assert "150" not in {line.number for line in helplines_on(date(2021, 6, 1))}

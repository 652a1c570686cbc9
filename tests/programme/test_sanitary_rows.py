"""Rows of plans and the sanitary rules of their days."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bala.concept.enums import Format
from bala.programme.enums import PlanStatus
from bala.programme.models import PlanItem
from bala.programme.queries.sanitary import limit_of, limits_of, misfit_count, misfits
from bala.territory.actions.sanitary import save_decree
from bala.territory.enums import VenueKind, Zone
from tests.programme.factories import make_activity, make_plan_item
from tests.territory.factories import region

TODAY = date(2021, 5, 28)


def in_cinema(**fields: Any) -> PlanItem:
    return make_plan_item(
        **{
            "region": region("KZ-71"),
            "venue_kind": VenueKind.CINEMA_OR_THEATRE,
            "venue_capacity": 200,
            "expected_children": 50,
            "expected_adults": 10,
            **fields,
        }
    )


@pytest.mark.django_db
def test_a_cinema_in_the_capital_has_three_of_ten_seats() -> None:
    found = limit_of(in_cinema())
    assert found is not None
    assert (found.limit.people, found.expected, found.fits, found.over) == (60, 60, True, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"format": Format.ONLINE}, {"venue_kind": ""}])
def test_what_nobody_comes_to_has_no_limit(fields: dict[str, Any]) -> None:
    assert limit_of(in_cinema(**fields)) is None


@pytest.mark.django_db
def test_over_several_days_the_strictest_holds() -> None:
    almaty = in_cinema(
        region=region("KZ-75"), starts_on=date(2021, 5, 31), ends_on=date(2021, 6, 2)
    )
    found = limit_of(almaty)
    assert found is not None
    assert found.limit.people == 60  # red on 31 May
    almaty.days = [date(2021, 6, 1), date(2021, 6, 2)]
    found = limit_of(almaty)
    assert found is not None
    assert found.limit.people == 80


@pytest.mark.django_db
def test_when_a_zone_changes_the_rows_that_no_longer_fit_are_listed() -> None:
    here = region("KZ-79")
    activity = make_activity()
    museum = {"region": here, "venue_kind": VenueKind.CULTURE_OBJECT}
    before = make_plan_item(activity, starts_on=date(2021, 6, 9), expected_children=60, **museum)
    after = make_plan_item(activity, starts_on=date(2021, 6, 10), expected_children=60, **museum)
    small = make_plan_item(activity, starts_on=date(2021, 6, 10), expected_children=30, **museum)
    over = make_plan_item(
        activity,
        starts_on=date(2021, 6, 10),
        expected_children=60,
        status=PlanStatus.CANCELLED,
        status_reason="Дождь",
        **museum,
    )
    assert misfit_count(activity.campaign, TODAY) == 0
    save_decree(effective_on=date(2021, 6, 10), number="№ 30", zones={here.pk: Zone.RED})
    found = set(misfits(activity.campaign, TODAY))
    assert after in found
    assert not found & {before, small, over}
    assert misfit_count(activity.campaign, TODAY, [here.pk]) == 1
    assert misfit_count(activity.campaign, TODAY, [region("KZ-75").pk]) == 0
    assert misfit_count(activity.campaign, date(2021, 6, 11)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_limits_of_a_list_cost_three_queries(rows: int, django_assert_num_queries: Any) -> None:
    activity = make_activity()
    items = [in_cinema(activity=activity) for _ in range(rows)]
    with django_assert_num_queries(3):
        assert len(limits_of(items)) == rows


class TestDatabaseAndRulesAgree(TestCase):
    """The list that the database makes is the list that the rules make."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.activity = make_activity()  # type: ignore[attr-defined]

    @settings(max_examples=40, deadline=None)
    @given(
        code=st.sampled_from(["KZ-71", "KZ-75", "KZ-79", "KZ-31"]),
        kind=st.sampled_from([*VenueKind.values, ""]),
        start=st.dates(date(2021, 5, 15), date(2021, 6, 20)),
        length=st.integers(0, 20),
        capacity=st.none() | st.integers(0, 400),
        area=st.none() | st.integers(0, 500),
        expected=st.integers(0, 200),
        form=st.sampled_from(Format.values),
        picked=st.lists(st.integers(0, 20), max_size=3),
    )
    def test_a_row_is_listed_if_and_only_if_it_does_not_fit(  # noqa: PLR0917
        self,
        code: str,
        kind: str,
        start: date,
        length: int,
        capacity: int | None,
        area: int | None,
        expected: int,
        form: str,
        picked: list[int],
    ) -> None:
        end = date.fromordinal(start.toordinal() + length)
        days = sorted({date.fromordinal(start.toordinal() + n) for n in picked if n <= length})
        item = make_plan_item(
            self.activity,  # type: ignore[attr-defined]
            region=region(code),
            venue_kind=kind,
            starts_on=start,
            ends_on=end,
            days=days,
            venue_capacity=capacity,
            venue_area_m2=None if area is None else Decimal(area),
            expected_children=expected,
            format=form,
        )
        limit = limit_of(item)
        listed = item in misfits(item.campaign, date(2021, 1, 1))
        assert listed == (limit is not None and not limit.fits)

"""What leads a cell, what adds up, and what is a gap."""

import json
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bala.concept.enums import Level
from bala.kernel import clock
from bala.programme.enums import CellState, Metric, OutcomeSource, PlanStatus
from bala.programme.models import Campaign, NotApplicable, Outcome, PlanItem
from bala.programme.queries.coverage import Cell, Coverage, Figures, Filters, coverage, state_of
from tests.programme.factories import make_activity, make_block, make_campaign, make_plan_item
from tests.territory.factories import make_district, region

TODAY = date(2021, 5, 28)


@pytest.mark.parametrize(
    ("figures", "circumstances", "state"),
    [
        (Figures(), {}, CellState.NOT_PLANNED),
        (Figures(drafts=2), {}, CellState.NOT_PLANNED),
        (Figures(cancelled=3), {}, CellState.NOT_PLANNED),
        (Figures(), {"applies": False}, CellState.NOT_APPLICABLE),
        (Figures(drafts=1), {"applies": False}, CellState.NOT_APPLICABLE),
        (Figures(), {"elsewhere": True}, CellState.NOT_APPLICABLE),
        (Figures(items=1), {}, CellState.PLANNED),
        (Figures(items=1), {"applies": False}, CellState.PLANNED),
        (Figures(items=4, due=1), {}, CellState.DUE),
        (Figures(items=4, due=1, held=1), {}, CellState.HELD),
        (Figures(items=4, held=2, nobody=1), {}, CellState.HELD),
        (Figures(items=4, held=2, nobody=2, due=1), {}, CellState.ZERO),
        (Figures(items=4, held=3, late=1, due=1), {}, CellState.LATE),
        (Figures(items=1, late=1), {}, CellState.LATE),
    ],
)
def test_what_wants_a_hand_leads_a_cell(
    figures: Figures, circumstances: dict[str, bool], state: CellState
) -> None:
    assert state_of(figures, **circumstances) is state


def hold(item: PlanItem, children: int, adults: int = 0) -> None:
    """Enter a result as the room's action does: the row and its outcomes."""
    item.status = PlanStatus.HELD
    item.held_on = item.ends_on
    item.actual_children, item.actual_adults = children, adults
    item.save()
    for metric, value in (
        (Metric.EVENTS, 1),
        (Metric.CHILDREN, children),
        (Metric.ADULTS, adults),
    ):
        Outcome.objects.create(
            campaign=item.campaign,
            activity=item.activity,
            region=item.region,
            district=item.district,
            plan_item=item,
            metric=metric,
            value=value,
            happened_on=item.ends_on,
            source_kind=OutcomeSource.PLAN_ITEM,
            source_id=item.public_id,
        )


def cell_of(found: Coverage, iso_code: str = "KZ-75") -> Cell:
    """Return the only line's cell of a region."""
    return next(cell for cell in found.cells if cell.region.iso_code == iso_code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "status", "state"),
    [
        (date(2021, 5, 27), PlanStatus.APPROVED, CellState.LATE),
        (date(2021, 5, 27), PlanStatus.MOVED, CellState.LATE),
        (date(2021, 5, 27), PlanStatus.DRAFT, CellState.NOT_PLANNED),
        (date(2021, 5, 28), PlanStatus.PLANNED, CellState.DUE),
        (date(2021, 6, 3), PlanStatus.APPROVED, CellState.DUE),
        (date(2021, 6, 4), PlanStatus.APPROVED, CellState.PLANNED),
    ],
)
def test_a_row_makes_its_cell(day: date, status: PlanStatus, state: CellState) -> None:
    item = make_plan_item(starts_on=day, status=status)
    assert cell_of(coverage(item.campaign)).state is state


@pytest.mark.django_db
def test_a_row_that_runs_for_weeks_is_late_only_after_its_last_day() -> None:
    item = make_plan_item(starts_on=date(2021, 5, 20), ends_on=date(2021, 6, 20))
    assert cell_of(coverage(item.campaign)).state is CellState.PLANNED
    with clock.at(datetime(2021, 6, 21, 6, tzinfo=UTC)):
        cell = cell_of(coverage(item.campaign))
    assert (cell.state, cell.late_since) == (CellState.LATE, date(2021, 6, 20))


@pytest.mark.django_db
def test_held_with_people_and_with_nobody() -> None:
    item = make_plan_item(starts_on=date(2021, 5, 25))
    hold(item, 0)
    assert cell_of(coverage(item.campaign)).state is CellState.ZERO
    other = make_plan_item(item.activity, starts_on=date(2021, 5, 26))
    hold(other, 31, 4)
    cell = cell_of(coverage(item.campaign))
    assert (cell.state, cell.number) == (CellState.HELD, 2)
    assert (cell.figures.children, cell.figures.adults) == (31, 4)


@pytest.mark.django_db
def test_what_does_not_apply_is_no_gap_unless_it_is_planned_after_all() -> None:
    activity = make_activity()
    here = region()
    NotApplicable.objects.create(activity=activity, region=here, reason="Нет водоёмов")
    found = coverage(activity.campaign)
    assert cell_of(found).state is CellState.NOT_APPLICABLE
    assert cell_of(found).reason == "Нет водоёмов"
    assert here not in {gap.region for gap in found.gaps}
    assert found.applicable == 16
    make_plan_item(activity)
    assert cell_of(coverage(activity.campaign)).state is CellState.DUE


@pytest.mark.django_db
def test_what_the_republic_holds_once_is_one_gap_and_none_of_a_region() -> None:
    activity = make_activity(level=Level.REPUBLIC)
    found = coverage(activity.campaign)
    assert {cell.state for cell in found.cells} == {CellState.NOT_APPLICABLE}
    assert found.sections[0].lines[0].republic is CellState.NOT_PLANNED
    assert [(gap.state, gap.region) for gap in found.gaps] == [(CellState.NOT_PLANNED, None)]
    make_plan_item(activity, starts_on=date(2021, 6, 1))
    found = coverage(activity.campaign)
    assert found.sections[0].lines[0].republic is CellState.DUE
    assert found.gaps == []


@pytest.mark.django_db
def test_gaps_come_with_the_longest_waiting_first() -> None:
    activity = make_activity()
    make_plan_item(activity, starts_on=date(2021, 5, 27))
    make_plan_item(activity, starts_on=date(2021, 5, 22))
    make_plan_item(activity, region=region("KZ-79"), status=PlanStatus.DRAFT)
    found = coverage(activity.campaign)
    silent, late = found.gaps[0], found.gaps[-1]
    assert len(found.gaps) == 17
    assert (silent.state, silent.days_late) == (CellState.NOT_PLANNED, 10)
    assert (late.state, late.days_late, late.items) == (CellState.LATE, 6, 2)
    drafts = {gap.region.iso_code: gap.drafts for gap in found.gaps if gap.region}
    assert drafts["KZ-79"] == 1


@pytest.mark.django_db
def test_nothing_is_a_gap_before_plans_are_due() -> None:
    activity = make_activity()
    with clock.at(datetime(2021, 5, 18, 6, tzinfo=UTC)):
        assert coverage(activity.campaign).gaps == []
    with clock.at(datetime(2021, 5, 19, 6, tzinfo=UTC)):
        assert len(coverage(activity.campaign).gaps) == 17


@pytest.mark.django_db
def test_filters_narrow_the_matrix() -> None:
    campaign = make_campaign()
    first, second = make_block(campaign), make_block(campaign)
    one, other = make_activity(first), make_activity(second, level=Level.REPUBLIC)
    make_plan_item(one, starts_on=date(2021, 5, 30))
    make_plan_item(one, starts_on=date(2021, 6, 10))

    def lines(filters: Filters) -> list[Any]:
        found = coverage(campaign, filters)
        return [line.activity for section in found.sections for line in section.lines]

    assert lines(Filters()) == [one, other]
    assert lines(Filters(block=2)) == [other]
    assert lines(Filters(level=Level.REPUBLIC)) == [other]
    assert [r.iso_code for r in coverage(campaign, Filters(region="KZ-75")).regions] == ["KZ-75"]
    week = coverage(campaign, Filters(since=date(2021, 6, 7), until=date(2021, 6, 13)))
    assert week.total.items == 1
    before = coverage(campaign, Filters(until=date(2021, 5, 25)))
    assert cell_of(before).state is CellState.NOT_APPLICABLE  # planned, but at another time


@pytest.mark.django_db
def test_a_district_sees_its_own_rows_only() -> None:
    district = make_district()
    item = make_plan_item(district=district, starts_on=date(2021, 5, 25))
    hold(item, 12)
    make_plan_item(item.activity, starts_on=date(2021, 5, 25))
    found = coverage(item.campaign, Filters(districts=frozenset({district.pk})))
    assert (cell_of(found).state, found.total.items) == (CellState.HELD, 1)
    assert found.total.children == 12


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_matrix_takes_the_same_queries_at_any_size(rows: int) -> None:
    activity = make_activity()
    for number in range(rows):
        make_plan_item(make_activity(activity.block), starts_on=date(2021, 5, 20 + number))
    campaign = Campaign.objects.get()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        coverage(campaign)
    assert len(queries) == 6


ITEM = st.fixed_dictionaries(
    {
        "line": st.integers(0, 2),
        "where": st.sampled_from(["KZ-75", "KZ-79", "KZ-71"]),
        "day": st.integers(1, 31),
        "status": st.sampled_from(
            [PlanStatus.DRAFT, PlanStatus.PLANNED, PlanStatus.APPROVED, PlanStatus.HELD]
        ),
        "children": st.integers(0, 50),
    }
)


@pytest.mark.django_db
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=st.lists(ITEM, max_size=12))
def test_cells_columns_lines_and_rows_add_up(drawn: list[dict[str, Any]]) -> None:
    campaign = make_campaign()
    block = make_block(campaign)
    activities = [make_activity(block) for _ in range(3)]
    for one in drawn:
        item = make_plan_item(
            activities[one["line"]],
            region=region(one["where"]),
            starts_on=date(2021, 5, one["day"]),
            status=PlanStatus.PLANNED if one["status"] is PlanStatus.HELD else one["status"],
        )
        if one["status"] is PlanStatus.HELD:
            hold(item, one["children"])
    with clock.at(datetime(2021, 5, 28, 6, tzinfo=UTC)):
        found = coverage(campaign)
    counted = [one for one in drawn if one["status"] is not PlanStatus.DRAFT]
    held = [one for one in drawn if one["status"] is PlanStatus.HELD]
    assert found.total.items == len(counted) == sum(cell.figures.items for cell in found.cells)
    assert found.total.items == sum(section.figures.items for section in found.sections)
    assert found.total.items == sum(figures.items for figures in found.columns)
    assert found.total.held == len(held)
    assert found.total.nobody == sum(1 for one in held if one["children"] == 0)
    assert found.total.children == sum(one["children"] for one in held)
    assert found.total.late == sum(
        1 for one in counted if one["status"] is not PlanStatus.HELD and one["day"] < TODAY.day
    )
    assert found.total.drafts == len(drawn) - len(counted)
    assert sum(found.states.values()) == 3 * 17


@pytest.mark.django_db
def test_the_command_prints_what_programs_read() -> None:
    item = make_plan_item(starts_on=date(2021, 5, 25))
    hold(item, 20, 5)
    out = StringIO()
    call_command("coverage", "--campaign", item.campaign.slug, "--json", stdout=out)
    read = json.loads(out.getvalue())
    line = read["blocks"][0]["activities"][0]
    assert (line["number"], line["cells"]["KZ-75"]["state"]) == ("1.1", "held")
    assert (read["total"]["children"], read["total"]["money"]) == (20, "0.00")
    assert read["states"]["not_planned"] == len(read["gaps"]) == 16
    out = StringIO()
    call_command(
        "coverage", "--campaign", item.campaign.slug, "--region", "KZ-79", "--gaps", stdout=out
    )
    assert out.getvalue().count("\n") == 1


@pytest.mark.django_db
def test_the_command_prints_a_table_for_people() -> None:
    item = make_plan_item(starts_on=date(2021, 5, 25))
    out = StringIO()
    call_command("coverage", "--campaign", item.campaign.slug, stdout=out)
    assert "!!1" in out.getvalue()
    assert "1.1" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", [["--campaign", "none"], ["--campaign", "known", "--region", "KZ-10"]]
)
def test_the_command_refuses_what_is_not_there(asked: list[str]) -> None:
    make_campaign(slug="known")
    with pytest.raises(CommandError) as refusal:
        call_command("coverage", *asked)
    assert refusal.value.returncode == 2

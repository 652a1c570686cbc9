"""The sums that the database keeps are those of the rows, whatever is done to them."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Sum

from bala.kernel import clock
from bala.programme import jobs
from bala.programme.actions.coverage import check_tallies, fold_tallies, rebuild_tallies
from bala.programme.enums import PlanStatus
from bala.programme.models import Outcome, OutcomeTally, PlanItem, PlanTally, SpanTally
from tests.programme.factories import make_activity, make_plan_item
from tests.programme.test_coverage import hold
from tests.territory.factories import region


def items_in_tally() -> int:
    """Add up the rows of the tally."""
    return PlanTally.objects.aggregate(n=Sum("items"))["n"] or 0


@pytest.mark.django_db
def test_every_kind_of_change_keeps_the_tallies() -> None:
    activity, other = make_activity(), make_activity()
    item = make_plan_item(activity)
    assert items_in_tally() == 1
    item.starts_on = item.ends_on = date(2021, 6, 3)
    item.save()
    PlanItem.objects.filter(pk=item.pk).update(
        activity=other, campaign=other.campaign, region=region("KZ-79")
    )
    assert check_tallies() == []
    PlanItem.objects.bulk_create(
        PlanItem(
            campaign=activity.campaign,
            activity=activity,
            region=region(),
            starts_on=date(2021, 5, 30),
            ends_on=date(2021, 5, 30),
            status=PlanStatus.APPROVED,
        )
        for _ in range(5)
    )
    assert items_in_tally() == 6
    PlanItem.objects.filter(activity=activity).delete()
    assert items_in_tally() == 1
    assert check_tallies() == []


def days_in_tally() -> dict[tuple[date, date], int]:
    """Add up the tally of days by first and last day."""
    sums = SpanTally.objects.values_list("starts_on", "ends_on").annotate(n=Sum("items"))
    return {(first, last): number for first, last, number in sums.order_by() if number}


@pytest.mark.django_db
def test_days_count_public_rows_by_span_and_single_days_each_once() -> None:
    first, last, other = date(2021, 6, 1), date(2021, 6, 7), date(2021, 6, 4)
    activity = make_activity()
    make_plan_item(activity, starts_on=first, ends_on=last)
    make_plan_item(activity, starts_on=first, ends_on=last, status=PlanStatus.PLANNED)
    single = make_plan_item(activity, starts_on=first, ends_on=last, days=[first, last, first])
    assert days_in_tally() == {(first, last): 1, (first, first): 1, (last, last): 1}
    single.days = [other]
    single.save()
    assert days_in_tally() == {(first, last): 1, (other, other): 1}
    assert check_tallies() == []
    PlanItem.objects.filter(activity=activity).delete()
    assert days_in_tally() == {}
    fold_tallies()
    assert not SpanTally.objects.exists()


@pytest.mark.django_db
def test_outcomes_count_while_they_are_in_force() -> None:
    item = make_plan_item(starts_on=date(2021, 5, 25))
    hold(item, 40, 3)
    assert OutcomeTally.objects.aggregate(n=Sum("children"))["n"] == 40
    Outcome.objects.filter(plan_item=item, metric="children").update(superseded_at=clock.now())
    assert OutcomeTally.objects.aggregate(n=Sum("children"))["n"] == 0
    assert check_tallies() == []


@pytest.mark.django_db
def test_a_change_that_moves_no_sum_leaves_no_trace() -> None:
    item = make_plan_item()
    before = PlanTally.objects.count()
    item.place = "Парк"
    item.save()
    assert PlanTally.objects.count() == before


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_counted() -> None:
    activity = make_activity()

    @transaction.atomic
    def fail() -> None:
        make_plan_item(activity)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert items_in_tally() == 0


@pytest.mark.django_db
def test_folding_keeps_the_sums_and_drops_the_rest() -> None:
    activity = make_activity()
    for _ in range(4):
        make_plan_item(activity)
    gone = make_plan_item(activity, starts_on=date(2021, 6, 9))
    gone.delete()
    assert PlanTally.objects.count() == 6
    assert fold_tallies() == 10  # five of each tally
    assert PlanTally.objects.get().items == 4
    assert fold_tallies() == 0
    assert check_tallies() == []


@pytest.mark.django_db
def test_a_tally_that_is_wrong_is_found_and_built_anew() -> None:
    make_plan_item()
    PlanTally.objects.update(items=7)
    assert check_tallies() == ["programme_plantally"]
    rebuild_tallies()
    assert check_tallies() == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programme_plantally")
    assert check_tallies() == ["programme_plantally"]


@pytest.mark.django_db
def test_the_command_proves_the_tallies_and_mends_them() -> None:
    make_plan_item()
    PlanTally.objects.update(items=7)
    with pytest.raises(CommandError, match="programme_plantally"):
        call_command("check_tallies")
    out = StringIO()
    call_command("check_tallies", "--rebuild", stdout=out)
    assert "are the sums" in out.getvalue()


@pytest.mark.django_db
def test_the_job_folds() -> None:
    activity = make_activity()
    make_plan_item(activity)
    make_plan_item(activity)
    jobs.fold_tallies(timestamp=0)
    assert PlanTally.objects.get().items == 2

"""The tallies stay the sums of the rows while many write, one folds, one rebuilds and one reads."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from django.db.models import Sum

from bala.kernel import clock
from bala.people.enums import Role
from bala.programme.actions.coverage import check_tallies, fold_tallies, rebuild_tallies
from bala.programme.actions.outcomes import record_result, take_back_result
from bala.programme.enums import PlanStatus
from bala.programme.models import Activity, OutcomeTally, PlanItem, PlanTally
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.programme.races import race
from tests.territory.factories import region

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6
STEPS = 40


def write(number: int, activities: list[Activity]) -> int:
    """Do what people do with rows, in an order of chance that is each time the same."""
    random = Random(number)
    regions = [region(code) for code in ("KZ-75", "KZ-79", "KZ-61")]
    who = make_person(Role.COORDINATOR, f"writer{number}@example.kz")
    mine: list[PlanItem] = []
    for _ in range(STEPS):
        deed = random.choice(("add", "add", "move", "hold", "hold", "back", "drop", "undo"))
        item = random.choice(mine) if mine else None
        if deed == "add" or item is None:
            mine.append(make_plan_item(random.choice(activities), region=random.choice(regions)))
            continue
        item.refresh_from_db()
        if deed == "move":
            item.activity, item.region = random.choice(activities), random.choice(regions)
            item.starts_on += timedelta(days=1)
            item.ends_on = item.starts_on
            item.save()
        elif deed == "hold" and item.status in (PlanStatus.APPROVED, PlanStatus.HELD):
            record_result(
                account=who,
                item=item,
                revision=item.revision,
                held_on=item.campaign.starts_on,
                children=random.randint(0, 90),
                adults=random.randint(0, 90),
            )
        elif deed == "back" and item.status == PlanStatus.HELD:
            take_back_result(account=who, item=item, revision=item.revision)
        elif deed == "drop" and not item.outcomes.exists():
            mine.remove(item)
            item.delete()
        elif deed == "undo":
            with transaction.atomic():
                make_plan_item(random.choice(activities))
                transaction.set_rollback(True)
    return len(mine)


def test_sums_are_right_before_during_and_after_a_race_of_writers() -> None:
    block = make_activity().block
    activities = [make_activity(block), make_activity(block)]

    def act(number: int) -> str:
        with clock.at(clock.now() + timedelta(seconds=number)):
            if number < WRITERS:
                return f"wrote {write(number, activities)}"
            for step in range(STEPS):
                if number == WRITERS:
                    fold_tallies()
                elif number == WRITERS + 1:
                    if wrong := check_tallies():
                        return f"saw {wrong}"
                elif step % 10 == 0:
                    rebuild_tallies()
        return "right"

    said = race(act, times=WRITERS + 3)
    assert said[WRITERS:] == ["right"] * 3
    assert all(one.startswith("wrote") for one in said[:WRITERS]), said
    made = sum(int(one.split()[1]) for one in said[:WRITERS])
    assert check_tallies() == []
    fold_tallies()
    assert check_tallies() == []
    assert PlanTally.objects.aggregate(n=Sum("items"))["n"] == PlanItem.objects.count() == made
    held = PlanItem.objects.filter(status=PlanStatus.HELD).aggregate(n=Sum("actual_children"))["n"]
    assert OutcomeTally.objects.aggregate(n=Sum("children"))["n"] == held
    assert held > 0

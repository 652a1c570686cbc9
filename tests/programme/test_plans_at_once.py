"""Many people at the same row or import at once: with real connections, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from bala.kernel.public_ids import new_public_id
from bala.kernel.revisions import RowConflict
from bala.people.enums import Role
from bala.programme.access.campaigns import reach_of
from bala.programme.actions import plan_import as imports
from bala.programme.actions import plans as actions
from bala.programme.models import PlanItem
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.territory.factories import region

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 12


def together(work: Any) -> list[Any]:
    """Run `work(n)` in AT_ONCE threads, each with a connection of its own; give what came out."""

    def one(number: int) -> Any:
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_of_many_who_write_one_cell_one_wins_and_all_others_see_it() -> None:
    item = make_plan_item()
    person = make_person(Role.ORGANISER, region=region(), campaign_slug=item.campaign.slug)
    reach = reach_of(person, item.campaign)

    def write(number: int) -> str:
        try:
            actions.update_plan_item(
                account=person,
                reach=reach,
                item=item,
                revision=1,
                values={"place": f"Парк {number}"},
            )
        except RowConflict as conflict:
            return f"saw {conflict.theirs.place}"
        return f"wrote Парк {number}"

    said = together(write)
    item.refresh_from_db()
    assert [one for one in said if one.startswith("wrote")] == [f"wrote {item.place}"]
    assert said.count(f"saw {item.place}") == AT_ONCE - 1
    assert item.revision == 2


def test_an_import_confirmed_many_times_at_once_comes_in_once() -> None:
    activity = make_activity()
    person = make_person(Role.ORGANISER, region=region(), campaign_slug=activity.campaign.slug)
    reach = reach_of(person, activity.campaign)
    data = "№;Название;Сроки\n1.1;Эстафета;1 июня\n1.1;Забег;2 июня\n".encode()
    kept = imports.upload_plan(
        account=person, reach=reach, region=region(), filename="a.csv", data=data
    )
    imports.work_on_import(kept.pk)

    def confirm(_number: int) -> int:
        imports.confirm_import(account=person, plan_import=kept)
        return imports.work_on_import(kept.pk).made_items

    assert together(confirm) == [2] * AT_ONCE
    assert PlanItem.objects.count() == 2


def test_a_form_sent_many_times_at_once_adds_one_row() -> None:
    item = make_plan_item()
    person = make_person(Role.ORGANISER, region=region(), campaign_slug=item.campaign.slug)
    reach = reach_of(person, item.campaign)
    key = new_public_id()
    values = {"activity": item.activity, "starts_on": item.starts_on, "ends_on": item.ends_on}
    together(
        lambda _n: actions.add_plan_item(
            account=person, reach=reach, region_id=item.region_id, values=values, key=key
        )
    )
    assert PlanItem.objects.filter(public_id=key).count() == 1

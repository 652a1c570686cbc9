"""Figures are sums of the outcomes in force, and open into them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bala.kernel import clock
from bala.programme.models import Campaign, Outcome
from bala.returns.queries.figures import FigureKey, figures_of, parts_of, records_of
from tests.conftest import CAMPAIGN_DAY
from tests.programme.factories import make_activity, make_block
from tests.returns.factories import make_result
from tests.territory.factories import region

pytestmark = pytest.mark.django_db

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["KZ-75", "KZ-79"]),
        st.integers(0, 1),
        st.integers(0, 9999),
        st.decimals(0, 10**6, places=2),
    ),
    max_size=6,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_every_figure_is_the_sum_of_its_records(
    rows: list[tuple[str, int, int, Decimal]], db: None
) -> None:
    block = make_block()
    lines = [make_activity(block), make_activity(block)]
    for iso, line, children, money in rows:
        make_result(lines[line], region=region(iso), children=children, money=money)
    figures = figures_of(block.campaign)
    assert figures.get("KZ", "children") == sum(r[2] for r in rows)
    parts = parts_of(block.campaign)
    for text, value in figures.values.items():
        key = FigureKey.read(text)
        assert key is not None
        assert sum(o.value for o in records_of(block.campaign, key, parts=parts)) == value
    Campaign.objects.filter(pk=block.campaign_id).update(slug=f"x{block.campaign_id}")


def test_a_frozen_figure_keeps_its_records_when_a_result_is_corrected() -> None:
    activity = make_activity()
    item = make_result(activity, children=40)
    frozen = figures_of(activity.campaign, as_of=clock.now())
    with clock.at(CAMPAIGN_DAY + timedelta(hours=1)):
        old = Outcome.objects.get(plan_item=item, metric="children")
        old.superseded_at = clock.now()
        old.save()
        make_result(activity, children=55)
        Outcome.objects.filter(recorded_at__lt=clock.now()).exclude(plan_item=item).delete()
        now = figures_of(activity.campaign)
    key = FigureKey.read("KZ-75.b1.a1.children")
    assert key is not None
    then = records_of(activity.campaign, key, as_of=frozen.as_of, parts=frozen.parts)
    assert frozen.get(str(key)) == 40 == sum(o.value for o in then)
    assert now.get(str(key)) == 55


@pytest.mark.parametrize(
    "text",
    [
        "",
        "KZ",
        "KZ-75.a1.children",
        "KZ-75.b1.a1.lies",
        "XX.children",
        "KZ.d1.events",
        "KZ-75.d1.b1.events",
        "KZ-75.d01.events",
    ],
)
def test_what_is_no_key_is_not_read(text: str) -> None:
    assert FigureKey.read(text) is None

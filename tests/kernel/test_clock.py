"""The one clock."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bala.kernel import clock


def test_a_pinned_clock_stands_still_and_goes_on_after() -> None:
    with clock.at(datetime(2021, 6, 1, tzinfo=UTC)):
        assert clock.now() == datetime(2021, 6, 1, tzinfo=UTC)
    assert clock.now() != datetime(2021, 6, 1, tzinfo=UTC)


def test_today_is_the_day_of_the_zone() -> None:
    with clock.at(datetime(2021, 5, 31, 18, 30, tzinfo=UTC)):
        assert clock.today(ZoneInfo("Asia/Almaty")) == date(2021, 6, 1)
        assert clock.today(ZoneInfo("Asia/Oral")) == date(2021, 5, 31)


def test_the_clock_of_a_real_campaign_cannot_be_moved(settings: Any) -> None:
    settings.BALA_DEMO = False
    with pytest.raises(RuntimeError):
        clock.move_to(datetime(2021, 6, 1, tzinfo=UTC))


def test_the_demonstrations_clock_goes_on_from_where_it_was_put(
    settings: Any, tmp_path: Path
) -> None:
    settings.BALA_DEMO, settings.BALA_VAR = True, tmp_path
    assert not clock.is_moved()
    clock.move_to(datetime(2021, 6, 1, 10, tzinfo=UTC))
    assert clock.is_moved()
    token = clock._pinned.set(None)
    try:
        assert clock.now().replace(second=0, microsecond=0) == datetime(2021, 6, 1, 10, tzinfo=UTC)
    finally:
        clock._pinned.reset(token)

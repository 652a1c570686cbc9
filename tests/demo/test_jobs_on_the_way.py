"""What falls due while the demonstration's clock moves, and that every job asked for exists."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

import bala
from bala.demo.actions import load_demonstration, move_clock
from bala.kernel import clock, queue
from bala.notify.models import Message
from tests.jobs import run_jobs

SOURCE = Path(next(iter(bala.__path__)))


@pytest.fixture
def _demonstration(settings: Any, tmp_path: Path, _campaign_day: None) -> Iterator[None]:
    settings.BALA_DEMO, settings.BALA_VAR = True, tmp_path
    token = clock._pinned.set(None)
    clock.move_to(datetime(2021, 5, 28, 5, tzinfo=UTC))
    yield
    clock._pinned.reset(token)


def deferred_names() -> list[tuple[str, str]]:
    """Return the task of each call of `defer` in the source, with the place where it stands."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "queue.py":
            continue  # the door itself
        text = path.read_text()
        if "queue" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not _is_defer(node.func):
                continue
            place = f"{path.relative_to(SOURCE)}:{node.lineno}"
            assert node.args, place
            name = node.args[0]
            assert isinstance(name, ast.Constant), f"{place}: the task's name must stand there"
            found.append((str(name.value), place))
    return found


def _is_defer(func: ast.expr) -> bool:
    if isinstance(func, ast.Attribute):
        return (
            func.attr == "defer" and isinstance(func.value, ast.Name) and func.value.id == "queue"
        )
    return isinstance(func, ast.Name) and func.id == "defer"


def test_every_job_that_is_asked_for_is_defined_by_a_room() -> None:
    names = deferred_names()
    assert "demo.run_as_of" in {name for name, _place in names}
    assert [(name, place) for name, place in names if name not in app.tasks] == []


def test_a_schedule_is_due_once_between_two_moments_at_its_last_one() -> None:
    noon = datetime(2021, 5, 28, 12, 3, tzinfo=UTC)
    due = dict(queue.periodic_due(noon - timedelta(hours=3), noon))
    assert due["programme.remind"] == datetime(2021, 5, 28, 12, 0, tzinfo=UTC)
    assert "programme.remind" not in dict(queue.periodic_due(noon, noon + timedelta(minutes=2)))


@pytest.mark.django_db
@pytest.mark.usefixtures("_demonstration")
def test_reminders_of_the_days_on_the_way_are_written_as_the_clock_moves() -> None:
    campaign = load_demonstration()
    campaign.returns_due_on = date(2021, 5, 30)
    campaign.save(update_fields=["returns_due_on"])
    move_clock(step="childrens-day")
    run_jobs("demo.run_as_of")
    reminders = Message.objects.filter(kind__endswith="_due")
    days = {key.rsplit(":", 1)[1] for key in reminders.values_list("key", flat=True)}
    assert days == {"1", "0"}  # a day before and the day itself; three days before was not passed
    assert set(reminders.values_list("written_at__date", flat=True)) == {
        date(2021, 5, 29),
        date(2021, 5, 30),
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("_demonstration")
def test_each_job_is_queued_once_a_day_in_the_order_of_the_days() -> None:
    load_demonstration()
    move_clock(step="childrens-day")
    jobs = ProcrastinateJob.objects.filter(task_name="demo.run_as_of").order_by("id")
    moments = [datetime.fromisoformat(job.args["moment"]) for job in jobs]
    assert moments == sorted(moments)
    asked = [
        datetime.fromisoformat(job.args["moment"]).astimezone(clock.NATIONAL_ZONE).date()
        for job in jobs
        if job.args["name"] == "programme.remind"
    ]
    assert asked == [date(2021, 5, day) for day in (28, 29, 30, 31)] + [date(2021, 6, 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("_demonstration")
def test_a_clock_that_goes_back_asks_for_no_job() -> None:
    load_demonstration()
    move_clock(step="opening")
    assert not ProcrastinateJob.objects.filter(task_name="demo.run_as_of").exists()

"""An import as a job: how far it is, what a killed worker leaves, two people, and its last day."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from bala.kernel import clock
from bala.people.enums import Role
from bala.people.models import RoleGrant
from bala.programme.access.campaigns import reach_of
from bala.programme.actions import plan_import as actions
from bala.programme.enums import ImportStatus
from bala.programme.models import Activity, PlanImport, PlanItem
from bala.programme.queries.plan_imports import problem_of
from tests.jobs import run_jobs
from tests.people.factories import make_person
from tests.programme.factories import make_activity
from tests.programme.races import race
from tests.territory.factories import region

ON_REAL_ROWS = pytest.mark.django_db(transaction=True)


def table(rows: int) -> bytes:
    lines = ["№;Название;Сроки;Место"]
    lines += [f"1.1;Эстафета {n};{n % 30 + 1} июня;Парк {n}" for n in range(rows)]
    return "\n".join(lines).encode()


def sent(activity: Activity, data: bytes, filename: str = "plan.csv") -> tuple[Any, PlanImport]:
    """Send a table in as an organiser of the region; give the person and the import."""
    person = make_person(Role.ORGANISER, region=region(), campaign_slug=activity.campaign.slug)
    reach = reach_of(person, activity.campaign)
    kept = actions.upload_plan(
        account=person, reach=reach, region=region(), filename=filename, data=data
    )
    return person, kept


def read(activity: Activity, data: bytes) -> tuple[Any, PlanImport]:
    """Send a table in and let the job read it."""
    person, kept = sent(activity, data)
    return person, actions.work_on_import(kept.pk)


@pytest.mark.django_db
def test_a_file_is_kept_at_once_and_read_by_the_job() -> None:
    _person, kept = sent(make_activity(), table(3))
    assert (kept.status, kept.progress) == (ImportStatus.READING, 0)
    assert ProcrastinateJob.objects.filter(args={"import_id": kept.pk}).count() == 1
    run_jobs("programme.work_on_import")
    kept.refresh_from_db()
    assert (kept.status, kept.progress, kept.counts) == (ImportStatus.PREVIEW, 100, {"ready": 3})
    assert PlanItem.objects.count() == 0


@pytest.mark.django_db
def test_the_progress_grows_while_rows_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    _person, kept = sent(make_activity(), table(2_100))
    seen: list[int] = []
    update = type(PlanImport.objects.all()).update

    def watched(rows: Any, **fields: Any) -> int:
        changed = update(rows, **fields)
        if rows.model is PlanImport and set(fields) == {"progress"}:
            seen.append(PlanImport.objects.get(pk=kept.pk).progress)
        return changed

    monkeypatch.setattr(type(PlanImport.objects.all()), "update", watched)
    actions.work_on_import(kept.pk)
    assert len(seen) >= 4
    assert seen == sorted(set(seen))
    assert 0 < seen[0] < seen[-1] < 100


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_says_so_in_the_readers_language() -> None:
    _person, kept = sent(make_activity(), "Имя;Класс\nАйгүл;5".encode())
    kept = actions.work_on_import(kept.pk)
    assert (kept.status, kept.problem) == (ImportStatus.FAILED, "NoPlanTable")
    with override("en"):
        assert str(problem_of(kept)).startswith("No table with the headings of a plan")
    with override("kk"):
        assert "тақырып" in str(problem_of(kept)) or "кесте" in str(problem_of(kept)).lower()


@pytest.mark.django_db
def test_a_right_that_was_taken_away_meanwhile_keeps_the_rows_out() -> None:
    person, kept = read(make_activity(), table(2))
    actions.confirm_import(account=person, plan_import=kept)
    RoleGrant.objects.filter(account=person).update(taken_at=clock.now())
    kept = actions.work_on_import(kept.pk)
    assert (kept.status, kept.problem) == (ImportStatus.PREVIEW, "NoLongerYours")
    assert PlanItem.objects.count() == 0


@pytest.mark.django_db
def test_what_is_discarded_before_the_job_comes_is_not_taken_in() -> None:
    person, kept = read(make_activity(), table(2))
    actions.confirm_import(account=person, plan_import=kept)
    assert actions.discard_import(plan_import=kept)
    assert actions.work_on_import(kept.pk).status == ImportStatus.DISCARDED
    assert PlanItem.objects.count() == 0


@pytest.mark.django_db
def test_what_is_in_the_plan_cannot_be_discarded() -> None:
    person, kept = read(make_activity(), table(2))
    actions.confirm_import(account=person, plan_import=kept)
    actions.work_on_import(kept.pk)
    assert not actions.discard_import(plan_import=kept)
    assert PlanImport.objects.get().status == ImportStatus.CONFIRMED


@pytest.mark.django_db
def test_the_same_table_sent_twice_comes_in_once() -> None:
    activity = make_activity()
    person, first = read(activity, table(4))
    _person, second = read(activity, table(4))
    for kept in (first, second):
        actions.confirm_import(account=person, plan_import=kept)
    assert [actions.work_on_import(kept.pk).made_items for kept in (first, second)] == [4, 0]
    assert PlanItem.objects.count() == 4


def begun(act: Callable[[], object]) -> Callable[[], None]:
    """Run `act` in a process of its own with a database connection of its own; give its killer."""

    def own() -> None:
        connections["default"].connection = None  # the parent's stays the parent's
        act()

    worker = multiprocessing.get_context("fork").Process(target=own)
    worker.start()

    def kill() -> None:
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()

    return kill


def wait_for(asked: Callable[[], bool], what: str) -> None:
    """Ask again and again, at most a minute."""
    end = time.monotonic() + 60
    while not asked():
        assert time.monotonic() < end, f"{what} did not come"


@ON_REAL_ROWS
def test_a_worker_killed_while_it_reads_is_followed_by_another() -> None:
    _person, kept = sent(make_activity(), table(6_000))
    kill = begun(lambda: actions.work_on_import(kept.pk))
    wait_for(lambda: PlanImport.objects.get(pk=kept.pk).progress > 0, "progress")
    kill()
    assert PlanImport.objects.get(pk=kept.pk).status == ImportStatus.READING
    assert actions.work_on_import(kept.pk).counts == {"ready": 6_000}


@ON_REAL_ROWS
def test_a_worker_killed_with_all_rows_written_leaves_none_and_its_follower_writes_each_once() -> (
    None
):
    person, kept = read(make_activity(), table(1_500))
    actions.confirm_import(account=person, plan_import=kept)
    with transaction.atomic():
        # The tallies are written at the end of the COPY: who holds them holds the worker with all
        # rows written and nothing committed.
        connection.cursor().execute("LOCK TABLE programme_plantally IN EXCLUSIVE MODE")
        kill = begun(lambda: actions.work_on_import(kept.pk))
        wait_for(_somebody_waits_for_the_tallies, "the worker at its last step")
        kill()
    assert PlanItem.objects.count() == 0
    assert PlanImport.objects.get(pk=kept.pk).status == ImportStatus.CONFIRMING
    done = actions.work_on_import(kept.pk)
    assert (done.status, done.made_items) == (ImportStatus.CONFIRMED, 1_500)
    assert PlanItem.objects.count() == 1_500


def _somebody_waits_for_the_tallies() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted"
            " AND relation = 'programme_plantally'::regclass"
        )
        return cursor.fetchone() is not None


@ON_REAL_ROWS
def test_confirmed_by_two_people_and_worked_on_by_many_processes_it_comes_in_once() -> None:
    activity = make_activity()
    person, kept = read(activity, table(300))
    other = make_person(Role.ORGANISER, region=region(), campaign_slug=activity.campaign.slug)

    def confirm(number: int) -> str:
        account = person if number % 2 else other
        actions.confirm_import(account=account, plan_import=kept)
        return str(actions.work_on_import(kept.pk).made_items)

    assert race(confirm, times=8) == ["300"] * 8
    assert PlanItem.objects.count() == 300
    # One job read it, one takes it in.
    assert ProcrastinateJob.objects.filter(args={"import_id": kept.pk}).count() == 2


@pytest.mark.django_db
def test_after_its_days_the_file_is_deleted_and_the_record_stays(settings: Any) -> None:
    settings.BALA_PLAN_FILES_DAYS = 30
    activity = make_activity()
    person, taken = read(activity, table(2))
    actions.confirm_import(account=person, plan_import=taken)
    actions.work_on_import(taken.pk)
    _person, waiting = read(activity, table(3))
    with clock.at(clock.now() + timedelta(days=29)):
        assert actions.forget_old_files() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert actions.forget_old_files() == 2
        assert actions.forget_old_files() == 0
    for kept in (taken, waiting):
        kept.refresh_from_db()
        assert (bytes(kept.data), kept.table, kept.preview) == (b"", {}, [])
    assert (taken.status, taken.made_items, taken.filename) == ("confirmed", 2, "plan.csv")
    assert waiting.status == ImportStatus.DISCARDED
    assert PlanItem.objects.count() == 2


def address(kept: PlanImport, name: str = "plan_import_preview") -> str:
    return reverse(
        f"programme:{name}", args=[kept.campaign.slug, kept.region.iso_code, kept.public_id]
    )


@pytest.mark.django_db
def test_the_page_shows_progress_asks_again_and_has_a_link_for_those_without_script(
    client: Client,
) -> None:
    person, kept = sent(make_activity(), table(2))
    client.force_login(person)
    page = client.get(address(kept)).content.decode()
    assert '<progress aria-label="Таблица читается" value="0" max="100">' in page
    assert f'hx-get="{address(kept)}"' in page
    assert f'href="{address(kept)}"' in page
    assert "http-equiv" not in page
    part = client.get(address(kept), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part
    assert "<html" not in part.content.decode()
    actions.work_on_import(kept.pk)
    part = client.get(address(kept), headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    assert "Эстафета 0" in client.get(address(kept)).content.decode()


@pytest.mark.django_db
def test_from_file_to_plan_through_the_pages(client: Client) -> None:
    activity = make_activity()
    person = make_person(Role.ORGANISER, region=region(), campaign_slug=activity.campaign.slug)
    client.force_login(person)
    where = [activity.campaign.slug, region().iso_code]
    answer = client.post(reverse("programme:plan_import", args=where), {"text": table(2).decode()})
    run_jobs("programme.work_on_import")
    kept = PlanImport.objects.get()
    assert answer["Location"] == address(kept)
    answer = client.post(address(kept, "plan_import_confirm"))
    assert answer["Location"] == address(kept)
    assert "Строки вносятся в план" in client.get(address(kept)).content.decode()
    run_jobs("programme.work_on_import")
    assert "В план включены 2 строки" in client.get(address(kept)).content.decode()
    listed = client.get(reverse("programme:plan_import", args=where)).content.decode()
    assert "table.tsv" in listed
    assert PlanItem.objects.count() == 2


@pytest.mark.django_db
def test_a_file_that_is_no_table_is_refused_beside_its_field(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    activity = make_activity()
    person = make_person(Role.ORGANISER, region=region(), campaign_slug=activity.campaign.slug)
    client.force_login(person)
    where = reverse("programme:plan_import", args=[activity.campaign.slug, region().iso_code])
    picture = SimpleUploadedFile("plan.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    answer = client.post(where, {"file": picture})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert not PlanImport.objects.exists()


@pytest.mark.django_db
def test_a_deleted_file_is_told_of_and_not_handed_out(client: Client, settings: Any) -> None:
    person, kept = read(make_activity(), table(2))
    client.force_login(person)
    assert client.get(address(kept, "plan_import_file")).content == table(2)
    with clock.at(clock.now() + timedelta(days=settings.BALA_PLAN_FILES_DAYS + 1)):
        actions.forget_old_files()
    assert client.get(address(kept, "plan_import_file")).status_code == 404
    assert client.get(address(kept)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_imports_asks_as_often_for_three_as_for_one(
    client: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    activity = make_activity()
    for _n in range(rows):
        person, _kept = read(activity, table(1))
    client.force_login(person)
    where = reverse("programme:plan_import", args=[activity.campaign.slug, region().iso_code])
    client.get(where)
    with django_assert_max_num_queries(10):
        client.get(where)

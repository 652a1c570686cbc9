"""A plan of 10,000 rows out of Excel, beside the same rows by bare COPY in the same run.

Everything happens in one transaction that is rolled back: the database is as before.
"""

import time
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

ROWS = 10_000
HEAD = [
    "№ мероприятия",
    "Мероприятие",
    "Название",
    "Организация",
    "Район",
    "Ответственные",
    "Даты",
    "Время",
    "Место",
    "Формат",
    "Дети",
    "Взрослые",
    "Источник финансирования",
    "Финансирование, тенге",
    "Форма завершения",
]


class _Undone(Exception):
    """Takes the run back."""


def run() -> None:
    """Print the seconds of reading, previewing and writing, and their ratio to bare COPY."""
    try:
        with transaction.atomic():
            _measure()
            raise _Undone
    except _Undone:
        pass


def workbook(numbers: list[str]) -> bytes:
    """Return an Excel plan of ROWS rows whose activities stand under the given numbers."""
    from bala.kernel.spreadsheets import Cell, to_xlsx

    first = date(2022, 5, 20)
    rows: list[list[Cell]] = []
    for n in range(ROWS):
        day = first + timedelta(days=n % 30)
        by_number = n % 2 == 0  # every other row has to be found by its text
        rows.append(
            [
                numbers[n % len(numbers)] if by_number else None,
                f"Семейная спортивная эстафета, школа № {n}",
                f"Эстафета школы № {n}",
                None,
                None,
                f"Школа № {n}, директор",
                f"{day:%d.%m.%Y}" if n % 3 else "1-15 июня",
                "15:00-17:30",
                f"Стадион № {n % 500}",
                "очно",
                n % 300,
                n % 40,
                "местный бюджет",
                n * 10,
                "информация",
            ]
        )
    return to_xlsx([("План", HEAD, rows)])


def _measure() -> None:
    from bala.people.enums import Role
    from bala.people.models import Account, RoleGrant
    from bala.programme.access.campaigns import reach_of
    from bala.programme.actions.plan_import import (
        choose_activities,
        confirm_import,
        upload_plan,
        work_on_import,
    )
    from bala.programme.models import PlanItem
    from bala.programme.queries.plan_imports import from_json
    from bench.national import _campaign

    campaign = _campaign_of() or _campaign()
    region = campaign.regions.order_by("iso_code")[0]
    activities = list(campaign.activities.select_related("block").order_by("pk"))
    account = Account.objects.create_user("bench@bala.invalid")
    RoleGrant.objects.create(account=account, role=Role.COORDINATOR, campaign_slug=campaign.slug)
    reach = reach_of(account, campaign)
    data = workbook([f"{one.block.number}.{one.number}" for one in activities])

    processor = time.process_time()
    started = time.perf_counter()
    kept = upload_plan(account=account, reach=reach, region=region, filename="plan.xlsx", data=data)
    uploaded = time.perf_counter() - started
    started = time.perf_counter()
    kept = work_on_import(kept.pk)
    previewed = time.perf_counter() - started
    unsure = [row.number for row in from_json(kept.preview) if row.state == "faulty"]
    choices = {str(number): activities[0].public_id for number in unsure}
    started = time.perf_counter()
    choose_activities(plan_import=kept, choices=choices)
    work_on_import(kept.pk)
    chosen = time.perf_counter() - started
    started = time.perf_counter()
    confirm_import(account=account, plan_import=kept)
    made = work_on_import(kept.pk).made_items
    confirmed = time.perf_counter() - started
    processor = time.process_time() - processor
    made_ids = PlanItem.objects.filter(created_by=account).values_list("pk", flat=True)
    bare = _copy(list(made_ids))
    whole = uploaded + previewed + confirmed
    print(f"plan import, {made:,} rows ({len(data) / 1e6:.1f} MB of Excel)")
    print(f"  request: upload      {uploaded:6.2f} s")
    print(f"  job: read, previewed {previewed:6.2f} s")
    print(f"  job: looked again    {chosen:6.2f} s")
    print(f"  job: written         {confirmed:6.2f} s")
    print(f"  whole                {whole:6.2f} s, goal below 10 s")
    print(f"  of it processor      {processor:6.2f} s in Python, the second look included")
    print(f"  bare COPY            {bare:6.3f} s, the import takes {whole / bare:.0f} times that")


def _campaign_of() -> Any:
    from bala.programme.models import Campaign
    from bench.national import SLUG

    return Campaign.objects.filter(slug=SLUG).first()


def _copy(ids: list[int]) -> float:
    """Write the same rows again by COPY; return the seconds."""
    from bala.programme.models import PlanItem

    columns = [str(one.column) for one in PlanItem._meta.concrete_fields if not one.primary_key]  # noqa: SLF001
    place = columns.index("public_id")
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names} FROM programme_planitem WHERE id = ANY(%s) ORDER BY id", [ids]
        )
        rows = [list(row) for row in cursor.fetchall()]
        for number, row in enumerate(rows):
            row[place] = f"bench{number:011d}"
        started = time.perf_counter()
        with cursor.copy(f"COPY programme_planitem ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return time.perf_counter() - started

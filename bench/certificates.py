"""Ten thousand certificates of one list: issued in their series, then set as sheets, on one core.

The reference of the same run: bare INSERTs of the same rows, and bare typst that sets pages with
nothing but the name on them.
"""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

COUNT = 10_000
GOAL = 200  # a second, on one core
FIRST = (
    "Айғаным",
    "Қуаныш",
    "Өркен",
    "Ұлжан",
    "Ғалымжан",
    "Іңкәр",
    "Жәния",
    "Һәким",
    "Ермек",
    "Дарья",
)
LAST = (
    "Сәрсенова",
    "Мұхамеджанова-Әбдірахманова",
    "Оспан",
    "Ким",
    "О’Коннор",
    "Төлегенқызы",
    "Петренко",
)
LETTERS = "абвгдежзийклмнопрстуфхцчшщэюя"


def run() -> None:
    """Print what issuing and setting take, of the processor and by the clock on the wall."""
    os.environ["RAYON_NUM_THREADS"] = "1"
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})
    try:
        _run()
    finally:
        os.sched_setaffinity(0, everywhere)


def _run() -> None:
    from django.db import connection, transaction

    from bala.certificates.actions import prints
    from bala.certificates.actions.batches import confirm_list, issue_list
    from bala.certificates.actions.printing import many_pdf
    from bala.certificates.models import Batch, Certificate
    from bala.certificates.queries.certificates import with_all

    with transaction.atomic():
        batch = _list()
        kept = confirm_list(batch=batch)
        cpu, wall = time.process_time(), time.perf_counter()
        issue_list(kept.pk)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        bare = _bare_inserts(connection)
        print(f"certificates: {COUNT:,} of one list, on one core")
        told = _rates(COUNT, cpu, wall)
        print(f"  issued               {told}; {wall / bare:.1f} times bare INSERTs ({bare:.2f} s)")
        issued_cpu = cpu
        found = list(with_all(Certificate.objects.filter(batch=batch)).order_by("number"))
        cpu, wall, size = time.process_time(), time.perf_counter(), 0
        for start in range(0, COUNT, prints.PAGES):
            size += len(many_pdf(found[start : start + prints.PAGES], title="Диплом"))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        pages = _bare_pages([one.name for one in found])
        told = _rates(COUNT, cpu, wall)
        times = f"{cpu / pages:.1f} times bare pages with the name alone ({pages:.1f} s)"
        print(f"  set as PDF           {told}; {times}; {size / COUNT / 1000:.1f} KB each")
        both = COUNT / (cpu + issued_cpu)
        print(f"  issued and set       {both:6.0f} a second of processor, goal {GOAL}")
        if Batch.objects.get(pk=batch.pk).issued != COUNT:
            raise RuntimeError("not all were issued")
        transaction.set_rollback(True)


def _rates(count: int, cpu: float, wall: float) -> str:
    return f"{count / cpu:6.0f} a second of processor, {count / wall:6.0f} by the wall"


def _list() -> Any:
    from bala.certificates.enums import DesignState, Kind
    from bala.certificates.models import Batch, Design
    from bala.kernel import clock
    from bala.people.models import Account

    account = Account.objects.create_user("bench@certificates.example", None, full_name="Bench")
    design = Design.objects.create(
        campaign_slug="bench-certificates",
        kind=Kind.DIPLOMA,
        label="Диплом",
        block=5,
        state=DesignState.APPROVED,
        approved_at=clock.now(),
        campaign_kk="«Бақытты бала – бақытты ел»",
        campaign_ru="«Счастливый ребенок – счастливая страна»",
        heading_kk="Диплом",
        heading_ru="Диплом",
        lead_ru="награждается",
        body_kk="{occasion} жоғары нәтиже көрсеткені үшін марапатталады",
        body_ru="за высокий результат: {occasion}",
        issuer_kk="Қазақстан Республикасының Білім және ғылым министрлігі",
        issuer_ru="Министерство образования и науки Республики Казахстан",
        signatories=[{"name": "С. Ахметова", "post_kk": "Төрайым", "post_ru": "Председатель"}],
    )
    rows = []
    for number in range(COUNT):
        high, low = divmod(number // 70, len(LETTERS))
        middle = f"{LETTERS[high % len(LETTERS)].upper()}{LETTERS[low]}"
        name = f"{FIRST[number % 10]} {middle} {LAST[number // 10 % 7]}"
        rows.append(
            {
                "row": number,
                "name": name,
                "detail": "",
                "place": None,
                "nomination": "",
                "child": "",
                "faults": [],
            }
        )
    return Batch.objects.create(
        design=design,
        campaign_slug=design.campaign_slug,
        occasion_kk="«Отбасылық эстафета» спорт мерекесі",
        occasion_ru="спортивный праздник «Семейная эстафета»",
        issued_on=clock.today(),
        rows=rows,
        total=COUNT,
        made_by=account,
    )


def _bare_inserts(connection: Any) -> float:
    """Write the same rows into a table without constraints, a thousand at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM certificates_certificate WHERE campaign_slug = 'bench-certificates'"
        )
        rows = cursor.fetchall()
        cursor.execute(
            "CREATE TEMPORARY TABLE bare AS SELECT * FROM certificates_certificate WHERE false"
        )
        places = f"({', '.join(['%s'] * len(rows[0]))})"
        started = time.perf_counter()
        for start in range(0, len(rows), 1000):
            some = rows[start : start + 1000]
            values = ", ".join([places] * len(some))
            cursor.execute(
                f"INSERT INTO bare VALUES {values}", [cell for row in some for cell in row]
            )
        return time.perf_counter() - started


def _bare_pages(names: list[str]) -> float:
    """Return the seconds of processor that typst takes for pages with a name on each and no more."""
    import typst

    from bala.kernel.printing import FONTS

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bare.typ"
        source.write_text(
            '#set page(width: 297mm, height: 210mm)\n#set text(font: "Onest")\n'
            '#for name in sys.inputs.names.split("|") { page(name) }',
            "utf-8",
        )
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
        started = time.process_time()
        for start in range(0, len(names), 500):
            some = "|".join(names[start : start + 500])
            typst.compile(
                str(source), root=folder, font_paths=fonts, format="pdf", sys_inputs={"names": some}
            )
        return time.process_time() - started

"""Plans out of files: what is read, what is refused and by which words, and that it is whole."""

import io
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from docx import Document
from openpyxl import Workbook

from bala.concept.errors import ArchiveBomb, DamagedDocument, DocumentTooLarge, UnreadableDocument
from bala.concept.plan_tables import LegacyWorkbook, NoPlanTable, read_plan_sheet
from bala.people.enums import Role
from bala.programme.access.campaigns import Reach, reach_of
from bala.programme.actions import plan_import as actions
from bala.programme.actions.plans import PLANNED_FIELDS
from bala.programme.enums import ImportStatus
from bala.programme.models import Activity, PlanImport, PlanItem
from bala.programme.queries import plan_export as export
from bala.programme.queries.plan_imports import from_json, problem_of
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_block, make_plan_item
from tests.territory.factories import make_district, make_organisation, region

HEAD = ["№", "Мероприятие", "Ответственные", "Сроки", "Финансирование", "Форма завершения"]
LINE = ["1.1", "Эстафета", "Управление образования", "1-15 июня", "бюджет", "информация"]


def workbook(*lines: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_of(*lines: list[str]) -> bytes:
    return "\r\n".join(";".join(line) for line in lines).encode("utf-8-sig")


def word(*lines: list[str]) -> bytes:
    document = Document()
    document.add_paragraph("План мероприятий")
    table = document.add_table(rows=0, cols=len(lines[0]))
    for line in lines:
        cells = table.add_row().cells
        for cell, text in zip(cells, line, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def organiser(activity: Activity) -> tuple[Any, Reach]:
    person = make_person(Role.ORGANISER, region=region(), campaign_slug=activity.campaign.slug)
    return person, reach_of(person, activity.campaign)


def sent(activity: Activity, data: bytes, filename: str = "plan.csv") -> tuple[Any, Any, Any]:
    person, reach = organiser(activity)
    kept = actions.upload_plan(
        account=person, reach=reach, region=region(), filename=filename, data=data
    )
    return person, reach, worked(kept)


def worked(kept: PlanImport) -> PlanImport:
    """Let the job do what the import waits for, and look at it anew."""
    actions.work_on_import(kept.pk)
    return PlanImport.objects.get(pk=kept.pk)


def confirmed(person: Any, kept: PlanImport) -> PlanImport:
    """Confirm an import and let the job do it."""
    return worked(actions.confirm_import(account=person, plan_import=kept))


def chosen(kept: PlanImport, choices: dict[str, str]) -> PlanImport:
    """Choose for rows of an import and let the job look again."""
    return worked(actions.choose_activities(plan_import=kept, choices=choices))


def codes(kept: PlanImport) -> list[tuple[int, str, str]]:
    """Name each fault of an import: (row, column, code)."""
    return [
        (row.number, fault["column"], fault["code"])
        for row in from_json(kept.preview)
        for fault in row.faults
    ]


@pytest.mark.parametrize(
    ("make", "name"), [(workbook, "plan.xlsx"), (csv_of, "plan.csv"), (word, "plan.docx")]
)
def test_an_official_table_is_read_from_each_format(make: Any, name: str) -> None:
    sheet = read_plan_sheet(make(HEAD, LINE), filename=name)
    assert [row.cells for row in sheet.rows] == [
        {
            "number": "1.1",
            "activity": "Эстафета",
            "responsible": "Управление образования",
            "dates": "1-15 июня",
            "funding": "бюджет",
            "completion": "информация",
        }
    ]


def test_kazakh_headings_are_known() -> None:
    head = ["№", "Шаралар", "Мерзімі", "Жауаптылар", "Аяқтау нысаны"]
    sheet = read_plan_sheet(
        csv_of(head, ["1", "Эстафета", "1 маусым", "Мектеп", "ақпарат"]), filename="a"
    )
    assert sheet.columns == ("number", "activity", "dates", "responsible", "completion")


def test_numbers_and_dates_of_excel_come_out_as_people_write_them() -> None:
    data = workbook(HEAD, [1.0, "Эстафета", "Школа", date(2021, 6, 1), 150000.5, None])
    (row,) = read_plan_sheet(data, filename="a.xlsx").rows
    assert (row.cells["number"], row.cells["dates"], row.cells["funding"]) == (
        "1",
        "01.06.2021",
        "150000.5",
    )


def test_a_formula_without_a_value_is_named_by_its_cell() -> None:
    data = workbook(HEAD, ["1.1", "Эстафета", "Школа", "=TODAY()", "", ""])
    (row,) = read_plan_sheet(data, filename="a.xlsx").rows
    assert row.faults == (("dates", "formula", "D2"),)


def test_a_formula_in_csv_is_refused_by_its_cell() -> None:
    (row,) = read_plan_sheet(csv_of(HEAD, [*LINE[:4], "=1+1", ""]), filename="a.csv").rows
    assert row.faults == (("funding", "formula", "E2"),)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, LegacyWorkbook),
        (workbook(HEAD)[:600], DamagedDocument),
        (csv_of(["Имя", "Класс"], ["Айгүл", "5"]), NoPlanTable),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, UnreadableDocument),
        (b"", UnreadableDocument),
    ],
)
def test_what_is_no_plan_is_refused_in_one_sentence(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        read_plan_sheet(data, filename="plan.xls")
    assert str(caught.value).endswith(".")


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(DocumentTooLarge):
        read_plan_sheet(b"a;b\n" * 100, filename="a.csv", max_bytes=100)


def test_a_zip_bomb_is_not_opened() -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    with pytest.raises(ArchiveBomb):
        read_plan_sheet(out.getvalue(), filename="a.xlsx")


@pytest.mark.django_db
def test_each_fault_is_named_by_row_and_column() -> None:
    activity = make_activity()
    head = ["№", "Название", "Сроки", "Дети", "Район", "Организация", "Регион", "Место"]
    data = csv_of(
        head,
        ["1.1", "а", "с 20 по 10 июня 2021 года", "", "", "", "", ""],
        ["1.1", "б", "1 июня", "-5", "", "", "", ""],
        ["1.1", "в", "1 июня", "пять", "", "", "", ""],
        ["1.1", "г", "1 июня", "", "Нет такого", "", "", ""],
        ["1.1", "д", "1 июня", "", "", "Школа на Луне", "", ""],
        ["1.1", "е", "1 июня", "", "", "", "Атлантида", ""],
        ["1.1", "ж", "1 июня", "", "", "", "KZ-79", ""],
        ["1.1", "з", "1 июня", "", "", "", "", "х" * 301],
        ["9.9", "Полёт на Марс", "1 июня", "", "", "", "", ""],
        ["1.1", "и", "", "", "", "", "", ""],
        ["1.1", "к", "31 июня", "", "", "", "", ""],
        ["1.1", "л", "1 июня 2031 года", "", "", "", "", ""],
    )
    _person, _reach, kept = sent(activity, data)
    assert codes(kept) == [
        (2, "dates", "ends_before_start"),
        (3, "children", "negative"),
        (4, "children", "not_number"),
        (5, "district", "no_district"),
        (6, "organisation", "no_organisation"),
        (7, "region", "no_region"),
        (8, "region", "other_region"),
        (9, "place", "too_long"),
        (10, "activity", "no_activity"),
        (11, "dates", "empty"),
        (12, "dates", "no_such_day"),
        (13, "dates", "far_year"),
    ]


@pytest.mark.django_db
def test_one_faulty_row_keeps_all_out() -> None:
    activity = make_activity()
    person, _reach, kept = sent(
        activity, csv_of(HEAD, LINE, ["1.1", "x", "", "когда-нибудь", "", ""])
    )
    with pytest.raises(actions.RowsFaulty):
        confirmed(person, kept)
    assert PlanItem.objects.count() == 0
    kept = chosen(kept, {"3": "skip"})
    confirmed(person, kept)
    assert PlanItem.objects.count() == 1


@pytest.mark.django_db
def test_confirmed_twice_imports_once() -> None:
    activity = make_activity()
    person, _reach, kept = sent(activity, csv_of(HEAD, LINE))
    for _time in range(2):
        done = confirmed(person, kept)
    assert (done.made_items, PlanItem.objects.count()) == (1, 1)
    item = PlanItem.objects.get()
    assert (item.starts_on, item.ends_on, item.dates_text, item.responsible) == (
        date(2021, 6, 1),
        date(2021, 6, 15),
        "1-15 июня",
        "Управление образования",
    )


@pytest.mark.django_db
def test_an_activity_is_found_by_number_name_and_likeness_within_its_block() -> None:
    block = make_block()
    relay = make_activity(block)
    named = make_activity(block, title_ru="Видеоконкурс блогеров", name="О чем мечтают дети")
    head = ["№", "Мероприятие", "Сроки"]
    data = csv_of(
        head,
        ["1.1", "что угодно", "1 июня"],
        ["7", "«О чём мечтают дети»", "1 июня"],
        ["8", "Проведение семейных спортивных эстафет", "1 июня"],
    )
    _person, _reach, kept = sent(relay, data)
    rows = from_json(kept.preview)
    assert [(row.activity, row.by) for row in rows] == [
        (relay.public_id, "number"),
        (named.public_id, "name"),
        (relay.public_id, "likeness"),
    ]
    assert 0.3 < rows[2].confidence < 1


@pytest.mark.django_db
def test_an_uncertain_activity_is_chosen_by_the_person() -> None:
    activity = make_activity()
    person, _reach, kept = sent(
        activity, csv_of(["Мероприятие", "Сроки"], ["Спортивный праздник во дворе", "1 июня"])
    )
    assert [row.state for row in from_json(kept.preview)] == ["faulty"]
    kept = chosen(kept, {"2": activity.public_id})
    confirmed(person, kept)
    assert PlanItem.objects.get().title_ru == "Спортивный праздник во дворе"


def planned() -> dict[str, Any]:
    """Return what the one row of the plan says, but for how its dates were typed."""
    (values,) = PlanItem.objects.values(*PLANNED_FIELDS)
    return {name: value for name, value in values.items() if name != "dates_text"}


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_can_be_sent_in_again(form: str) -> None:
    house, place = make_organisation(), make_district()
    item = make_plan_item(
        organisation=house,
        district=place,
        title_ru="=Эстафета; «Папа, мама, я»",
        responsible="Сәрсенова А. К.",
        starts_on=date(2021, 6, 1),
        ends_on=date(2021, 6, 12),
        expected_children=1200,
        expected_adults=30,
        funding="местный бюджет",
        funding_tenge="150000.50",
        completion_form="видео",
        place="Парк",
        format="hybrid",
    )
    rows = PlanItem.objects.all()
    data = export.as_csv(rows) if form == "csv" else export.as_xlsx(rows, region())
    before = planned()
    person, _reach, kept = sent(item.activity, data, f"plan.{form}")
    assert [row.state for row in from_json(kept.preview)] == ["twin"]
    PlanItem.objects.all().delete()
    done = confirmed(person, kept)
    assert done.made_items == 1
    assert planned() == before


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_headings_of_an_export_are_known_in_every_language(language: str) -> None:
    with override(language):
        head = export.header()
    row = [f"x{n}" for n in range(len(head))]
    assert read_plan_sheet(csv_of(head, row), filename="a.csv").columns == tuple(export.HEADINGS)


@pytest.mark.django_db
def test_money_in_thousands_is_taken_as_thousands() -> None:
    activity = make_activity()
    head = ["Реттік №", "Іс-шара", "Мерзімі", "Қаржыландыру, мың теңге"]
    person, _reach, kept = sent(activity, csv_of(head, ["1.1", "x", "1 маусым", "150,5"]))
    confirmed(person, kept)
    assert PlanItem.objects.get().funding_tenge == 150_500


@pytest.mark.django_db
def test_a_plan_in_word_that_was_exported_can_be_sent_in_again() -> None:
    item = make_plan_item(responsible="Школа № 5", place="Парк", funding="бюджет")
    data = export.as_docx(PlanItem.objects.all(), region(), "План")
    _person, _reach, kept = sent(item.activity, data, "plan.docx")
    assert [(row.state, row.activity) for row in from_json(kept.preview)] == [
        ("twin", item.activity.public_id)
    ]


@pytest.mark.django_db
def test_an_organiser_of_a_district_brings_in_that_district_only() -> None:
    activity = make_activity()
    mine = make_district()
    make_district(name_kk="Алатау ауданы", name_ru="Алатауский район")
    person = make_person(
        Role.ORGANISER, region=region(), district=mine, campaign_slug=activity.campaign.slug
    )
    reach = reach_of(person, activity.campaign)
    head = ["№", "Название", "Сроки", "Район"]
    kept = actions.upload_plan(
        account=person,
        reach=reach,
        region=region(),
        filename="a.csv",
        data=csv_of(head, ["1.1", "x", "1 июня", "Алатауский район"]),
    )
    kept = confirmed(person, worked(kept))
    assert (kept.status, kept.problem) == (ImportStatus.PREVIEW, "OtherDistrict")
    assert str(problem_of(kept)) == "Вы планируете за другой район: выберите свой."
    assert PlanItem.objects.count() == 0

"""Lists of organisations and zones: faults by row, all or nothing."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from bala.concept.errors import UnreadableDocument
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.spreadsheets import to_csv
from bala.territory.actions.organisations import BadRows, confirm_list, keep_list, read_rows
from bala.territory.actions.sanitary import BadZones, import_zones
from bala.territory.enums import ListSubject, OrganisationKind, Zone
from bala.territory.models import District, Organisation, ZoneDecree
from bala.territory.queries.list_files import read_list
from bala.territory.queries.sanitary import zone_of
from tests.territory.factories import make_district, make_organisation, region

HEAD = ["код", "Наименование", "Вид", "Регион", "Район"]


def bring(rows: Sequence[Sequence[str]], regions: frozenset[int] | None = None) -> int:
    kept = keep_list(
        subject=ListSubject.ORGANISATIONS, filename="list.csv", rows=rows, owner="somebody"
    )
    return confirm_list(public_id=kept.public_id, owner="somebody", region_ids=regions)[1]


def workbook(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_list_with_words_of_three_languages_becomes_organisations() -> None:
    district = make_district(code="751000")
    rows = [
        HEAD,
        ["1", "Школа № 1", "школа", "KZ-75", "Медеуский район"],
        ["2", "№ 2 колледж", "Колледж", "Алматы қаласы", "751000"],
        ["", "Museum", "museum", "ALA", ""],
        ["", "", "", "", ""],
    ]
    assert bring(rows) == 3
    kinds = [OrganisationKind.COLLEGE, OrganisationKind.MUSEUM, OrganisationKind.SCHOOL]
    assert sorted(Organisation.objects.values_list("kind", flat=True)) == kinds
    assert district.organisations.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["9", "Школа", "школа", "KZ-99", ""], "region"),
        (["9", "Школа", "школа", "KZ-79", ""], "region"),  # somebody else's
        (["9", "Школа", "цирк-шапито", "KZ-75", ""], "kind"),
        (["9", "", "школа", "KZ-75", ""], "name_ru"),
        (["9", "Школа", "школа", "KZ-75", "Нигдейский район"], "district"),
        (["7", "Школа", "школа", "KZ-75", ""], "external_code"),  # stands in the database
        (["1", "Школа", "школа", "KZ-75", ""], "external_code"),  # stands in row 2
        (["9", "Ш" * 301, "школа", "KZ-75", ""], "name_ru"),
    ],
)
def test_a_fault_is_named_by_row_and_nothing_is_taken(row: list[str], column: str) -> None:
    make_organisation(external_code="7")
    rows = [HEAD, ["1", "Школа № 1", "школа", "KZ-75", ""], row]
    with pytest.raises(BadRows) as caught:
        bring(rows, frozenset({region("KZ-75").pk}))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(3, column)]
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
def test_a_list_confirmed_twice_is_taken_once_and_only_by_its_owner() -> None:
    kept = keep_list(
        subject=ListSubject.DISTRICTS,
        filename="list.csv",
        rows=[["region", "code", "name_ru"], ["KZ-75", "751000", "Медеуский район"]],
        owner="somebody",
    )
    with pytest.raises(NotHere):
        confirm_list(public_id=kept.public_id, owner="another", region_ids=None)
    for expected in (1, 0):
        _subject, count = confirm_list(public_id=kept.public_id, owner="somebody", region_ids=None)
        assert count == expected
    assert [d.name_kk for d in District.objects.all()] == ["Медеуский район"]


@pytest.mark.django_db
def test_a_list_without_its_columns_says_which() -> None:
    rows, faults = read_rows(ListSubject.ORGANISATIONS, [["a", "b"], ["1", "2"]], None)
    assert rows == []
    assert [fault.column for fault in faults] == ["kind", "region", "name_ru"]


def test_excel_and_csv_of_every_encoding_read_alike() -> None:
    rows = [["код", "Наименование"], ["12", "Мектеп № 1; «Қыран»"]]
    text = "\r\n".join(["код;Наименование", '12;"Мектеп № 1; «Қыран»"'])
    assert read_list(workbook(["код", "Наименование"], [12, rows[1][1]]), filename="a.xlsx") == rows
    assert read_list(to_csv(rows[0], rows[1:]), filename="a.csv") == rows
    assert read_list(text.encode("utf-8"), filename="a.csv") == rows
    assert read_list(text.encode("utf-16"), filename="a.csv") == rows
    plain = text.replace("Қ", "К")
    assert read_list(plain.encode("cp1251"), filename="a.csv")[1][1] == rows[1][1].replace("Қ", "К")


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (workbook(["код"], ["=1+1"]), "a.xlsx"),
        ("код\n=cmd|' /C calc'!A0\n".encode(), "a.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "a.xlsx"),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx"),
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv"),
        (b"  ", "a.csv"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(data: bytes, filename: str) -> None:
    with pytest.raises(PersonError) as caught:
        read_list(data, filename=filename)
    assert str(caught.value)


def test_a_formula_is_named_by_its_cell() -> None:
    with pytest.raises(PersonError, match="B2"):
        read_list(workbook(["a", "b"], ["1", "=A1"]), filename="a.xlsx")
    with pytest.raises(UnreadableDocument):
        read_list(b"", filename="a.csv")


@pytest.mark.django_db
def test_zones_are_taken_from_a_list_and_a_region_not_named_is_green() -> None:
    rows = [
        ["Дата", "Код региона", "Зона"],
        ["12.06.2021", "KZ-71", "красная зона"],
        ["2021-06-12", "ALA", "сары"],
    ]
    assert import_zones(rows=rows) == 1
    day = date(2021, 6, 15)
    assert zone_of(region("KZ-71"), day) == Zone.RED
    assert zone_of(region("KZ-75"), day) == Zone.YELLOW
    assert zone_of(region("KZ-55"), day) == Zone.GREEN  # yellow until then


@pytest.mark.django_db
def test_a_list_of_zones_with_a_fault_changes_nothing() -> None:
    before = ZoneDecree.objects.count()
    rows = [
        ["effective_on", "region_code", "zone"],
        ["2021-06-12", "KZ-71", "red"],
        ["2021-06-31", "KZ-98", "purple"],
        ["2021-06-12", "KZ-71", "yellow"],
    ]
    with pytest.raises(BadZones) as caught:
        import_zones(rows=rows)
    assert [(f.row, f.column) for f in caught.value.faults] == [
        (3, "effective_on"),
        (3, "region_code"),
        (3, "zone"),
        (4, "region_code"),
    ]
    assert ZoneDecree.objects.count() == before

"""Tables that officials open."""

import io
from datetime import date

import openpyxl

from bala.kernel import spreadsheets

ROWS: list[list[spreadsheets.Cell]] = [
    ['=HYPERLINK("http://evil")', 5, date(2021, 6, 1), None],
    ["Ақтөбе; «қ»", 1.5, None, True],
]
HEADER = ["Атауы", "n", "d", "x"]


def test_csv_opens_in_excel_and_runs_no_formula() -> None:
    body = spreadsheets.to_csv(HEADER, ROWS)
    assert body.startswith(b"\xef\xbb\xbf")
    text = body.decode("utf-8-sig")
    assert "\"'=HYPERLINK" in text
    assert '"Ақтөбе; «қ»"' in text


def test_xlsx_keeps_numbers_and_dates_and_runs_no_formula() -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(spreadsheets.to_xlsx([("Лист", HEADER, ROWS)]))
    ).active
    assert sheet is not None
    assert sheet["A2"].value == ROWS[0][0]
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 5
    assert sheet["C2"].value.date() == date(2021, 6, 1)

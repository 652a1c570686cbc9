"""The report as an Excel workbook: real numbers, one sheet for each kind of table."""

import io
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

Content = dict[str, Any]
_METRICS = ("events", "children", "adults", "money", "media")
_LINE = 15.0  # points
_MAX_LINK = 2079  # longer addresses are refused by Excel


class _Book:
    """A workbook with the formats of the report."""

    def __init__(self, content: Content) -> None:
        self.content, self.labels = content, content["labels"]
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.book.set_properties({"title": content["title"], "subject": content["campaign"]})
        base = {"valign": "top", "border": 1, "border_color": "#c9d6da"}
        make = self.book.add_format
        self.title = make({"bold": True, "font_size": 16, "font_color": "#00687f"})
        self.over = make({"bold": True, "font_size": 12})
        self.plain = make({"text_wrap": True, "valign": "top"})
        self.soft = make({"text_wrap": True, "valign": "top", "font_color": "#4b6872"})
        self.head = make(
            {
                **base,
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#00687f",
                "font_color": "#ffffff",
            }
        )
        self.text = make({**base, "text_wrap": True})
        self.ordinal = make({**base, "align": "center"})
        link = {**base, "font_color": "#00505f"}
        self.number = make({**link, "num_format": "#,##0"})
        self.money = make({**link, "num_format": "#,##0.00"})
        total = {"bold": True, "bg_color": "#e2f6fa"}
        self.total_text = make({**base, **total})
        self.total_ordinal = make({**base, **total, "align": "center"})
        self.total_number = make({**link, **total, "num_format": "#,##0"})
        self.total_money = make({**link, **total, "num_format": "#,##0.00"})
        self.missing = make({**base, "text_wrap": True, "bg_color": "#ffedd5"})

    def sheet(self, name: str, widths: Sequence[int], *, landscape: bool = True) -> Any:
        """Add a sheet that prints on A4 with its first row on every page."""
        sheet = self.book.add_worksheet(_sheet_name(name))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def heads(self, sheet: Any, row: int, names: Sequence[str], *, freeze: int = 1) -> None:
        sheet.write_row(row, 0, [self.labels[name] for name in names], self.head)
        sheet.set_row(row, 2 * _LINE)
        sheet.freeze_panes(row + 1, freeze)
        sheet.repeat_rows(row)

    @staticmethod
    def fit(sheet: Any, row: int, *cells: tuple[str, int]) -> None:
        """Give a row the height that its (text, width of the column) take, where that is more than a line.

        Excel fits rows by itself; other programs show what the file says.
        """
        lines = max(math.ceil(len(text) / width) for text, width in cells)
        if lines > 1:
            sheet.set_row(row, _LINE * lines)

    def figures(
        self, sheet: Any, row: int, column: int, one: Content, *, total: bool = False
    ) -> None:
        """Write the five figures of a row, each a number that leads to its records."""
        for offset, metric in enumerate(_METRICS):
            self.figure(sheet, row, column + offset, one[metric], metric, total=total)

    def figure(
        self, sheet: Any, row: int, column: int, one: Content, metric: str, *, total: bool = False
    ) -> None:
        plain, money = (self.total_number, self.total_money) if total else (self.number, self.money)
        form = money if metric == "money" else plain
        if len(one["url"]) <= _MAX_LINK:
            sheet.write_url(row, column, one["url"], form, string=one["text"])
        # The number is written over the link's text: the cell stays a number that can be summed.
        sheet.write_number(row, column, float(Decimal(one["value"])), form)


def _sheet_name(name: str) -> str:
    """Return a name that Excel takes: at most 31 signs, none of []:*?/\\."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in name)[:31]


def to_xlsx(content: Content) -> bytes:
    """Return the report as a workbook."""
    book = _Book(content)
    _summary(book)
    if content["is_consolidated"]:
        _regions(book)
        _matrix(book)
    if content["districts"]:
        _districts(book)
    _activities(book)
    _media(book)
    if content["is_consolidated"]:
        _not_reported(book)
    book.book.close()
    return book.out.getvalue()


def _summary(book: _Book) -> None:
    content, labels = book.content, book.labels
    sheet = book.sheet(labels["summary"], (7, 56, 15, 14, 14, 20, 18))
    sheet.hide_gridlines(2)
    sheet.write(0, 0, content["title"], book.title)
    sheet.merge_range(1, 0, 1, 6, content["region"] or content["campaign"], book.over)
    lines = [
        (labels["period"], content["period"]),
        (labels["purpose"], content["purpose"]),
        (labels["summary"], content["summary"]),
    ]
    row = 2
    for label, text in lines:
        if not text:
            continue
        sheet.merge_range(row, 0, row, 6, f"{label}: {text}", book.plain)
        sheet.set_row(row, 15 * (1 + len(text) // 130))
        row += 1
    row += 1
    book.heads(
        sheet,
        row,
        ("number", "block", "events", "children", "adults", "money", "media_items"),
        freeze=0,
    )
    for block in content["blocks"]:
        row += 1
        sheet.write(row, 0, block["number"], book.ordinal)
        sheet.write(row, 1, block["title"], book.text)
        book.figures(sheet, row, 2, block)
    row += 1
    sheet.write(row, 0, "", book.total_text)
    sheet.write(row, 1, labels["total"], book.total_text)
    book.figures(sheet, row, 2, content["total"], total=True)
    note = labels["provenance"] % {
        "day": content["as_of"],
        "time": content["as_of_time"],
        "sum": content["figures_sha256"],
    }
    sheet.merge_range(row + 2, 0, row + 2, 6, note, book.soft)
    sheet.set_row(row + 2, 32)


def _regions(book: _Book) -> None:
    heads = ("region", "events", "children", "adults", "money", "media_items", "return_status")
    sheet = book.sheet(book.labels["by_region"], (6, 36, 15, 13, 13, 19, 18, 34))
    _by_place(book, sheet, heads, book.content["regions"])


def _districts(book: _Book) -> None:
    heads = ("district", "planned", "events", "children", "adults", "money", "media_items")
    sheet = book.sheet(book.labels["by_district"], (6, 44, 18, 15, 13, 13, 19, 18))
    _by_place(book, sheet, heads, book.content["districts"])


def _by_place(book: _Book, sheet: Any, heads: Sequence[str], places: Sequence[Content]) -> None:
    """Write a row for each region or district: its figures, then what the heads ask for; the total."""
    names = ("number", *heads)
    planned = "planned" in names
    figures = names.index("events")
    status = names.index("return_status") if "return_status" in names else None
    book.heads(sheet, 0, names, freeze=2)
    for row, place in enumerate(places, start=1):
        sheet.write(row, 0, "" if place.get("is_none") else row, book.ordinal)
        sheet.write(row, 1, place["name"], book.text)
        if planned:
            sheet.write(row, 2, place["planned"], book.number)
        book.figures(sheet, row, figures, place)
        if status is not None:
            _status(book, sheet, row, status, place)
    last = len(places) + 1
    sheet.autofilter(0, 0, last - 1, len(names) - 1)
    sheet.write(last, 0, "", book.total_text)
    sheet.write(last, 1, book.labels["total"], book.total_text)
    if planned:
        sheet.write(last, 2, sum(place["planned"] for place in places), book.total_number)
    book.figures(sheet, last, figures, book.content["total"], total=True)
    if status is not None:
        sheet.write(last, status, "", book.total_text)


def _status(book: _Book, sheet: Any, row: int, column: int, region: Content) -> None:
    text = region["status"]
    if region["changed_after"]:
        text += f" ({book.labels['changed_after']})"
    book.fit(sheet, row, (text, 34))
    sheet.write(row, column, text, book.text if region["has_reported"] else book.missing)


def _matrix(book: _Book) -> None:
    content, labels = book.content, book.labels
    blocks = [block for block in content["blocks"] if not block["withdrawn"]]
    sheet = book.sheet(labels["matrix"], (36, *([15] * (len(blocks) + 1))))
    heads = [
        labels["region"],
        *(f"{labels['block']} {b['number']}" for b in blocks),
        labels["total"],
    ]
    sheet.write_row(0, 0, heads, book.head)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    for row, (line, region) in enumerate(
        zip(content["matrix"], content["regions"], strict=True), start=1
    ):
        sheet.write(row, 0, line["name"], book.text)
        for column, cell in enumerate(line["cells"], start=1):
            book.figure(sheet, row, column, cell["events"], "events")
        book.figure(sheet, row, len(blocks) + 1, region["events"], "events", total=True)
    last = len(content["matrix"]) + 1
    sheet.write(last, 0, labels["total"], book.total_text)
    for column, block in enumerate(blocks, start=1):
        book.figure(sheet, last, column, block["events"], "events", total=True)
    book.figure(sheet, last, len(blocks) + 1, content["total"]["events"], "events", total=True)


def _activities(book: _Book) -> None:
    content, labels = book.content, book.labels
    sheet = book.sheet(labels["by_activity"], (7, 70, 18, 15, 13, 13, 19, 18))
    names = (
        "number",
        "activity",
        "planned",
        "events",
        "children",
        "adults",
        "money",
        "media_items",
    )
    book.heads(sheet, 0, names, freeze=2)
    row = 0
    for block in content["blocks"]:
        row += 1
        sheet.write(row, 0, block["number"], book.total_ordinal)
        sheet.write(row, 1, block["title"], book.total_text)
        sheet.write(row, 2, sum(item["planned"] for item in block["items"]), book.total_number)
        book.figures(sheet, row, 3, block, total=True)
        for item in block["items"]:
            row += 1
            sheet.write(row, 0, item["number"], book.ordinal)
            sheet.write(row, 1, item["title"], book.text)
            book.fit(sheet, row, (item["title"], 70))
            sheet.write(row, 2, item["planned"], book.number)
            book.figures(sheet, row, 3, item)


def _media(book: _Book) -> None:
    content, labels = book.content, book.labels
    sheet = book.sheet(labels["media"], (32, 26, 60, 60, 13))
    book.heads(sheet, 0, ("region", "outlet", "headline", "link", "date"))
    row = 0
    for region in content["media"]:
        for item in region["items"]:
            row += 1
            cells = (
                region["name"],
                item["outlet"],
                item["title"],
                item["url"],
                item["published_on"],
            )
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, book.text)
            book.fit(sheet, row, (item["title"], 60), (item["url"], 60), (item["outlet"], 26))
    if row:
        sheet.autofilter(0, 0, row, 4)


def _not_reported(book: _Book) -> None:
    content, labels = book.content, book.labels
    sheet = book.sheet(labels["annex"].split(". ")[-1], (7, 50, 40), landscape=False)
    book.heads(sheet, 0, ("number", "region", "return_status"))
    if content["all_reported"]:
        sheet.merge_range(1, 0, 1, 2, labels["all_reported"], book.text)
    for row, region in enumerate(content["not_reported"], start=1):
        sheet.write(row, 0, row, book.ordinal)
        sheet.write(row, 1, region["name"], book.text)
        sheet.write(row, 2, region["status"], book.missing)

"""Plans as tables: which column holds what, which rows are headings, which are activities."""

import re
from dataclasses import dataclass, replace
from enum import Enum
from itertools import zip_longest

from bala.concept.headings import BlockHeading, any_word_heading, to_number
from bala.concept.items import Item
from bala.concept.sources.neutral import Row, Table
from bala.concept.wording import fold, tidy, unquote


class Column(Enum):
    """What a column of a plan holds."""

    BLOCK = "block"
    NUMBER = "number"
    ACTIVITY = "activity"
    DATES = "dates"
    RESPONSIBLE = "responsible"
    FUNDING = "funding"
    COMPLETION = "completion"
    BESIDE = "beside"
    RESULT = "result"


_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.NUMBER, re.compile(r"^(?:№|n|no|р/?с|р/?н|т/?р|т/?б|п/?п|#)(?!\w)|^№|^р\.?с|^номер")),
    # "Направление" beside the activities, most often one cell for many rows.
    (
        Column.BLOCK,
        re.compile(
            r"^(?:(?:тематическ|приоритетн|основн)\w+ )?(?:направлени[ея]|блок|раздел|бағыт(?:ы|тар)?|бөлім)$"
        ),
    ),
    # The halves of a head "Сроки": from when, until when.
    (
        Column.DATES,
        re.compile(
            r"^(?:дата )?(?:начал[оа]|окончани[ея]|конец|завершени[ея]|басталуы|аяқталуы)(?: күні)?$"
        ),
    ),
    (
        Column.COMPLETION,
        re.compile(r"форма (?:завершения|отчет|реализации)|аяқтал|аяқтау|завершени"),
    ),
    (Column.FUNDING, re.compile(r"финансир|источник|бюджет|қаржы|объем средств|сумма")),
    (Column.RESPONSIBLE, re.compile(r"ответств|исполнит|организатор|жауап|орындаушы|ұйымдастыр")),
    (
        Column.DATES,
        re.compile(r"срок|дат[аы](?!\w)|врем[яе]|период|мерзім|күні|уақыт|когда|график|айы(?!\w)"),
    ),
    (Column.RESULT, re.compile(r"результат|показател|нәтиже|көрсеткіш|индикатор|примечан|ескерту")),
    (
        Column.ACTIVITY,
        re.compile(
            r"мероприят|содержание|тема(?!\w)|акци[ия]|виды? работ|(?:наименование|название)"
            r"(?! (?:товар|организац|объект|школ|учрежд|показат|предмет))"
            r"|шара|атауы|мазмұны|іс-әрекет|тақырыб|жұмыс түр|что делаем|мазмұн"
        ),
    ),
    (
        Column.BESIDE,
        re.compile(
            r"место|участник|категори|охват|формат|класс|возраст|аудитор|орны|қатысушы|қамту"
            r"|сынып|жас|форма проведения|өтетін"
        ),
    ),
)
_REPORT_COLUMN = re.compile(
    r"охвачено|проведено|количество участников|фактическ|қатысқан|өткізілген|ссылк|сілтеме|выполнен"
    r"|орындал|исполнение"
)


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A row that goes across the table and names a block."""

    heading: BlockHeading
    line: int
    worded: bool


@dataclass(slots=True)
class PlanTable:
    """A plan's table, read: its heading rows and items in order."""

    rows: list[HeadingRow | Item]
    columns: dict[int, Column]
    reported: bool


def read_plan(table: Table, *, like: PlanTable | None = None) -> PlanTable | None:
    """Read a table as a plan; None where it is another kind of table.

    `like` is the plan's table before this one: a table without a head of its own that has as
    many columns goes on with it, as at the turn of a page.
    """
    head = _find_head(table)
    if head is None:
        if like is None or not _goes_on(table, like):
            return None
        columns, start, reported = like.columns, 0, like.reported
    else:
        columns, start = head
        reported = any(
            _REPORT_COLUMN.search(fold(cell)) for row in table.rows[:start] for cell in row.cells
        )
    plan = PlanTable([], columns, reported)
    head_texts = {_joined(row) for row in table.rows[:start]}
    last_cells: tuple[str, ...] = ()
    block = ""
    rows = [
        row
        for row in table.rows[start:]
        if _joined(row) not in head_texts and not _is_column_numbers(row)
    ]
    for row, following in zip_longest(rows, rows[1:]):
        heading = _numbered_heading(row, following, columns)
        if heading:
            plan.rows.append(heading)
        else:
            named = _cell(row, columns, Column.BLOCK)
            if named and fold(named) != fold(block) and not row.merged:
                block = named
                beside = _read_heading(named, row.line)
                plan.rows.extend([beside] if beside else [])
            _add_row(plan, row, last_cells)
        last_cells = row.cells
    return plan


def _numbered_heading(
    row: Row, following: Row | None, columns: dict[int, Column]
) -> HeadingRow | None:
    """A row "1 | Безопасность | | |" heads the rows 1.1, 1.2… under it."""
    number = _cell(row, columns, Column.NUMBER).strip(" .)")
    title = _cell(row, columns, Column.ACTIVITY)
    filled = sum(1 for cell in row.cells if cell.strip())
    if following is None or not number.isdigit() or not title or filled != 2:
        return None
    if not _cell(following, columns, Column.NUMBER).startswith(f"{number}."):
        return None
    return HeadingRow(BlockHeading(int(number), unquote(title)), row.line, False)


def _joined(row: Row) -> str:
    return fold(" ".join(row.cells))


def _is_column_numbers(row: Row) -> bool:
    cells = [cell.strip(" .") for cell in row.cells if cell.strip()]
    return len(cells) > 1 and cells == [str(number) for number in range(1, len(cells) + 1)]


def _find_head(table: Table) -> tuple[dict[int, Column], int] | None:
    for index, row in enumerate(table.rows[:4]):
        columns = _columns(row.cells)
        if Column.ACTIVITY in columns.values() and len(columns) > 1:
            others = set(columns.values()) - {Column.ACTIVITY, Column.NUMBER, Column.BESIDE}
            if others or Column.NUMBER in columns.values():
                start = index + 1
                # The lower half of a head in two rows.
                while start < len(table.rows) and _is_second_head(table.rows[start], columns):
                    columns = {**_columns(table.rows[start].cells), **columns}
                    start += 1
                return columns, start
    return None


def _is_second_head(row: Row, columns: dict[int, Column]) -> bool:
    if not row.carried or row.merged:
        return False
    activity = next(place for place, column in columns.items() if column is Column.ACTIVITY)
    return activity in row.carried


def _columns(cells: tuple[str, ...]) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    for index, cell in enumerate(cells):
        text = fold(cell)
        if not text or len(text) > 90:
            continue
        column = next((item for item, pattern in _COLUMNS if pattern.search(text)), None)
        if column in (Column.ACTIVITY, Column.NUMBER, Column.BLOCK) and column in columns.values():
            column = Column.BESIDE
        if column:
            columns[index] = column
    return columns


def _goes_on(table: Table, like: PlanTable) -> bool:
    width = max(len(row.cells) for row in table.rows)
    return width >= max(like.columns) + 1 and width <= max(like.columns) + 2


def _cell(row: Row, columns: dict[int, Column], wanted: Column) -> str:
    parts = [
        tidy(cell)
        for index, cell in enumerate(row.cells)
        if columns.get(index) is wanted and cell.strip()
    ]
    # Two columns of dates are a first and a last day.
    return (" – " if wanted is Column.DATES and len(parts) == 2 else "; ").join(parts)


def _add_row(plan: PlanTable, row: Row, above: tuple[str, ...]) -> None:
    heading = _heading_row(row, plan.columns)
    if heading is not None:
        plan.rows.append(heading)
        return
    row = replace(row, cells=tuple(_without_block(row, plan.columns)))
    number = _cell(row, plan.columns, Column.NUMBER)
    text = _cell(row, plan.columns, Column.ACTIVITY)
    dates = _cell(row, plan.columns, Column.DATES)
    last = plan.rows[-1] if plan.rows else None
    place = next(index for index, column in plan.columns.items() if column is Column.ACTIVITY)
    if isinstance(last, Item):
        if place in row.carried and above and text:
            # One activity over several rows: another date or another person in charge.
            if dates and dates not in last.dates_text:
                last.dates_text = f"{last.dates_text}; {dates}".strip("; ")
            return
        if not number and text and (text[:1].islower() or not dates) and _is_open(last.text, text):
            _lengthen(last, row, plan.columns)
            return
        if not text and any(cell.strip() for cell in row.cells) and not number:
            _lengthen(last, row, plan.columns)
            return
    if not text or fold(text).startswith(("итого", "всего", "барлығы")):
        return
    plan.rows.append(
        Item(
            text=text,
            line=row.line,
            responsible=_cell(row, plan.columns, Column.RESPONSIBLE),
            funding=_cell(row, plan.columns, Column.FUNDING),
            completion=_cell(row, plan.columns, Column.COMPLETION),
            dates_text=dates,
            beside=_cell(row, plan.columns, Column.BESIDE),
        )
    )


def _without_block(row: Row, columns: dict[int, Column]) -> list[str]:
    return [
        "" if columns.get(place) is Column.BLOCK else cell for place, cell in enumerate(row.cells)
    ]


def _is_open(before: str, text: str) -> bool:
    return text[:1].islower() and not before.rstrip().endswith((".", ";", "!", "»"))


def _lengthen(item: Item, row: Row, columns: dict[int, Column]) -> None:
    """A row cut by the turn of a page: its second half has no number."""
    item.text = tidy(f"{item.text} {_cell(row, columns, Column.ACTIVITY)}")
    item.responsible = tidy(f"{item.responsible} {_cell(row, columns, Column.RESPONSIBLE)}")
    item.dates_text = tidy(f"{item.dates_text} {_cell(row, columns, Column.DATES)}")
    item.funding = tidy(f"{item.funding} {_cell(row, columns, Column.FUNDING)}")
    item.completion = tidy(f"{item.completion} {_cell(row, columns, Column.COMPLETION)}")


_MARK = re.compile(r"^(?P<number>\d{1,2}|[IVXІХ]{1,6})\s*[.)]\s*(?P<title>\S.*)$")


def _heading_row(row: Row, columns: dict[int, Column]) -> HeadingRow | None:
    filled = [(index, tidy(cell)) for index, cell in enumerate(row.cells) if cell.strip()]
    if not filled:
        return None
    if len(filled) == 2 and columns.get(filled[0][0]) is Column.NUMBER and not row.merged:
        # "I | Семья и дети | | |": a numeral and a title, all else empty.
        numeral = filled[0][1].strip(" .)")
        if re.fullmatch(r"[IVXІХ]{1,6}", numeral) and len(filled[1][1]) < 200:
            heading = BlockHeading(to_number(numeral), unquote(filled[1][1]))
            return HeadingRow(heading, row.line, False)
        return None
    if not _goes_across(row, filled, columns):
        return None
    return _read_heading(max((text for _index, text in filled), key=len), row.line)


def _goes_across(row: Row, filled: list[tuple[int, str]], columns: dict[int, Column]) -> bool:
    if row.merged or (len(filled) > 2 and len({text for _index, text in filled}) == 1):
        return True
    if len(filled) > 1:
        return False
    place, text = filled[0]
    if place == 0 or any_word_heading(text) or re.match(r"[IVXІХ]{1,6}[.)]\s", text):
        return True
    short = len(text) < 160 and not text[:1].islower() and not text.endswith((";", "."))
    return columns.get(place) is Column.ACTIVITY and len(row.cells) > 3 and short


def _read_heading(text: str, line: int) -> HeadingRow | None:
    worded = any_word_heading(text)
    if worded:
        return HeadingRow(worded[1], line, True)
    match = _MARK.match(text)
    if match:
        return HeadingRow(
            BlockHeading(to_number(match["number"]), unquote(match["title"])), line, False
        )
    if to_number(text.strip(" .)")) is not None and len(text) < 5:
        return None
    return HeadingRow(BlockHeading(None, unquote(text)), line, False)

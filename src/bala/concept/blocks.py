"""The blocks of a document: where each begins, its goal and its activities."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bala.concept.headings import (
    WORD_GROUPS,
    BlockHeading,
    any_word_heading,
    bare_heading,
    marked_heading,
    word_heading,
)
from bala.concept.items import Item, ItemList, Note, is_signature, shape_of
from bala.concept.labels import Label, find_label
from bala.concept.sources.neutral import Element, Paragraph, Table
from bala.concept.tables import HeadingRow, PlanTable, read_plan
from bala.concept.wording import fold, open_quote, quoted, tidy, unquote

_DETAILS = (
    Label.RESPONSIBLE,
    Label.FUNDING,
    Label.COMPLETION,
    Label.PERIOD,
    Label.PLACE,
    Label.PARTICIPANTS,
    Label.AGES,
)


@dataclass(slots=True)
class RawBlock:
    """A block while it is read. `number` is None until numbers are given."""

    number: int | None
    title: str
    line: int
    goal: str = ""
    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    guessed: bool = False


@dataclass(slots=True)
class Layout:
    """How a document divides: what stands before the first block, and the blocks."""

    front: list[Element]
    blocks: list[RawBlock]
    after: list[Element] = field(default_factory=list)
    from_table: bool = False
    general: bool = False  # general parts with numbers of their own stand before the blocks
    reported: bool = False

    @property
    def filled(self) -> list[RawBlock]:
        """The blocks that have activities."""
        return [block for block in self.blocks if block.items]


def find_layout(elements: Sequence[Element], *, title_end: int, trusted: bool) -> Layout:
    """Find the blocks by the surest sign there is: words, numerals, labels, tables, lists.

    `title_end` is the number of elements that make the document's title; `trusted` says that
    the document calls itself a concept or plan, so that a bare list may be its activities.
    """
    *groups, days = range(len(WORD_GROUPS))
    for group in groups:
        layout = _divide(elements, _worded(elements, group))
        if layout.filled:
            layout.general = any(_is_general(item) for item in layout.front)
            return layout
    numbered = [
        _divide(elements, _numbered(elements, title_end, roman=roman)) for roman in (True, False)
    ]
    # Of "IV. Направления" and the "1. Семья" below it, those that divide more are the blocks.
    layout = max(numbered, key=lambda item: len(item.filled))
    if len(layout.filled) > 1 or numbered[0].filled:
        return _without_empty(layout)
    for headings in (
        _bare(elements, title_end),
        _worded(elements, days),
        _lone(elements, title_end),
    ):
        layout = _divide(elements, headings)
        if layout.filled:
            return _without_empty(layout)
    return _single(elements, title_end, trusted=trusted)


def _without_empty(layout: Layout) -> Layout:
    layout.blocks = layout.filled
    layout.general = any(_is_general(item) for item in layout.front)
    return layout


def _is_general(element: Element) -> bool:
    """Whether a paragraph is the numbered heading of a general part: "1. Цель и задачи"."""
    if not isinstance(element, Paragraph):
        return False
    worded = any_word_heading(element.whole)
    if worded:
        return find_label(worded[1].title) is not None
    return shape_of(element)[0] in ("number", "roman") and find_label(element.text) is not None


def _worded(elements: Sequence[Element], group: int) -> dict[int, BlockHeading]:
    found: dict[int, BlockHeading] = {}
    for index, element in enumerate(elements):
        if isinstance(element, Paragraph):
            heading = word_heading(element.whole, group=group) or word_heading(
                element.text, group=group
            )
            if heading and find_label(heading.title) is None:
                found[index] = heading
    return found


def _numbered(
    elements: Sequence[Element], title_end: int, *, roman: bool
) -> dict[int, BlockHeading]:
    found: dict[int, BlockHeading] = {}
    for index, element in enumerate(elements):
        if not isinstance(element, Paragraph) or index < title_end:
            continue
        heading = marked_heading(element.whole, roman=roman)
        if heading and find_label(element.text) is None and _heads(elements, index):
            found[index] = heading
    return found


def _heads(elements: Sequence[Element], index: int) -> bool:
    """Whether what comes right under a line is a label, a list of another shape, a plan."""
    this = elements[index]
    for later in elements[index + 1 : index + 4]:
        if isinstance(later, Table):
            return read_plan(later) is not None
        label = find_label(later.text)
        if label and label.label in (Label.GOAL, Label.TASKS, Label.ACTIVITIES):
            return True
        if label:
            continue
        if later.listed and isinstance(this, Paragraph):
            kind, level, dots = shape_of(this)
            other, other_level, other_dots = shape_of(later)
            return other != kind or other_level > level or other_dots > dots
        if not later.listed and later.text.endswith(":"):
            continue
    return False


def _bare(elements: Sequence[Element], title_end: int) -> dict[int, BlockHeading]:
    found: dict[int, BlockHeading] = {}
    for index, element in enumerate(elements):
        if not isinstance(element, Paragraph) or element.listed or index < title_end:
            continue
        if find_label(element.text) or is_signature(element.text):
            continue
        heading = bare_heading(element.text)
        if heading is None:
            continue
        following = elements[index + 1] if index + 1 < len(elements) else None
        label = find_label(following.text) if isinstance(following, Paragraph) else None
        labelled = label is not None and label.label in (
            Label.GOAL,
            Label.TASKS,
            Label.ACTIVITIES,
        )
        styled = element.heading > 1 or (element.bold and _heads(elements, index))
        plan = isinstance(following, Table) and read_plan(following) is not None
        whole = quoted(element.text)
        is_quoted = bool(whole) and whole[0][0] == 0 and _heads(elements, index)
        if labelled or plan or (styled and _heads(elements, index)) or is_quoted:
            found[index] = heading
    return found


def _lone(elements: Sequence[Element], title_end: int) -> dict[int, BlockHeading]:
    """Short lines that stand between lists, when there are several: "Июнь", "Спорт"."""
    found: dict[int, BlockHeading] = {}
    for index in range(title_end, len(elements) - 1):
        element, following = elements[index], elements[index + 1]
        if not isinstance(element, Paragraph) or not isinstance(following, Paragraph):
            continue
        if element.listed or not following.listed or len(element.text) > 80:
            continue
        heading = bare_heading(element.text.removesuffix(":"))
        if heading and not find_label(element.text) and not element.text[:1].islower():
            found[index] = heading
    return found if len(found) > 1 else {}


def _divide(elements: Sequence[Element], headings: dict[int, BlockHeading]) -> Layout:
    if not headings:
        return Layout(list(elements), [])
    starts = sorted(headings)
    layout = Layout(list(elements[: starts[0]]), [])
    for start, end in zip(starts, [*starts[1:], len(elements)], strict=True):
        element = elements[start]
        line = _line_of(element)
        heading, body = _complete(headings[start], list(elements[start + 1 : end]), line)
        block = RawBlock(heading.number, heading.title, line)
        _read_body(layout, block, body)
    _drop_overview(layout)
    first = min((block.line for block in layout.blocks), default=0)
    layout.front = [element for element in elements if _line_of(element) < first]
    return layout


def _line_of(element: Element) -> int:
    return element.line if isinstance(element, Paragraph) else element.rows[0].line


def _complete(
    heading: BlockHeading, body: list[Element], line: int
) -> tuple[BlockHeading, list[Element]]:
    """Mend a heading that was split over lines, and give back the text glued behind it."""
    title, taken = heading.title, 0
    while taken < min(3, len(body)):
        nearest = body[taken]
        if not isinstance(nearest, Paragraph) or find_label(nearest.text):
            break
        text = nearest.text
        goes_on = open_quote(title) or (
            bool(title)
            and text[:1].islower()
            and not nearest.listed
            and len(text) < 120
            and not text.endswith((";", ":", "."))
        )
        if not title and not nearest.listed and len(text) < 200 and not text.endswith(";"):
            goes_on = True
        if not goes_on or heading.rest:
            break
        title = f"{title} {text}".strip()
        taken += 1
    rest = body[taken:]
    if heading.rest:
        rest = [Paragraph(heading.rest, line), *rest]
    return BlockHeading(heading.number, unquote(title)), rest


def _drop_overview(layout: Layout) -> None:
    """A list of the blocks at the document's beginning names them without activities."""
    filled = {(block.number, fold(block.title)) for block in layout.filled}
    numbers = {block.number for block in layout.filled if block.number is not None}
    layout.blocks = [
        block
        for block in layout.blocks
        if block.items
        or not ((block.number, fold(block.title)) in filled or block.number in numbers)
    ]


def _has_label(body: Sequence[Element]) -> bool:
    for element in body:
        if isinstance(element, Paragraph):
            label = find_label(element.text)
            if label and label.label is Label.ACTIVITIES:
                return True
    return False


def _is_appendix(text: str) -> bool:
    folded = fold(text)
    return len(folded) < 120 and (
        folded.startswith("приложение") or folded.endswith("қосымша") or folded == "қосымша"
    )


class _Body:
    """Reads what stands between two headings."""

    def __init__(self, layout: Layout, block: RawBlock, body: Sequence[Element]) -> None:
        self.layout = layout
        self.block = block
        self.body = list(body)
        self.has_label = _has_label(body)
        self.list = ItemList()
        self.mode: Label | None = None
        self.loose: list[Paragraph] = []
        self.plan: PlanTable | None = None

    def read(self) -> None:
        for index, element in enumerate(self.body):
            if isinstance(element, Table):
                self._table(element)
                continue
            if _is_appendix(element.text) and (self.list.items or self.layout.filled):
                self.layout.after.extend(self.body[index:])
                break
            upcoming = [item for item in self.body[index + 1 :] if isinstance(item, Paragraph)]
            self._paragraph(element, upcoming)
        self._finish()

    def _finish(self) -> None:
        if not self.list.items and not self.has_label:
            self._take_loose()
        self.list.finish()
        self.block.items.extend(self.list.items)
        self.block.notes.extend(self.list.notes)
        self.layout.blocks.append(self.block)

    def _take_loose(self) -> None:
        """Paragraphs without label or marker, when a block has nothing else."""
        ended = [item for item in self.loose if item.text.endswith(";")]
        short = [item for item in self.loose if len(item.text) < 400]
        if ended or len(short) > 1:
            for position, item in enumerate(self.loose):
                self.list.add(item, self.loose[position + 1 :])
            self.block.guessed = True

    def _paragraph(self, paragraph: Paragraph, upcoming: list[Paragraph]) -> None:
        labelled = find_label(paragraph.text)
        if labelled and self._is_item_after_all(paragraph, labelled.label, labelled.value):
            labelled = None
        if labelled:
            self._label(labelled.label, labelled.value, paragraph, upcoming)
        elif self.mode is Label.ACTIVITIES:
            self.list.add(paragraph, upcoming)
        elif self.mode is Label.GOAL:
            self._goal(paragraph, upcoming)
        elif self.mode is None:
            self._unlabelled(paragraph, upcoming)

    def _is_item_after_all(self, paragraph: Paragraph, label: Label, value: str) -> bool:
        if not paragraph.listed or self.mode is not Label.ACTIVITIES:
            return False
        if self.list.base is not None and shape_of(paragraph) != self.list.base:
            return False
        return label in (Label.OTHER, Label.STAGES) or (label in _DETAILS and not value)

    def _unlabelled(self, paragraph: Paragraph, upcoming: list[Paragraph]) -> None:
        if self.has_label:
            return
        if paragraph.listed:
            self.mode = Label.ACTIVITIES
            self.list.add(paragraph, upcoming)
        elif not is_signature(paragraph.text):
            self.loose.append(paragraph)

    def _goal(self, paragraph: Paragraph, upcoming: list[Paragraph]) -> None:
        closed = self.block.goal.rstrip().endswith((".", "!"))
        if not self.has_label and self.block.goal:
            if paragraph.listed:
                self.mode = Label.ACTIVITIES
                self.list.add(paragraph, upcoming)
                return
            if closed or paragraph.text.endswith(";"):
                self.loose.append(paragraph)
                return
        self.block.goal = f"{self.block.goal} {paragraph.text}".strip()

    def _label(
        self, label: Label, value: str, paragraph: Paragraph, upcoming: list[Paragraph]
    ) -> None:
        if label is Label.GOAL:
            self.mode = Label.GOAL
            self.block.goal = f"{self.block.goal} {value}".strip()
        elif label is Label.ACTIVITIES:
            self.mode = Label.ACTIVITIES
            self._behind_label(value, paragraph.line, upcoming)
        elif label in _DETAILS and value:
            if self.list.items:
                self.list.detail(label, value, paragraph.line)
        elif label is Label.OTHER and not self.has_label and self._opens_list(paragraph):
            self.mode = Label.ACTIVITIES
            self._behind_label(value, paragraph.line, upcoming)
        else:
            self.mode = label

    def _opens_list(self, paragraph: Paragraph) -> bool:
        opening = ("содержание", "мазмұны", "формат", "механизм")
        return fold(paragraph.text).startswith(opening) and not self.list.items

    def _behind_label(self, value: str, line: int, upcoming: list[Paragraph]) -> None:
        if not value or value.endswith(":"):
            return
        if ";" in value.rstrip("; .") or not upcoming or find_label(upcoming[0].text):
            self.list.split_inline(value, line)
            return
        self.list.add(Paragraph(value, line), upcoming)

    def _table(self, table: Table) -> None:
        plan = read_plan(table, like=self.plan)
        if plan is None:
            return
        self.plan = plan
        self.layout.from_table = True
        self.layout.reported = self.layout.reported or plan.reported
        for row in plan.rows:
            if isinstance(row, Item):
                self.list.items.append(row)
            elif self._starts_block(row):
                self._next_block(row)

    def _starts_block(self, row: HeadingRow) -> bool:
        return bool(row.heading.title or row.heading.number)

    def _next_block(self, row: HeadingRow) -> None:
        if self.list.items or self.block.goal or self.block.line:
            self.list.finish()
            self.block.items.extend(self.list.items)
            self.block.notes.extend(self.list.notes)
            self.layout.blocks.append(self.block)
        self.list = ItemList()
        self.block = RawBlock(row.heading.number, row.heading.title, row.line)


def _read_body(layout: Layout, block: RawBlock, body: Sequence[Element]) -> None:
    _Body(layout, block, body).read()


def _single(elements: Sequence[Element], title_end: int, *, trusted: bool) -> Layout:
    """A document that is not divided into blocks, or only by the rows of its table."""
    layout = Layout([], [])
    body = list(elements[title_end:])
    tables = [element for element in body if isinstance(element, Table) and read_plan(element)]
    if tables:
        first = next(index for index, element in enumerate(elements) if element is tables[0])
        layout.front = list(elements[:first])
        _read_body(layout, RawBlock(None, "", 0), list(elements[first:]))
        layout.blocks = layout.filled
        return layout
    if not _has_label(body):
        listed = [item for item in body if isinstance(item, Paragraph) and item.listed]
        if not trusted or len(listed) < 2:
            return Layout(list(elements), [])
    layout.front = list(elements)
    block = RawBlock(None, "", 0)
    _read_body(layout, block, body)
    first = min((item.line for item in block.items), default=0)
    layout.front = [item for item in elements if isinstance(item, Paragraph) and item.line < first]
    # The goal of the only block is the goal of the whole, which the front has.
    block.goal = tidy(block.goal)
    layout.blocks = layout.filled
    return layout

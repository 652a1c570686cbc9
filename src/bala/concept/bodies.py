"""What stands between two headings: the goal of a block and its activities."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bala.concept.items import Item, ItemList, Note, is_signature, shape_of
from bala.concept.labels import Label, find_label
from bala.concept.sources.neutral import Element, Paragraph, Table
from bala.concept.tables import HeadingRow, PlanTable, read_plan
from bala.concept.wording import fold

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


def has_label(body: Sequence[Element]) -> bool:
    """Say whether one of the paragraphs is the label of the activities."""
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
        self.has_label = has_label(body)
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


def read_body(layout: Layout, block: RawBlock, body: Sequence[Element]) -> None:
    """Read what stands under a block's heading and add the block, and others it holds."""
    _Body(layout, block, body).read()

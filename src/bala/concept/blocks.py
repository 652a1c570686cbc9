"""The blocks of a document: where each begins, its goal and its activities."""

from collections.abc import Sequence

from bala.concept.bodies import Layout, RawBlock, has_label, read_body
from bala.concept.headings import (
    WORD_GROUPS,
    BlockHeading,
    any_word_heading,
    bare_heading,
    marked_heading,
    word_heading,
)
from bala.concept.items import is_signature, shape_of
from bala.concept.labels import Label, find_label
from bala.concept.sources.neutral import Element, Paragraph, Table
from bala.concept.tables import read_plan
from bala.concept.wording import fold, open_quote, quoted, tidy, unquote


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
        read_body(layout, block, body)
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


def _single(elements: Sequence[Element], title_end: int, *, trusted: bool) -> Layout:
    """A document that is not divided into blocks, or only by the rows of its table."""
    layout = Layout([], [])
    body = list(elements[title_end:])
    tables = [element for element in body if isinstance(element, Table) and read_plan(element)]
    if tables:
        first = next(index for index, element in enumerate(elements) if element is tables[0])
        layout.front = list(elements[:first])
        read_body(layout, RawBlock(None, "", 0), list(elements[first:]))
        layout.blocks = layout.filled
        return layout
    if not has_label(body):
        listed = [item for item in body if isinstance(item, Paragraph) and item.listed]
        if not trusted or len(listed) < 2:
            return Layout(list(elements), [])
    layout.front = list(elements)
    block = RawBlock(None, "", 0)
    read_body(layout, block, body)
    first = min((item.line for item in block.items), default=0)
    layout.front = [item for item in elements if isinstance(item, Paragraph) and item.line < first]
    # The goal of the only block is the goal of the whole, which the front has.
    block.goal = tidy(block.goal)
    layout.blocks = layout.filled
    return layout

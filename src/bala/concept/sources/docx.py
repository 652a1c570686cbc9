"""Reading of Word documents, with Word's own numbering resolved into markers."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bala.concept.errors import DamagedDocument
from bala.concept.sources.neutral import Source
from bala.concept.sources.numbering import Counters, ListLevel
from bala.concept.sources.safety import open_archive, parse_xml, read_part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_SKIPPED = {"del", "moveFrom", "instrText", "footnoteReference", "pPr", "rPr", "drawing", "pict"}
_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}
_ENDS = (".", ";", ":", "!", "?")


@dataclass(slots=True)
class _Styles:
    """What paragraph styles say: heading level, numbering, bold."""

    headings: dict[str, int] = field(default_factory=dict)
    numbering: dict[str, tuple[str, int]] = field(default_factory=dict)
    bold: set[str] = field(default_factory=set)
    levels: dict[str, int] = field(default_factory=dict)


def read_docx(data: bytes) -> Source:
    """Read a .docx file: body text and tables; headers, footers and comments are left out.

    Raises an UnreadableDocument.
    """
    with open_archive(data) as archive:
        root = _part(archive, "word/document.xml")
        if root is None:
            raise DamagedDocument
        styles = _styles(_part(archive, "word/styles.xml"))
        counters = _numbering(_part(archive, "word/numbering.xml"))
    body = root.find(f"{_W}body")
    if body is None:
        raise DamagedDocument
    source = Source()
    for child in _flat(body):
        if _name(child) == "p":
            _add_paragraph(source, child, styles, counters)
        elif _name(child) == "tbl":
            _add_table(source, child, styles, counters)
    return source


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    if name not in archive.namelist():
        return None
    data = read_part(archive, name)
    # The strict variant of the format differs in the address of its namespace only.
    return parse_xml(data.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()))


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _flat(parent: Element) -> Iterator[Element]:
    """Give the children, those inside content controls and insertions too."""
    for child in parent:
        if _name(child) in _WRAPPERS:
            yield from _flat(child)
        else:
            yield child


def _value(parent: Element | None, path: str) -> str | None:
    if parent is None:
        return None
    found = parent.find("/".join(_W + step for step in path.split("/")))
    return found.get(f"{_W}val", "") if found is not None else None


def _styles(root: Element | None) -> _Styles:
    styles = _Styles()
    if root is None:
        return styles
    based: dict[str, str] = {}
    for style in root.iter(f"{_W}style"):
        key = style.get(f"{_W}styleId", "")
        name = (_value(style, "name") or "").lower()
        outline = _value(style, "pPr/outlineLvl")
        if outline is not None and outline.isdigit() and int(outline) < 9:
            styles.headings[key] = int(outline) + 1
        elif name.startswith(("heading", "заголовок")):
            styles.headings[key] = int(next((sign for sign in name if sign.isdigit()), "1"))
        elif name in ("title", "название"):
            styles.headings[key] = 1
        if name.startswith("list ") and name[-1].isdigit():
            # "List Bullet 2" is a list of its own for Word, and a level of one for a reader.
            styles.levels[key] = int(name[-1]) - 1
        list_id = _value(style, "pPr/numPr/numId")
        if list_id:
            level = _value(style, "pPr/numPr/ilvl") or "0"
            styles.numbering[key] = (list_id, int(level) if level.isdigit() else 0)
        if _value(style, "rPr/b") not in (None, "0", "false"):
            styles.bold.add(key)
        parent = _value(style, "basedOn")
        if parent:
            based[key] = parent
    _inherit(styles, based)
    return styles


def _inherit(styles: _Styles, based: dict[str, str]) -> None:
    for key, direct in based.items():
        parent, steps = direct, 0
        while parent and steps < 20:
            if key not in styles.headings and parent in styles.headings:
                styles.headings[key] = styles.headings[parent]
            if key not in styles.numbering and parent in styles.numbering:
                styles.numbering[key] = styles.numbering[parent]
            if parent in styles.bold:
                styles.bold.add(key)
            parent, steps = based.get(parent, ""), steps + 1


def _numbering(root: Element | None) -> Counters:
    counters = Counters()
    if root is None:
        return counters
    abstract: dict[str, dict[int, ListLevel]] = {}
    for item in root.iter(f"{_W}abstractNum"):
        key = item.get(f"{_W}abstractNumId", "")
        abstract[key] = {}
        for level in item.iter(f"{_W}lvl"):
            number, made = _level(level)
            abstract[key][number] = made
    for item in root.iter(f"{_W}num"):
        key = item.get(f"{_W}numId", "")
        base = _value(item, "abstractNumId") or ""
        levels = dict(abstract.get(base, {}))
        restart = False
        for override in item.iter(f"{_W}lvlOverride"):
            index = int(override.get(f"{_W}ilvl", "0"))
            start = _value(override, "startOverride")
            redefined = override.find(f"{_W}lvl")
            if redefined is not None:
                levels[index] = _level(redefined)[1]
            if start is not None and start.isdigit() and index in levels:
                restart = True
                old = levels[index]
                levels[index] = ListLevel(old.kind, old.pattern, int(start))
        # Lists of one definition go on counting together unless one of them starts anew.
        counters.define(key, levels, shared=key if restart or not base else f"a{base}")
    return counters


def _level(level: Element) -> tuple[int, ListLevel]:
    start = _value(level, "start") or "1"
    return int(level.get(f"{_W}ilvl", "0")), ListLevel(
        kind=_value(level, "numFmt") or "decimal",
        pattern=_value(level, "lvlText") or "",
        start=int(start) if start.isdigit() else 1,
    )


def _text(parent: Element) -> str:
    parts: list[str] = []
    for child in parent:
        name = _name(child)
        if name in _SKIPPED:
            continue
        if name == "t":
            parts.append(child.text or "")
        elif name == "tab":
            parts.append("\t")
        elif name in ("br", "cr"):
            parts.append("\n" if child.get(f"{_W}type", "") != "page" else " ")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name == "sym":
            parts.append("•")
        elif name == "AlternateContent":
            # The same text stands twice in it, for new and for old readers: boxes are left out.
            continue
        else:
            parts.append(_text(child))
    return "".join(parts)


def _is_bold(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if _text(run).strip()]
    return bool(runs) and all(_value(run, "rPr/b") not in (None, "0", "false") for run in runs)


def _marker(paragraph: Element, style: str, styles: _Styles, counters: Counters) -> tuple[str, int]:
    list_id = _value(paragraph, "pPr/numPr/numId")
    level_text = _value(paragraph, "pPr/numPr/ilvl")
    level = int(level_text) if level_text and level_text.isdigit() else 0
    if list_id is None and style in styles.numbering:
        list_id, level = styles.numbering[style]
    if not list_id or list_id == "0":
        return "", 0
    return counters.next(list_id, level), max(level, styles.levels.get(style, 0))


def _segments(text: str) -> list[str]:
    """Split at line breaks where each line ends as an item; else they only wrap the text."""
    parts = [part for part in text.split("\n") if part.strip()]
    if len(parts) > 1 and all(part.rstrip().endswith(_ENDS) for part in parts[:-1]):
        return parts
    return [" ".join(parts)]


def _add_paragraph(source: Source, paragraph: Element, styles: _Styles, counters: Counters) -> None:
    style = _value(paragraph, "pPr/pStyle") or ""
    text = _text(paragraph)
    if not text.strip():
        source.add_paragraph("")
        return
    marker, level = _marker(paragraph, style, styles, counters)
    outline = _value(paragraph, "pPr/outlineLvl")
    heading = styles.headings.get(style, 0)
    if outline is not None and outline.isdigit() and int(outline) < 9:
        heading = int(outline) + 1
    for index, segment in enumerate(_segments(text)):
        source.add_paragraph(
            segment,
            marker=marker if index == 0 else "",
            level=level,
            heading=heading,
            bold=style in styles.bold or _is_bold(paragraph),
        )


def _cell_text(cell: Element, styles: _Styles, counters: Counters) -> str:
    lines = []
    for child in cell.iter(f"{_W}p"):
        text = _text(child).strip()
        style = _value(child, "pPr/pStyle") or ""
        marker = _marker(child, style, styles, counters)[0]
        # An empty cell with automatic numbering is the number itself: the column of №.
        if text or marker.rstrip(".)").isdigit():
            lines.append(f"{marker} {text}".strip())
    return "\n".join(lines)


def _add_table(source: Source, table: Element, styles: _Styles, counters: Counters) -> None:
    rows: list[list[str]] = []
    merged: list[bool] = []
    carried: list[frozenset[int]] = []
    for row in _flat(table):
        if _name(row) != "tr":
            continue
        cells: list[str] = []
        going_on: set[int] = set()
        widest = 0
        real = [cell for cell in _flat(row) if _name(cell) == "tc"]
        for cell in real:
            span_text = _value(cell, "tcPr/gridSpan") or "1"
            span = int(span_text) if span_text.isdigit() else 1
            widest = max(widest, span)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val", "continue") != "restart":
                going_on.add(len(cells))
                above = rows[-1][len(cells)] if rows and len(cells) < len(rows[-1]) else ""
                cells.append(above)
            else:
                cells.append(_cell_text(cell, styles, counters))
            cells.extend("" for _ in range(min(span, 64) - 1))
        rows.append(cells)
        merged.append((widest > 1 and sum(1 for cell in cells if cell) == 1) or len(real) == 1)
        carried.append(frozenset(going_on))
    if rows and max(len(row) for row in rows) == 1:
        _add_layout(source, rows)
    elif rows:
        source.add_table(rows, merged=merged, carried=carried)


def _add_layout(source: Source, rows: list[list[str]]) -> None:
    """A table of one column is only a frame around text."""
    for row in rows:
        for line in "\n".join(row).split("\n"):
            source.add_paragraph(line)

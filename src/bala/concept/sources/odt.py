"""Reading of OpenDocument texts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bala.concept.errors import DamagedDocument, EncryptedDocument
from bala.concept.sources.neutral import Source
from bala.concept.sources.numbering import Counters, ListLevel
from bala.concept.sources.safety import open_archive, parse_xml, read_part

_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = _NS + "text:1.0}"
_TABLE = _NS + "table:1.0}"
_STYLE = _NS + "style:1.0}"
_OFFICE = _NS + "office:1.0}"
_FO = _NS + "xsl-fo-compatible:1.0}"
_KINDS = {"I": "upperRoman", "i": "lowerRoman", "a": "lowerLetter", "A": "upperLetter"}
_SKIPPED = {_TEXT + "note", _OFFICE + "annotation", _TEXT + "tracked-changes"}
_MAX_REPEATED = 64


@dataclass(slots=True)
class _Reader:
    source: Source = field(default_factory=Source)
    counters: Counters = field(default_factory=Counters)
    bold: set[str] = field(default_factory=set)
    lists: dict[str, str] = field(default_factory=dict)
    fresh: int = 0


def read_odt(data: bytes) -> Source:
    """Read an .odt file. Raises an UnreadableDocument."""
    with open_archive(data) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names:
            manifest = read_part(archive, "META-INF/manifest.xml")
            if b"encryption-data" in manifest:
                raise EncryptedDocument
        root = parse_xml(read_part(archive, "content.xml"))
        parts = [root]
        if "styles.xml" in names:
            parts.insert(0, parse_xml(read_part(archive, "styles.xml")))
    reader = _Reader()
    for part in parts:
        _learn_styles(reader, part)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise DamagedDocument
    _walk(reader, body, level=-1, key="")
    return reader.source


def _learn_styles(reader: _Reader, root: Element) -> None:
    for style in root.iter(_TEXT + "list-style"):
        name = style.get(_STYLE + "name", "")
        levels: dict[int, ListLevel] = {}
        for level in style:
            number = int(level.get(_TEXT + "level", "1"))
            if level.tag == _TEXT + "list-level-style-number":
                kind = level.get(_STYLE + "num-format", "1")
                shown = int(level.get(_TEXT + "display-levels", "1"))
                dotted = ".".join(f"%{step}" for step in range(number - shown + 1, number + 1))
                pattern = (
                    level.get(_STYLE + "num-prefix", "")
                    + dotted
                    + level.get(_STYLE + "num-suffix", "")
                )
                levels[number - 1] = ListLevel(
                    kind=_KINDS.get(kind, "decimal") if kind else "none",
                    pattern=pattern,
                    start=int(level.get(_TEXT + "start-value", "1")),
                )
            else:
                levels[number - 1] = ListLevel(kind="bullet", pattern="")
        reader.lists[name] = name
        reader.counters.define(name, levels, shared=name)
    for style in root.iter(_STYLE + "style"):
        properties = style.find(_STYLE + "text-properties")
        if properties is not None and properties.get(_FO + "font-weight") == "bold":
            reader.bold.add(style.get(_STYLE + "name", ""))


def _text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == _TEXT + "s":
            parts.append(" " * min(int(child.get(_TEXT + "c", "1")), 1000))
        elif child.tag == _TEXT + "tab":
            parts.append("\t")
        elif child.tag == _TEXT + "line-break":
            parts.append("\n")
        elif child.tag not in _SKIPPED:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _is_bold(reader: _Reader, element: Element) -> bool:
    if element.get(_TEXT + "style-name", "") in reader.bold:
        return True
    spans = [child for child in element if child.tag == _TEXT + "span"]
    if not spans or (element.text or "").strip():
        return False
    return all(span.get(_TEXT + "style-name", "") in reader.bold for span in spans)


def _lines(element: Element) -> list[str]:
    text = _text(element)
    parts = [part for part in text.split("\n") if part.strip()]
    if len(parts) > 1 and all(part.rstrip().endswith((".", ";", ":")) for part in parts[:-1]):
        return parts
    return [" ".join(parts)]


def _walk(reader: _Reader, parent: Element, *, level: int, key: str) -> None:
    for child in parent:
        if child.tag in (_TEXT + "p", _TEXT + "h"):
            heading = int(child.get(_TEXT + "outline-level", "1")) if _is_h(child) else 0
            for text in _lines(child):
                reader.source.add_paragraph(text, heading=heading, bold=_is_bold(reader, child))
        elif child.tag == _TEXT + "list":
            _walk_list(reader, child, level=level + 1, key=key)
        elif child.tag == _TABLE + "table":
            _add_table(reader, child)
        elif child.tag in (_TEXT + "section", _TEXT + "index-body"):
            _walk(reader, child, level=level, key=key)


def _is_h(element: Element) -> bool:
    return element.tag == _TEXT + "h"


def _list_key(reader: _Reader, element: Element, outer: str) -> str:
    style = element.get(_TEXT + "style-name", "")
    if not style or style not in reader.lists:
        return outer
    if element.get(_TEXT + "continue-numbering") == "true" or element.get(_TEXT + "continue-list"):
        return style
    # A list counts from its start again unless it says that it goes on.
    reader.counters.restart(style)
    return style


def _walk_list(reader: _Reader, element: Element, *, level: int, key: str) -> None:
    style = _list_key(reader, element, key) if level == 0 else key
    for item in element:
        if item.tag not in (_TEXT + "list-item", _TEXT + "list-header"):
            continue
        first = item.tag == _TEXT + "list-item"
        for child in item:
            if child.tag in (_TEXT + "p", _TEXT + "h"):
                heading = int(child.get(_TEXT + "outline-level", "1")) if _is_h(child) else 0
                for text in _lines(child):
                    if not text.strip():
                        continue
                    marker = ""
                    if first:
                        marker = reader.counters.next(style, level) if style else "–"
                    reader.source.add_paragraph(
                        text,
                        marker=marker,
                        level=level,
                        heading=heading,
                        bold=_is_bold(reader, child),
                    )
                    first = False
            elif child.tag == _TEXT + "list":
                _walk_list(reader, child, level=level + 1, key=style)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == _TABLE + "table-row":
            yield child
        elif child.tag in (_TABLE + "table-header-rows", _TABLE + "table-rows"):
            yield from _rows(child)


def _cell_text(cell: Element) -> str:
    lines = [_text(item).strip() for item in cell.iter() if item.tag in (_TEXT + "p", _TEXT + "h")]
    return "\n".join(line for line in lines if line)


def _add_table(reader: _Reader, table: Element) -> None:
    rows: list[list[str]] = []
    merged: list[bool] = []
    carried: list[frozenset[int]] = []
    down: dict[int, int] = {}
    for row in _rows(table):
        cells: list[str] = []
        going_on: set[int] = set()
        widest = 1
        for cell in row:
            if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                continue
            repeated = int(cell.get(_TABLE + "number-columns-repeated", "1"))
            for _ in range(min(repeated, _MAX_REPEATED)):
                column = len(cells)
                if cell.tag == _TABLE + "covered-table-cell":
                    above = rows[-1] if rows else []
                    covered = down.get(column, 0) > 0
                    if covered:
                        going_on.add(column)
                        down[column] -= 1
                    cells.append(above[column] if covered and column < len(above) else "")
                    continue
                widest = max(widest, int(cell.get(_TABLE + "number-columns-spanned", "1")))
                down[column] = int(cell.get(_TABLE + "number-rows-spanned", "1")) - 1
                cells.append(_cell_text(cell))
        rows.append(cells)
        merged.append(widest > 1 and sum(1 for cell in cells if cell) == 1)
        carried.append(frozenset(going_on))
    if rows and max(len(row) for row in rows) == 1:
        for line in (line for row in rows for cell in row for line in cell.split("\n")):
            reader.source.add_paragraph(line)
    elif rows:
        reader.source.add_table(rows, merged=merged, carried=carried)

"""Make the Word templates of the report: run after changing the layout or the words.

    PYTHONPATH=src .venv/bin/python scripts/make_report_templates.py

Writes src/bala/returns/templates_docx/report-{kk,ru,en}.docx. The headings come from the room's
catalogues, so that they are the same words as in Excel and PDF.
"""

import os
import sys
from pathlib import Path
from typing import Any

import django
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

OUT = Path(__file__).parent.parent / "src" / "bala" / "returns" / "templates_docx"
FONT = "Times New Roman"  # what offices of the state print in
SKY = "00687F"
SKY_SOFT = "E2F6FA"
METRICS = ("events", "children", "adults", "money", "media")
HEADS = ("events", "children", "adults", "money", "media_items")
HEAD_SIZE = 8.0  # points
TEXT_WIDTH = 16.5  # centimetres between the margins
CELL_MARGIN = 0.1  # centimetres on each side
# What the largest figures of a country take, in centimetres.
FIGURE_WIDTHS = {"planned": 1.3, "events": 1.3, "children": 1.8, "adults": 1.8, "money": 2.7}


class Template:
    """A template in one language."""

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels
        self.document = Document()
        self._page()
        self._styles()

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.orientation = WD_ORIENT.PORTRAIT
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(paragraph, "PAGE")

    def _styles(self) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        _font(normal, 14)
        normal.paragraph_format.space_after = Pt(0)
        for name, size, bold in (
            ("Report title", 16, True),
            ("Report text", 14, False),
            ("Report chapter", 14, True),
            ("Report block", 14, True),
            ("Report item", 14, False),
            ("Report table", 10, False),
            ("Report figure", 10, False),
            ("Report head", HEAD_SIZE, True),
            ("Report note", 9.5, False),
        ):
            style = styles.add_style(name, 1)
            style.base_style = normal
            _font(style, size, bold=bold)
        text = styles["Report text"].paragraph_format
        text.first_line_indent, text.alignment = Cm(1.25), WD_ALIGN_PARAGRAPH.JUSTIFY
        item = styles["Report item"].paragraph_format
        item.left_indent, item.first_line_indent = Cm(1.25), Cm(-0.6)
        styles["Report title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for name in ("Report chapter", "Report block"):
            form = styles[name].paragraph_format
            form.space_before, form.space_after, form.keep_with_next = Pt(14), Pt(6), True
        styles["Report chapter"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        styles["Report block"].paragraph_format.first_line_indent = Cm(1.25)
        styles["Report figure"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        styles["Report head"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        styles["Report head"].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
        styles["Report note"].font.color.rgb = RGBColor(0x4B, 0x68, 0x72)

    def line(self, style: str, *runs: str, bold_first: bool = False) -> Any:
        """Add a paragraph of runs; a tag must be a run of its own."""
        paragraph = self.document.add_paragraph(style=style)
        for number, run in enumerate(runs):
            paragraph.add_run(run).bold = True if bold_first and number == 0 else None
        return paragraph

    def chapter(self, label: str) -> None:
        self.line("Report chapter", self.labels[label])

    def widths(self, columns: tuple[str, ...]) -> list[float]:
        """Return widths of a table: number, name, then columns none of whose heads breaks a word."""
        figures = [
            max(FIGURE_WIDTHS.get(name, 1.0), _word_width(self.labels[name])) for name in columns
        ]
        return [0.8, TEXT_WIDTH - 0.8 - sum(figures), *figures]

    def table(self, heads: list[str], widths: list[float]) -> Any:
        """Add a table whose first row repeats on every page."""
        table = self.document.add_table(rows=1, cols=len(heads))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _borders(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for cell, head, width in zip(table.rows[0].cells, heads, widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].style = "Report head"
            cell.paragraphs[0].add_run(head)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _shade(cell, SKY)
        _mark(table.rows[0], "w:tblHeader")
        _mark(table.rows[0], "w:cantSplit")
        return table

    def row(
        self, table: Any, cells: list[tuple[str, str]], widths: list[float], *, total: bool = False
    ) -> None:
        """Add a row of (style, text)."""
        row = table.add_row()
        _mark(row, "w:cantSplit")
        for cell, (style, text), width in zip(row.cells, cells, widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].style = style
            cell.paragraphs[0].add_run(text).bold = True if total else None
            if total:
                _shade(cell, SKY_SOFT)

    def tag(self, table: Any, text: str) -> None:
        """Add a row that holds only a tag of docxtpl; it vanishes when the template is filled."""
        table.add_row().cells[0].paragraphs[0].add_run(text)

    def make(self) -> Any:
        self._front()
        self._blocks()
        self._tables()
        self._words()
        self._annex()
        return self.document

    def _front(self) -> None:
        self.line("Report title", "{{ title }}")
        self.line("Report title", "{%p if region %}")
        self.line("Report title", "{{ region }}")
        self.line("Report title", "{%p endif %}")
        self.line("Report title", "{{ campaign }}")
        self.line("Report title", "{{ period }}").paragraph_format.space_after = Pt(14)
        for name in ("purpose", "places", "participants"):
            self.line("Report text", f"{{%p if {name} %}}")
            label = f"{self.labels[name]}: "
            self.line("Report text", label, f"{{{{ {name} }}}}", bold_first=True)
            self.line("Report text", "{%p endif %}")
        self.line("Report text", f"{self.labels['summary']}: ", "{{ summary }}", bold_first=True)

    def _blocks(self) -> None:
        labels = self.labels
        self.chapter("blocks")
        self.line("Report text", "{%p for block in blocks %}")
        self.line(
            "Report block", f"{labels['block']} ", "{{ block.number }}", ". ", "{{ block.title }}"
        )
        self.line("Report text", "{{r block.sentence_link }}")
        self.line("Report text", "{%p if block.text %}")
        self.line("Report text", "{{ block.text }}")
        self.line("Report text", "{%p endif %}")
        self.line("Report item", "{%p for line in block.lines %}")
        self.line(
            "Report item",
            "– ",
            "{{ line.number }}",
            "\u00a0",
            "{{ line.title }}",
            ": ",
            "{{r line.phrase_link }}",
            ";",
        )
        self.line("Report item", "{%p endfor %}")
        self.line("Report text", "{%p endfor %}")

    def _tables(self) -> None:
        labels = self.labels
        self._figures("blocks", "block", "{{ one.number }}", "{{ one.title }}")
        self.line("Report text", "{%p if districts %}")
        number = "{% if not one.is_none %}{{ loop.index }}{% endif %}"
        planned = ("{{ one.planned_text }}", "{{ districts_planned_text }}")
        self._figures("districts", "district", number, "{{ one.name }}", planned)
        self.line("Report text", "{%p endif %}")
        self.line("Report text", "{%p if is_consolidated %}")
        name = "{{ one.name }}{% if one.changed_after %} *{% endif %}"
        self._figures("regions", "region", "{{ loop.index }}", name)
        self.line("Report note", "{%p if regions|selectattr('changed_after')|list %}")
        self.line("Report note", f"* {labels['changed_after']}")
        self.line("Report note", "{%p endif %}")
        self.line("Report text", "{%p endif %}")

    def _figures(
        self,
        rows: str,
        head: str,
        number: str,
        name: str,
        planned: tuple[str, str] | None = None,
    ) -> None:
        """Add a chapter with a table of figures: a row for each of `rows`, and their total."""
        labels, chapter = self.labels, f"by_{head}"
        columns = ("planned", *HEADS) if planned else HEADS
        widths = self.widths(columns)
        self.chapter(chapter)
        heads = [labels[one] for one in ("number", head, *columns)]
        table = self.table(heads, widths)
        self.tag(table, f"{{%tr for one in {rows} %}}")
        first = [("Report table", number), ("Report table", name)]
        last = [("Report table", ""), ("Report table", labels["total"])]
        if planned:
            first.append(("Report figure", planned[0]))
            last.append(("Report figure", planned[1]))
        figure = [("Report figure", f"{{{{r one.{metric}.link }}}}") for metric in METRICS]
        total = [("Report figure", f"{{{{r total.{metric}.link }}}}") for metric in METRICS]
        self.row(table, [*first, *figure], widths)
        self.tag(table, "{%tr endfor %}")
        self.row(table, [*last, *total], widths, total=True)

    def _words(self) -> None:
        labels = self.labels
        self.line("Report text", "{%p if media %}")
        self.chapter("media")
        self.line("Report text", "{%p for one in media %}")
        self.line("Report block", "{{ one.name }}")
        self.line("Report item", "{%p for item in one.entries %}")
        self.line(
            "Report item",
            "– ",
            "{% if item.outlet %}{{ item.outlet }}: {% endif %}{{ item.title }}"
            "{% if item.published_on %}, {{ item.published_on }}{% endif %};",
        )
        self.line("Report item", "{%p endfor %}")
        self.line("Report note", "{%p if one.more %}")
        self.line("Report note", "{{ one.more }}")
        self.line("Report note", "{%p endif %}")
        self.line("Report text", "{%p endfor %}")
        self.line("Report text", "{%p endif %}")
        for name in ("difficulties", "proposals"):
            self.line("Report text", f"{{%p if {name} %}}")
            self.chapter(name)
            self.line("Report text", f"{{%p for one in {name} %}}")
            self.line(
                "Report text", "{{ one.name }}", ": ", f"{{{{ one.{name} }}}}", bold_first=True
            )
            self.line("Report text", "{%p endfor %}")
            self.line("Report text", "{%p endif %}")
        sign = self.line("Report table", f"{labels['signature']}: ", "_" * 38)
        sign.paragraph_format.space_before = Pt(28)
        note = self.line("Report note", "{{ provenance }}")
        note.paragraph_format.space_before = Pt(14)

    def _annex(self) -> None:
        labels = self.labels
        self.line("Report text", "{%p if is_consolidated %}")
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self.chapter("annex")
        self.line("Report text", "{%p if all_reported %}")
        self.line("Report text", labels["all_reported"])
        self.line("Report text", "{%p else %}")
        widths = [1.2, 8.3, 7.0]
        table = self.table([labels["number"], labels["region"], labels["return_status"]], widths)
        self.tag(table, "{%tr for one in not_reported %}")
        cells = ["{{ loop.index }}", "{{ one.name }}", "{{ one.status }}"]
        self.row(table, [("Report table", text) for text in cells], widths)
        self.tag(table, "{%tr endfor %}")
        self.line("Report text", "{%p endif %}")
        self.line("Report text", "{%p endif %}")


def _word_width(label: str) -> float:
    """Return what the longest word of a head takes, in centimetres, with the cell's margins.

    Offices and LibreOffice break a word that does not fit. A letter of bold Cyrillic is 0.6 em wide.
    """
    longest = max(label.split(), key=len)
    return round(len(longest) * 0.6 * HEAD_SIZE / 72 * 2.54 + 2 * CELL_MARGIN + 0.05, 2)


def _font(style: Any, size: float, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _field(paragraph: Any, name: str) -> None:
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _borders(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "9DB4BB")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        margin = CELL_MARGIN if side in ("left", "right") else CELL_MARGIN / 2
        edge.set(qn("w:w"), str(round(margin / 2.54 * 1440)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    _put(table, borders, before=("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"))
    _put(table, margins, before=("w:tblLook",))


def _put(table: Any, element: Any, *, before: tuple[str, ...]) -> None:
    """Put a property of a table where the format's order of elements wants it."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no other way
    for name in before:
        found = properties.find(qn(name))
        if found is not None:
            found.addprevious(element)
            return
    properties.append(element)


def main() -> None:
    """Write the three templates."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bala.settings")
    django.setup()
    from django.utils import translation

    from bala.returns.queries.report import labels

    OUT.mkdir(exist_ok=True)
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            Template(labels()).make().save(str(OUT / f"report-{language}.docx"))
        sys.stdout.write(f"report-{language}.docx\n")


if __name__ == "__main__":
    main()

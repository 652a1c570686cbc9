"""Cells of the coverage matrix: tags and not includes, because a page draws hundreds of them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from bala.programme.enums import CellState
from bala.programme.queries.coverage import Cell

register = template.Library()

GLYPHS = {
    CellState.NOT_PLANNED: "–",
    CellState.ZERO: "0",
    CellState.NOT_APPLICABLE: "·",
}


def words_of(cell: Cell) -> str:
    """Say a cell in words: its state and the counts behind it."""
    figures = cell.figures
    parts = [str(cell.state.label)]
    if figures.items:
        parts.append(
            ngettext("%(n)s row of the plan", "%(n)s rows of the plan", figures.items)
            % {"n": figures.items}
        )
    if figures.held:
        parts.append(gettext("held: %(n)s") % {"n": figures.held})
    if figures.late:
        parts.append(gettext("without a result: %(n)s") % {"n": figures.late})
    if figures.due:
        parts.append(gettext("this week: %(n)s") % {"n": figures.due})
    if figures.children:
        parts.append(gettext("children: %(n)s") % {"n": figures.children})
    if figures.drafts:
        parts.append(gettext("drafts: %(n)s") % {"n": figures.drafts})
    if cell.reason:
        parts.append(cell.reason)
    return ", ".join(parts)


def _shown(cell: Cell) -> str:
    match cell.state:
        case CellState.LATE:
            return f"‼{cell.figures.late}"
        case CellState.DUE:
            return f"!{cell.figures.due}"
        case CellState.HELD | CellState.PLANNED:
            return str(cell.number)
        case CellState.NOT_PLANNED if cell.figures.drafts:
            return "…"  # something is being drafted
        case _:
            return GLYPHS[cell.state]


@register.simple_tag
def coverage_cell(cell: Cell, base: str) -> SafeString:
    """Draw a cell as a link to its records; `base` is the address of the matrix."""
    return format_html(
        '<a class="state state-{}" id="c-{}-{}" href="{}{}/{}/" title="{}: {}">'
        '<span aria-hidden="true">{}</span><span class="visually-hidden">{}: {}</span></a>',
        cell.state.value,
        cell.activity.public_id,
        cell.region.iso_code,
        base,
        cell.activity.public_id,
        cell.region.iso_code,
        cell.region.short_name,
        words_of(cell),
        _shown(cell),
        cell.region.short_name,
        words_of(cell),
    )


@register.filter
def cell_words(cell: Cell) -> str:
    """Say a cell in words."""
    return words_of(cell)


@register.filter
def tiny_name(name: str) -> str:
    """Shorten a region's name to what fits above a small square: initials, or three letters."""
    words = name.replace("-", " ").split()
    if len(words) > 1:
        return "".join(word[0] for word in words).upper()
    return name[:3]

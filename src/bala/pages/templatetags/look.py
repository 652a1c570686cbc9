"""The drawn signs of the look: icons, pictograms of the blocks, states of coverage.

They are tags and not includes because a matrix draws hundreds of them on one page.
"""

from functools import lru_cache
from typing import Any, Final

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bala.programme.enums import CellState

register = template.Library()

#: The glyph that tells a state where there is no number.
GLYPHS: Final = {
    CellState.NOT_PLANNED: "–",
    CellState.PLANNED: "•",
    CellState.DUE: "!",
    CellState.HELD: "✓",
    CellState.LATE: "‼",
    CellState.ZERO: "0",
    CellState.NOT_APPLICABLE: "·",
}

#: States that show how many plan items stand behind them.
COUNTED: Final = {CellState.PLANNED, CellState.HELD}

#: How many steps the heat of a tile has: classes heat-0 to heat-5.
HEAT_STEPS: Final = 6


def _sprite() -> str:
    storages: dict[str, Any] = settings.STORAGES
    return _sprite_of(settings.STATIC_URL, storages["staticfiles"]["BACKEND"])


@lru_cache
def _sprite_of(_url: str, _storage: str) -> str:
    """Look the sprite up once: a page draws a hundred signs from it."""
    return static("bala/img/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw a small sign from the sprite `bala/img/icons.svg`.

    Without `label` it is decoration, hidden from screen readers; with it, an image of that name.
    """
    classes = f"icon {css}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            classes,
            label,
            _sprite(),
            name,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classes,
        _sprite(),
        name,
    )


@register.simple_tag
def pictogram(number: int, css: str = "") -> SafeString:
    """Draw the pictogram of a block; numbers beyond the eight drawn ones start again from 1."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#block-{}"/></svg>',
        f"pictogram {css}".strip(),
        _sprite(),
        (int(number) - 1) % 8 + 1,
    )


@register.filter
def block_class(number: int) -> str:
    """Name the class (b1 to b8) that brings a block's colours; beyond 8 they start again."""
    return f"b{(int(number) - 1) % 8 + 1}"


@register.simple_tag
def state(name: str, count: int | None = None, url: str = "", about: str = "") -> SafeString:
    """Draw a cell of coverage, told by glyph and pattern and read out in words.

    `name` is one of CellState, `count` the number of plan items (shown for planned and held),
    `url` makes it a link, `about` says whose cell it is, for the title and for screen readers.
    """
    cell = CellState(name)
    shown = count if count is not None and cell in COUNTED else GLYPHS[cell]
    words = f"{about}: {cell.label}" if about else str(cell.label)
    inner = format_html(
        '<span aria-hidden="true">{}</span><span class="visually-hidden">{}{}</span>',
        shown,
        words,
        f", {count}" if count is not None and cell in COUNTED else "",
    )
    if url:
        return format_html(
            '<a class="state state-{}" href="{}" title="{}">{}</a>', name, url, words, inner
        )
    return format_html('<span class="state state-{}" title="{}">{}</span>', name, words, inner)


@register.simple_tag
def state_badge(name: str, count: int | None = None) -> SafeString:
    """Draw a state with its name beside it, as in legends and lists."""
    cell = CellState(name)
    shown = count if count is not None and cell in COUNTED else GLYPHS[cell]
    return format_html(
        '<span class="state-badge"><span class="state state-{}" aria-hidden="true">{}</span>{}</span>',
        name,
        shown,
        cell.label,
    )


@register.simple_tag
def state_legend() -> SafeString:
    """Draw the legend of all states."""
    items = "".join(f"<li>{state_badge(name)}</li>" for name in GLYPHS)
    return mark_safe(f'<ul class="legend">{items}</ul>')  # noqa: S308 - made of escaped parts


@register.simple_tag
def heat(value: float, highest: float) -> str:
    """Name the class of a tile's heat: 0 for nothing, then five even steps up to `highest`."""
    if value <= 0 or highest <= 0:
        return "heat-0"
    step = 1 + int((value / highest) * (HEAT_STEPS - 1) - 1e-9)
    return f"heat-{min(step, HEAT_STEPS - 1)}"


@register.simple_tag
def block_scene(number: int) -> str:
    """Return the address of the picture of a block, to stand on the block's colour."""
    return static(f"bala/img/scene-{(int(number) - 1) % 8 + 1}.svg")

"""The style guide: every token and component, with all its states, in both themes."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bala.concept.enums import Format
from bala.pages.forms import SampleForm
from bala.programme.enums import CellState
from bala.territory.queries import regions_of_year

ICONS = tuple(
    name
    for line in (
        "calendar place online hybrid on_site people child user search phone chat mail download",
        "upload check check-circle clock warning info lock key edit copy plus minus close trash",
        "arrow arrow-back undo external link sun moon auto filter sort table grid document media",
        "video chart print home menu globe star heart bell flag eye feed send sign-out settings",
        "school keyboard qr",
    )
    for name in line.split()
)
COLOURS = tuple(
    name
    for line in (
        "sky sky-deep sky-soft sun sun-soft sun-ink ink ink-soft line edge paper card sunk",
        "accent good good-soft warn warn-soft bad bad-soft night",
    )
    for name in line.split()
)
DRAWINGS = ("calendar", "search", "plan", "letter", "done", "lost")
SAMPLE_STATES = (
    CellState.HELD,
    CellState.PLANNED,
    CellState.NOT_PLANNED,
    CellState.DUE,
    CellState.LATE,
    CellState.ZERO,
    CellState.NOT_APPLICABLE,
)


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the look, light and dark side by side."""
    return render(
        request,
        "pages/styleguide/page.html",
        {
            "panes": [_pane("light"), _pane("dark")],
            "colours": COLOURS,
            "icons": ICONS,
            "drawings": DRAWINGS,
            "blocks": range(1, 9),
            "states": SAMPLE_STATES,
            "online": Format.ONLINE,
            "on_site": Format.ON_SITE,
            "hybrid": Format.HYBRID,
            "regions": list(regions_of_year(2021)[:4]),
            "crumbs": [(_("Programme"), "#"), (_("Regions"), "#"), (_("Today"), "")],
            "tabs": [(_("Programme"), "#", True), (_("Calendar"), "#", False)],
        },
    )


def _pane(theme: str) -> dict[str, Any]:
    """Return what a pane of the guide shows; ids differ, since both panes stand on one page."""
    faulty = SampleForm({"title": "", "email": "aigul@", "seats": "-3"}, auto_id=f"{theme}_bad_%s")
    return {
        "theme": theme,
        "form": SampleForm(auto_id=f"{theme}_%s"),
        "faulty": faulty,
        "tiles": SAMPLE_TILES,
    }


def _tile(row: int, column: int, name: str, short: str, value: int) -> dict[str, Any]:
    return {
        "row": row,
        "column": column,
        "name": name,
        "short": short,
        "value": value,
        "url": "#",
        "current": short == "ҚРҒ",
    }


SAMPLE_TILES = [
    _tile(1, 3, "Қостанай", "ҚОС", 41),
    _tile(1, 4, "Солтүстік Қазақстан", "СҚО", 66),
    _tile(1, 6, "Павлодар", "ПАВ", 57),
    _tile(2, 1, "Батыс Қазақстан", "БҚО", 72),
    _tile(2, 2, "Ақтөбе", "АҚТ", 60),
    _tile(2, 4, "Ақмола", "АҚМ", 80),
    _tile(2, 5, "Нұр-Сұлтан", "Н-С", 141),
    _tile(2, 7, "Шығыс Қазақстан", "ШҚО", 77),
    _tile(3, 1, "Атырау", "АТЫ", 52),
    _tile(3, 3, "Қызылорда", "ҚЗО", 48),
    _tile(3, 4, "Қарағанды", "ҚРҒ", 99),
    _tile(3, 6, "Алматы облысы", "АЛО", 90),
    _tile(4, 1, "Маңғыстау", "МАҢ", 0),
    _tile(4, 3, "Түркістан", "ТҮР", 84),
    _tile(4, 4, "Шымкент", "ШЫМ", 112),
    _tile(4, 5, "Жамбыл", "ЖАМ", 70),
    _tile(4, 6, "Алматы", "АЛМ", 163),
]

"""Text can be read on its ground in both themes: WCAG 1.4.3, 4.5:1 (edges of fields 3:1)."""

import re
from pathlib import Path

import pytest

import bala.pages

CSS = Path(bala.pages.__file__).parent / "static" / "bala" / "css" / "tokens.css"
BLOCKS = range(1, 9)
STATES = ("held", "planned", "due", "late", "zero", "na")

TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "ink-soft") for ground in ("paper", "card", "sunk")),
    *(("ink", ground) for ground in ("sky-soft", "good-soft", "warn-soft", "bad-soft")),
    *(("sky-deep", ground) for ground in ("paper", "card", "sky-soft", "sunk")),
    *((kind, ground) for kind in ("good", "warn", "bad") for ground in ("card", f"{kind}-soft")),
    ("ink-soft", "sky-soft"),
    ("bad", "paper"),
    ("card", "bad"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-sun", "sun"),
    ("sun-ink", "sun-soft"),
    ("on-night", "night"),
    ("on-night-soft", "night"),
    ("sun", "night"),
    ("silent-ink", "silent"),
    ("silent-ink", "silent-stripe"),
    *((f"{state}-ink", state) for state in STATES),
    *(("heat-ink-low", f"heat-{step}") for step in range(4)),
    *(("heat-ink-high", f"heat-{step}") for step in (4, 5)),
    *((f"b{n}-ink", f"b{n}-soft") for n in BLOCKS),
    *((f"b{n}-ink", ground) for n in BLOCKS for ground in ("card", "paper")),
]
ON_WHITE = [f"b{n}" for n in BLOCKS]


def themes() -> dict[str, dict[str, str]]:
    """Read the sets of tokens: light, dark, and dark as the device has it."""
    source = CSS.read_text("utf-8")
    heads = {
        "light": r':root, \[data-theme="light"\] \{',
        "dark": r'\[data-theme="dark"\] \{',
        "auto": r'\[data-theme="auto"\] \{',
    }
    sets = {}
    for name, head in heads.items():
        found = re.search(head + r"([^}]*)\}", source)
        assert found
        sets[name] = dict(re.findall(r"--([\w-]+): ([^;]+);", found[1]))
    return sets


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme: str) -> None:
    tokens = themes()[theme]
    low = {
        f"{ink} on {ground}": round(contrast(tokens[ink], tokens[ground]), 2)
        for ink, ground in TEXT_ON_GROUND
        if contrast(tokens[ink], tokens[ground]) < 4.5
    }
    low |= {
        f"white on {fill}": round(contrast("#ffffff", tokens[fill]), 2)
        for fill in ON_WHITE
        if contrast("#ffffff", tokens[fill]) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_fields_and_the_ring_of_focus_can_be_seen(theme: str) -> None:
    tokens = themes()[theme]
    for edge in ("edge", "ring"):
        for ground in ("card", "paper"):
            assert contrast(tokens[edge], tokens[ground]) >= 3


def test_dark_by_choice_is_dark_by_device() -> None:
    sets = themes()
    assert sets["dark"] == sets["auto"]
    assert sets["dark"].keys() == sets["light"].keys()

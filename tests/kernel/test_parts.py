"""Parts of pages that are made of plain values: once for the same, anew for anything else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from bala.kernel.parts import forget_parts, part

TEMPLATE = "components/alert.html"


@pytest.fixture(autouse=True)
def _afresh() -> None:
    forget_parts()


def alert(text: Any) -> str:
    return str(part(TEMPLATE, {"kind": "info", "text": text, "title": ""}))


def test_the_same_values_are_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = alert("Көктем")
    monkeypatch.setattr("bala.kernel.parts.get_template", None)  # nobody asks for it again
    assert alert("Көктем") == first
    with pytest.raises(TypeError):
        alert("Жаз")


def test_a_text_that_is_not_safe_is_never_taken_for_one_that_is() -> None:
    assert "<b>" in alert(mark_safe("<b>x</b>"))
    assert "<b>" not in alert("<b>x</b>")


def test_each_language_has_its_own() -> None:
    made = set()
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            made.add(part("components/language_switch.html", {"language_urls": ()}))
    assert len(made) == 3


@dataclass(frozen=True)
class Frozen:
    inside: Any


@pytest.mark.parametrize("value", [[], {}, object(), Frozen([]), (1, [2]), Frozen(object())])
def test_what_can_change_inside_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        alert(value)


@pytest.mark.parametrize("value", ["", 1, None, date(2021, 6, 1), (1, ("a",)), Frozen(("a", 1))])
def test_plain_values_are_taken(value: Any) -> None:
    assert alert(value)

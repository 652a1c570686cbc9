"""The drawn signs, and what the shell keeps."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client

import bala
import bala.pages
from bala.pages.templatetags import look
from bala.pages.views.styleguide import DRAWINGS, ICONS
from bala.programme.enums import CellState

HERE = Path(bala.pages.__file__).parent
IMAGES = HERE / "static" / "bala" / "img"


def render(source: str, **context: object) -> str:
    """Render a piece of template that loads the tags of the look."""
    return Template("{% load look %}" + source).render(Context(context))


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'id="([\w-]+)"', (IMAGES / "icons.svg").read_text("utf-8")))
    named = {
        name
        for path in Path(bala.__file__).parent.rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text("utf-8"))
    }
    assert named | set(ICONS) <= drawn
    assert {f"block-{n}" for n in range(1, 9)} <= drawn


def test_every_scene_and_drawing_is_there() -> None:
    assert [n for n in range(1, 9) if not (IMAGES / f"scene-{n}.svg").exists()] == []
    assert [d for d in DRAWINGS if not (IMAGES / f"empty-{d}.svg").exists()] == []


def test_drawings_ask_for_nothing_from_elsewhere() -> None:
    foreign = {
        path.name: links
        for path in IMAGES.glob("*.svg")
        if (links := re.findall(r'(?:href|src)="(?!#)[^"]*"|<style|style="', path.read_text()))
    }
    assert foreign == {}


def test_templates_carry_no_inline_style_or_script() -> None:
    faulty = {
        str(path.relative_to(HERE)): found
        for path in HERE.rglob("templates/**/*.html")
        if (found := re.findall(r'\sstyle="|<style|\son\w+="|<script>', path.read_text("utf-8")))
    }
    assert faulty == {}


def test_an_icon_is_decoration_unless_it_has_a_name() -> None:
    assert 'aria-hidden="true"' in render('{% icon "check" %}')
    named = render('{% icon "check" words %}', words="<Done>")
    assert 'role="img"' in named
    assert "&lt;Done&gt;" in named


@pytest.mark.parametrize("cell", list(CellState))
def test_a_state_is_told_in_words_too(cell: CellState) -> None:
    out = render("{% state cell 7 about='Almaty <b>' %}", cell=cell)
    assert f"state-{cell.value}" in out
    assert str(cell.label) in out
    assert "Almaty &lt;b&gt;" in out
    assert (">7<" in out) == (cell in look.COUNTED)


def test_no_two_states_share_a_glyph() -> None:
    assert set(look.GLYPHS) == set(CellState)
    assert len(set(look.GLYPHS.values())) == len(CellState)


@pytest.mark.parametrize(
    ("value", "step"), [(0, 0), (1, 1), (20, 1), (21, 2), (60, 3), (99, 5), (100, 5)]
)
def test_heat_rises_in_even_steps(value: int, step: int) -> None:
    assert look.heat(value, 100) == f"heat-{step}"


def test_heat_of_nothing_is_cold() -> None:
    assert look.heat(0, 0) == "heat-0"


def test_colours_of_blocks_start_again_after_eight() -> None:
    assert [look.block_class(n) for n in (1, 8, 9)] == ["b1", "b8", "b1"]


def test_the_theme_goes_into_a_cookie_and_back_to_the_page(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark"}, HTTP_REFERER="http://testserver/kk/?a=1")
    assert answer["Location"] == "http://testserver/kk/?a=1"
    assert client.cookies["theme"].value == "dark"


def test_a_theme_that_there_is_not_changes_nothing(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "x"}, HTTP_REFERER="https://elsewhere.example/")
    assert answer["Location"] == "/"
    assert "theme" not in client.cookies


@pytest.mark.django_db
def test_a_cookie_with_something_else_in_it_is_ignored(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get("/kk/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_is_not_there_says_so_in_the_language(client: Client, language: str) -> None:
    answer = client.get(f"/{language}/not-here/")
    words = {"kk": "Мұнда ештеңе жоқ", "ru": "Здесь ничего нет", "en": "There is nothing here"}
    assert answer.status_code == 404
    assert words[language] in answer.content.decode()

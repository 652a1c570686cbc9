"""Menus lead somewhere."""

import pytest
from django.urls import NoReverseMatch, reverse

from bala.pages.context import CONSOLE, PUBLIC

NAMES = [name for name, _words in PUBLIC] + [
    name for _heading, lines in CONSOLE for name, _words, _who in lines
]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_a_menu_has_an_address(name: str) -> None:
    try:
        assert reverse(name, kwargs={"slug": "some-campaign"})
    except NoReverseMatch:
        assert reverse(name)

"""Numbers as each language writes them."""

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(("language", "text"), [("kk", "22,7"), ("ru", "22,7"), ("en", "22.7")])
def test_decimals_are_written_as_the_language_does(language: str, text: str) -> None:
    with translation.override(language):
        assert formats.localize(22.7) == text

"""Choices of the room."""

from typing import Final

#: The colours that a page may have; auto follows the device.
THEMES: Final = ("auto", "light", "dark")

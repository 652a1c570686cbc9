"""What printed sheets share."""

from pathlib import Path
from typing import Final

#: Onest (OFL): it has every Kazakh letter, and may be embedded in what is printed.
FONTS: Final = Path(__file__).parent / "fonts"

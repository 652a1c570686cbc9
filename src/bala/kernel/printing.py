"""What printed sheets share."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

#: Onest (OFL): it has every Kazakh letter, and may be embedded in what is printed.
FONTS: Final = Path(__file__).parent / "fonts"


def printed(sheet: Path, files: Mapping[str, bytes]) -> bytes:
    """Return a sheet of typst as PDF; it reads the `files` put beside it and nothing else."""
    import typst  # heavy: only where it is used

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, body in {**files, sheet.name: sheet.read_bytes()}.items():
            (root / name).write_bytes(body)
        made = typst.compile(str(root / sheet.name), root=folder, font_paths=[str(FONTS)])
    return whole(made)


def whole(made: object) -> bytes:
    """Return what typst made, where one file was asked for."""
    if not isinstance(made, bytes):
        raise TypeError("typst returned more than one file")
    return made

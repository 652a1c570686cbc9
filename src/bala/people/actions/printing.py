"""Sheets of the room, set by typst."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import typst

from bala.kernel.printing import FONTS

SHEETS = Path(__file__).resolve().parents[1] / "typst"


def printed(sheet: str, content: dict[str, Any]) -> bytes:
    """Return a sheet of the room ("take-out") as PDF; `content` is all that it knows, as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        shutil.copyfile(SHEETS / f"{sheet}.typ", root / "sheet.typ")
        made = typst.compile(str(root / "sheet.typ"), root=folder, font_paths=[str(FONTS)])
    if not isinstance(made, bytes):
        raise TypeError("typst returned more than one file")
    return made

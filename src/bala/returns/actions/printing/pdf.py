"""The report as PDF, set by typst in Onest."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import typst

from bala.kernel.printing import FONTS

HERE = Path(__file__).resolve().parents[2]
MEDIA_SHOWN = {True: 3, False: 200}  # of each region, in a consolidated and in a region's report


def to_pdf(content: dict[str, Any]) -> bytes:
    """Return the report as PDF."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        given = {**content, "media_shown": MEDIA_SHOWN[content["is_consolidated"]]}
        (root / "content.json").write_text(json.dumps(given, ensure_ascii=False), "utf-8")
        for name in ("report.typ", "ornament.svg"):
            shutil.copyfile(HERE / "typst" / name, root / name)
        made = typst.compile(str(root / "report.typ"), root=folder, font_paths=[str(FONTS)])
    if not isinstance(made, bytes):
        raise TypeError("typst returned more than one file")
    return made

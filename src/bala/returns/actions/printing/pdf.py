"""The report as PDF, set by typst in Onest."""

import json
from pathlib import Path
from typing import Any

from bala.kernel.printing import printed

SHEETS = Path(__file__).resolve().parents[2] / "typst"
MEDIA_SHOWN = {True: 3, False: 200}  # of each region, in a consolidated and in a region's report


def to_pdf(content: dict[str, Any]) -> bytes:
    """Return the report as PDF."""
    given = {**content, "media_shown": MEDIA_SHOWN[content["is_consolidated"]]}
    files = {
        "content.json": json.dumps(given, ensure_ascii=False).encode(),
        "ornament.svg": (SHEETS / "ornament.svg").read_bytes(),
    }
    return printed(SHEETS / "report.typ", files)

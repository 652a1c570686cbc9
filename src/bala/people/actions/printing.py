"""Sheets of the room, set by typst."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bala.kernel.printing import printed
from bala.people.models import Child

SHEETS = Path(__file__).resolve().parents[1] / "typst"


def child_card(*, child: Child, token: str, language: str) -> bytes:
    """Return the card by which a child signs in, as PDF: a code to scan and no name on it."""
    import segno  # heavy: only where it is used

    with translation.override(language):
        address = f"{settings.BALA_BASE_URL.rstrip('/')}{reverse('people:card', args=[token])}"
        name = child.account.sign_in_name if child.account else ""
        words = {
            "language": language,
            "title": _("My card"),
            "campaign": _("A happy child is a happy country"),
            "name": name,
            "how": _("Scan the code with a phone and press the button."),
            "care": _("Keep the card to yourself. If it is lost, tell your parents: they stop it."),
            "cut": _("Cut out along the line."),
        }
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, scale=4)
    return sheet_pdf("child-card", words, {"code.svg": drawn.getvalue()})


def sheet_pdf(
    sheet: str, content: dict[str, Any], pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a sheet of the room ("take-out") as PDF; `content` is all that it knows, as JSON, and
    `pictures` are files beside it."""
    told = json.dumps(content, ensure_ascii=False).encode()
    return printed(SHEETS / f"{sheet}.typ", {"content.json": told, **(pictures or {})})

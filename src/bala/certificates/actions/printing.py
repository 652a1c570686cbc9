"""Setting sheets with typst, in Onest and in the serif that comes with typst."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bala.certificates.models import Certificate, Design
from bala.certificates.queries.sheets import (
    Sheet,
    document,
    poster,
    sheet_of,
    specimen,
    title_of,
)
from bala.kernel.printing import FONTS, whole

if TYPE_CHECKING:
    import typst

TEMPLATES: Final = Path(__file__).resolve().parents[1] / "typst"
BACKDROP_PPI: Final = 220  # flat colours and drawn lines: sharp in print, and small
#: Tagged, titled, with a text for what is no text: what screen readers need (ISO 14289-1).
ACCESSIBLE: Final = "ua-1"


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return a certificate as PDF; it takes some 30 ms, so nothing is kept.

    The file carries kind and number as its title, never a name, and the day of issue as its date.
    """
    made = _compiler(str(TEMPLATES)).compile(
        format="pdf",
        sys_inputs={
            "sheets": document(
                [sheet_of(certificate)],
                title=title_of(certificate),
                language=certificate.languages[0],
            )
        },
        pdf_standards=ACCESSIBLE,
        timestamp=_noon(certificate),
    )
    return whole(made)


def poster_pdf(design: Design, *, paper: str) -> bytes:
    """Return a poster as PDF for paper "a4" or "a3"."""
    given = document(
        [poster(design, paper=paper)], title=design.label, language=design.languages[0]
    )
    made = _compiler(str(TEMPLATES)).compile(
        format="pdf", sys_inputs={"sheets": given}, pdf_standards=ACCESSIBLE
    )
    return whole(made)


def specimen_png(design: Design, *, ppi: int = 80) -> bytes:
    """Return a picture of a design with an invented name; the design need not be saved."""
    sheet = poster(design, paper="a4") if not design.is_issued else specimen(design)
    return _png(sheet, design.label, design.languages[0], ppi)


def certificate_png(certificate: Certificate, *, ppi: int = 60) -> bytes:
    """Return a certificate as a picture, for the page of its family."""
    return _png(sheet_of(certificate), title_of(certificate), certificate.languages[0], ppi)


def many_pdf(certificates: Sequence[Certificate], *, title: str) -> bytes:
    """Return certificates of one design as one PDF, a page for each: hundreds a second.

    What lies behind the words is drawn once for all of them, into a folder of this call's own.
    """
    import typst

    sheets = [sheet_of(one, many=True) for one in certificates]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "typst"
        shutil.copytree(TEMPLATES, root)
        (root / "backdrop.png").write_bytes(_backdrop(sheets[0]["kind"], sheets[0]["block"]))
        made = typst.compile(
            str(root / "main.typ"),
            root=str(root),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={
                "sheets": document(sheets, title=title, language=sheets[0]["languages"][0])
            },
            pdf_standards=ACCESSIBLE,
            timestamp=_noon(certificates[0]),
        )
    return whole(made)


@lru_cache(maxsize=9)
def badge_png(block: int) -> bytes:
    """Return the picture of a digital badge in the colour of a block, 504 pixels square."""
    import typst

    made = typst.compile(
        str(TEMPLATES / "badge.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        format="png",
        ppi=100,
        sys_inputs={"sheet": json.dumps({"block": block})},
    )
    return whole(made)


def _png(sheet: Sheet, title: str, language: str, ppi: int) -> bytes:
    made = _compiler(str(TEMPLATES)).compile(
        format="png",
        ppi=ppi,
        sys_inputs={"sheets": document([sheet], title=title, language=language)},
    )
    return made[0] if isinstance(made, list) else whole(made)


@lru_cache(maxsize=4)  # some 130 KB each; drawing one takes a second
def _backdrop(kind: str, block: int) -> bytes:
    import typst

    given = json.dumps({"kind": kind, "block": block})
    made = typst.compile(
        str(TEMPLATES / "backdrop.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        format="png",
        ppi=BACKDROP_PPI,
        sys_inputs={"sheet": given},
    )
    return whole(made)


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    import typst

    # The machine's own fonts are left out: a sheet looks alike wherever it is made.
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)]
    )


def _compiler(root: str) -> "typst.Compiler":
    """Return a compiler that knows the templates; it reads nothing outside of their folder."""
    import typst

    return typst.Compiler(str(Path(root) / "main.typ"), root=root, font_paths=_fonts())


def _noon(certificate: Certificate) -> int:
    return int(datetime.combine(certificate.issued_on, time(12), UTC).timestamp())

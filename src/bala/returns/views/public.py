"""Open data: files at stable addresses, and the page that describes them."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation

from bala.kernel.spreadsheets import Cell, stream_csv
from bala.programme.models import Campaign
from bala.returns import access
from bala.returns.queries.open_data import FILES, DataFile, rows_of
from bala.territory.models import regions_named_on

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@login_not_required
def open_data(request: HttpRequest, slug: str) -> HttpResponse:
    """Describe the open data of a campaign: files, columns, licence."""
    campaign = access.open_campaign(slug)
    context = {
        "at_work": campaign,
        "files": list(FILES.values()),
        "licence": LICENCE,
        "described": _described(campaign),
        "base_url": settings.BALA_BASE_URL.rstrip("/"),
    }
    response = render(request, "returns/open_data.html", context)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@login_not_required
def csv_file(_request: HttpRequest, slug: str, name: str) -> StreamingHttpResponse:
    """Stream a file as CSV: UTF-8 with a byte order mark, semicolons."""
    campaign, file = access.open_file(slug, name)
    header = [column.name for column in file.columns]
    pieces = stream_csv(header, rows_of(campaign, name))
    return _streamed(campaign, pieces, f"{slug}-{name}.csv", "text/csv; charset=utf-8")


@login_not_required
def json_file(_request: HttpRequest, slug: str, name: str) -> StreamingHttpResponse:
    """Stream a file as JSON: an array of objects."""
    campaign, file = access.open_file(slug, name)
    return _streamed(campaign, _json(campaign, file), f"{slug}-{name}.json", "application/json")


def _named(campaign: Campaign, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Go on calling regions as in the campaign's year: the request is over when this is read."""
    with regions_named_on(campaign.starts_on):
        yield from pieces


def _streamed(
    campaign: Campaign, pieces: Iterator[bytes], name: str, kind: str
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_named(campaign, pieces), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"  # open data is read from anywhere
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _json(campaign: Campaign, file: DataFile) -> Iterator[bytes]:
    names = [column.name for column in file.columns]
    piece, before = [], "[\n"
    for row in rows_of(campaign, file.name):
        piece.append(
            before + json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False)
        )
        before = ",\n"
        if len(piece) == 500:
            yield "".join(piece).encode()
            piece = []
    yield ("".join(piece) + ("[" if before == "[\n" else "") + "\n]\n").encode()


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _described(campaign: Campaign) -> str:
    """Return the description of the data set for search engines (schema.org Dataset)."""
    base = f"{settings.BALA_BASE_URL.rstrip('/')}/{translation.get_language()}/c/{campaign.slug}/open-data/"
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": str(campaign.title),
        "description": str(campaign.purpose) or str(campaign.title),
        "url": base,
        "license": LICENCE,
        "inLanguage": ["kk", "ru", "en"],
        "isAccessibleForFree": True,
        "temporalCoverage": f"{campaign.starts_on}/{campaign.ends_on}",
        "spatialCoverage": {"@type": "Place", "name": "Kazakhstan"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{file.name}.{form}",
                "encodingFormat": kind,
                "contentUrl": f"{base}{file.name}.{form}",
            }
            for file in FILES.values()
            for form, kind in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }
    # The text stands inside a <script> of data: no sign of it may end that element.
    text = json.dumps(described, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")

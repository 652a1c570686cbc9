"""Each figure opens into the records behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bala.returns import access
from bala.returns.queries.figures import Figures, part_of_district
from bala.returns.queries.records import provenance
from bala.returns.queries.words import name_of


def figure(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """List the records that a figure is made of, now or when a report or return froze it."""
    door = access.readable_figure(
        request.user,
        slug,
        key,
        report=request.GET.get("report", ""),
        version=request.GET.get("version", ""),
    )
    opened = provenance(
        door.campaign,
        door.key,
        frozen=Figures.from_json(door.frozen.figures) if door.frozen else None,
        parts=door.parts,
        cursor=request.GET.get("cursor", ""),
    )
    kept = request.GET.copy()
    kept.pop("cursor", None)
    places = {door.region.iso_code: str(door.region.name)} if door.region else {}
    if door.region and door.district:
        part = f"{door.region.iso_code}.{part_of_district(door.district.pk)}"
        places[part] = str(door.district.name)
    context = {
        "at_work": door.campaign,
        "door": door,
        "opened": opened,
        "name": name_of(str(door.key), places=places),
        "kept": kept.urlencode(),
    }
    return render(request, "returns/figure.html", context)

"""`bala coverage`: the matrix of activities and regions, for people and for programs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from bala.programme.enums import CellState
from bala.programme.models import Campaign
from bala.programme.queries.coverage import Coverage, Figures, Filters, coverage
from bala.territory.models import regions_named_on

SIGNS = {
    CellState.NOT_APPLICABLE: "·",
    CellState.NOT_PLANNED: "-",
    CellState.PLANNED: "p",
    CellState.DUE: "!",
    CellState.LATE: "!!",
    CellState.ZERO: "0",
    CellState.HELD: "h",
}


class Command(BaseCommand):
    """Print coverage as it stands today."""

    help = "Print what is planned and held of each activity in each region, and the gaps."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("--campaign", required=True, metavar="SLUG")
        parser.add_argument("--region", default="", metavar="KZ-75", help="only this region")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--gaps", action="store_true", help="print the gaps only")
        parser.add_argument("--lang", choices=("kk", "ru", "en"), default="ru")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print it; an unknown campaign or region ends with status 2."""
        campaign = Campaign.objects.filter(slug=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"No such campaign: {options['campaign']}", returncode=2)
        region = options["region"]
        if region and not campaign.regions.filter(iso_code=region).exists():
            raise CommandError(f"No such region in this campaign: {region}", returncode=2)
        with override(options["lang"]), regions_named_on(campaign.starts_on):
            found = coverage(campaign, Filters(region=region))
            if options["json"]:
                read = _gaps(found) if options["gaps"] else _whole(found)
                self.stdout.write(json.dumps(read, ensure_ascii=False, indent=2))
            else:
                self.stdout.write("\n".join(_text(found, gaps_only=options["gaps"])))


def _figures(figures: Figures) -> dict[str, int | str]:
    return {
        "items": figures.items,
        "held": figures.held,
        "late": figures.late,
        "due": figures.due,
        "drafts": figures.drafts,
        "cancelled": figures.cancelled,
        "expected_children": figures.expected_children,
        "expected_adults": figures.expected_adults,
        "children": figures.children,
        "adults": figures.adults,
        "media": figures.media,
        "money": f"{figures.money:.2f}",
    }


def _gaps(found: Coverage) -> list[dict[str, Any]]:
    return [
        {
            "state": gap.state.value,
            "activity": f"{gap.activity.block.number}.{gap.activity.number}",
            "title": str(gap.activity.title),
            "region": gap.region.iso_code if gap.region else None,
            "since": gap.since.isoformat(),
            "days_late": gap.days_late,
            "items": gap.items,
            "drafts": gap.drafts,
        }
        for gap in found.gaps
    ]


def _whole(found: Coverage) -> dict[str, Any]:
    return {
        "campaign": found.campaign.slug,
        "day": found.day.isoformat(),
        "regions": [
            {"code": one.iso_code, "name": str(one.name), **_figures(sums)}
            for one, sums in zip(found.regions, found.columns, strict=True)
        ],
        "blocks": [
            {
                "number": section.block.number,
                "title": str(section.block.title),
                **_figures(section.figures),
                "activities": [
                    {
                        "number": f"{section.block.number}.{line.activity.number}",
                        "title": str(line.activity.title),
                        "level": line.activity.level,
                        "republic": line.republic.value if line.republic else None,
                        **_figures(line.figures),
                        "cells": {
                            cell.region.iso_code: {
                                "state": cell.state.value,
                                **_figures(cell.figures),
                            }
                            for cell in line.cells
                        },
                    }
                    for line in section.lines
                ],
            }
            for section in found.sections
        ],
        "states": {state.value: found.states[state] for state in CellState},
        "total": _figures(found.total),
        "gaps": _gaps(found),
    }


def _text(found: Coverage, *, gaps_only: bool) -> list[str]:
    lines: list[str] = []
    if not gaps_only:
        lines.append(f"{found.campaign.title}, {found.day.isoformat()}")
        lines.append("")
        lines.append(" " * 46 + " ".join(f"{one.iso_code[3:]:>4}" for one in found.regions))
        for section in found.sections:
            lines.append(f"{section.block.number}. {section.block.title}")
            for line in section.lines:
                name = f"{section.block.number}.{line.activity.number} {line.activity.title}"
                cells = " ".join(
                    f"{SIGNS[cell.state]}{cell.number or '':>1}".rjust(4) for cell in line.cells
                )
                lines.append(f"  {name[:43]:<44}{cells}")
        lines.append("")
        lines.append("  ".join(f"{sign} {state.label}" for state, sign in SIGNS.items()))
        total = found.total
        lines.append(f"{total.items} / {total.held} / {total.late}, {total.children}")
        lines.append("")
    for gap in found.gaps:
        where = gap.region.short_name if gap.region else "-"
        number = f"{gap.activity.block.number}.{gap.activity.number}"
        lines.append(
            f"{gap.days_late:>4}  {gap.state.label}: {number} {gap.activity.title}, {where}"
        )
    return lines

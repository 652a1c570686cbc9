"""What a report says, as plain data: worked out once, frozen, then printed in any format.

docs/report-template.md describes the same names for whoever replaces the Word template.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bala.kernel import clock
from bala.kernel.dates import format_date, format_number, format_numeric, format_period
from bala.programme.enums import Metric, PlanStatus
from bala.programme.models import Activity, Block, Campaign, MediaMention, PlanItem
from bala.returns.enums import REPORTED, ReturnStatus
from bala.returns.models import RegionalReturn, ReturnVersion
from bala.returns.queries.figures import (
    COUNTRY,
    METRICS,
    Figures,
    changes,
    figures_of,
    part_of_activity,
    part_of_block,
    part_of_district,
)
from bala.returns.queries.returns import only, standing_versions
from bala.returns.queries.words import phrase, pieces, plain, sentence, short, shown
from bala.territory.models import Region
from bala.territory.queries.regions import in_order

Content = dict[str, Any]
IN_THE_PLAN = (PlanStatus.PLANNED, PlanStatus.APPROVED, PlanStatus.MOVED, PlanStatus.HELD)
MEDIA_PER_REGION = 200


def build_report(
    campaign: Campaign,
    region: Region | None,
    language: str,
    *,
    as_of: datetime | None = None,
    address: str = "",
) -> tuple[Content, Figures]:
    """Return what the report of a campaign (or of one region in it) says, and its figures.

    All words are in `language`; figures are those of `as_of` (now when None). `address` ends the
    address of each figure, so that a frozen report leads to what it was frozen from.
    """
    with translation.override(language):
        figures = figures_of(
            campaign, region, as_of=as_of or clock.now(), by_district=region is not None
        )
        maker = _Maker(campaign, region, figures, address)
        return maker.content(), figures


class _Maker:
    """Puts the parts of a report together in the active language."""

    def __init__(
        self, campaign: Campaign, region: Region | None, figures: Figures, address: str
    ) -> None:
        self.campaign, self.region, self.figures = campaign, region, figures
        self.address = address
        self.place = region.iso_code if region else COUNTRY
        language = translation.get_language() or "ru"
        self.base = (
            f"{settings.BALA_BASE_URL.rstrip('/')}/{language}/console/{campaign.slug}/figures/"
        )
        self.regions = [region] if region else in_order(campaign.regions.all())
        self.returns = {
            r.region_id: r
            for r in RegionalReturn.objects.filter(campaign=campaign, region__in=self.regions)
        }
        self.versions = standing_versions(campaign)

    def content(self) -> Content:
        campaign, now = self.campaign, clock.now()
        blocks = self._blocks()
        rows = [self._region(one) for one in self.regions]
        districts = self._districts(self.region) if self.region else []
        missing = [row for row in rows if not row["has_reported"]]
        return {
            "language": translation.get_language(),
            "campaign": str(campaign.title),
            "slug": campaign.slug,
            "region": str(self.region.name) if self.region else "",
            "is_consolidated": self.region is None,
            "title": _("Consolidated report") if self.region is None else _("Report of the region"),
            "purpose": str(campaign.purpose),
            "period": format_period(campaign.starts_on, campaign.ends_on, official=True),
            "places": str(campaign.places),
            "participants": str(campaign.participants),
            "made_on": format_date(clock.today(), official=True),
            "as_of": format_date(self.figures.as_of.astimezone(clock.NATIONAL_ZONE).date()),
            "as_of_time": f"{self.figures.as_of.astimezone(clock.NATIONAL_ZONE):%H:%M}",
            "made_at": now.isoformat(),
            "figures_sha256": self.figures.sha256,
            "total": self._values(self.place),
            "summary": self._summary(rows),
            "blocks": blocks,
            "regions": rows,
            "matrix": self._matrix(blocks) if self.region is None else [],
            "districts": districts,
            "districts_planned_text": format_number(sum(d["planned"] for d in districts)),
            "not_reported": missing,
            "all_reported": not missing,
            "media": self._media(),
            "difficulties": [r for r in rows if r["difficulties"]],
            "proposals": [r for r in rows if r["proposals"]],
            "labels": labels(),
        }

    def _figure(self, metric: Metric, *path: str) -> Content:
        key = ".".join([*(p for p in path if p), metric.value])
        value = self.figures.get(key)
        return {
            "key": key,
            "value": str(value),
            "text": shown(metric, value),
            "short": short(metric, value),
            "url": f"{self.base}{key}/{self.address}",
        }

    def _values(self, *path: str) -> Content:
        return {metric.value: self._figure(metric, *path) for metric in METRICS}

    def _raw(self, *path: str) -> dict[Metric, Decimal]:
        return {metric: self.figures.get(*path, metric) for metric in METRICS}

    def _parts(self, words: str, *path: str) -> list[Content]:
        """Split marked words into pieces; those that are figures have an address."""
        return [
            {"text": text, "url": self._figure(Metric(metric), *path)["url"] if metric else ""}
            for text, metric in pieces(words)
        ]

    def _summary(self, rows: list[Content]) -> str:
        text = plain(sentence(self._raw(self.place), whole=True))
        if self.region is None:
            reported = sum(row["has_reported"] for row in rows)
            text += " " + _("Returns came from %(n)s of %(all)s regions.") % {
                "n": reported,
                "all": len(rows),
            }
        return text

    def _blocks(self) -> list[Content]:
        planned = self._planned()
        texts = self._texts_of_region()
        lines: dict[int, list[Activity]] = {}
        for activity in self.campaign.activities.select_related("block"):
            lines.setdefault(activity.block_id, []).append(activity)
        found = []
        for block in Block.objects.filter(campaign=self.campaign):
            part = part_of_block(block)
            if block.withdrawn_at and not self._any(part):
                continue
            words = sentence(self._raw(self.place, part))
            found.append(
                {
                    "number": block.number,
                    "colour": block.colour,
                    "withdrawn": bool(block.withdrawn_at),
                    "title": str(block.title),
                    "goal": str(block.goal),
                    "sentence": plain(words),
                    "sentence_parts": self._parts(words, self.place, part),
                    "text": texts.get(block.public_id, ""),
                    **self._values(self.place, part),
                    "items": list(self._items(part, lines.get(block.pk, []), planned)),
                }
            )
        return found

    def _any(self, *path: str) -> bool:
        return any(self.figures.get(self.place, *path, metric) for metric in METRICS)

    def _items(
        self, block: str, activities: Iterable[Activity], planned: dict[int, int]
    ) -> Iterable[Content]:
        for activity in activities:
            part = part_of_activity(activity)
            if activity.withdrawn_at and not self._any(block, part):
                continue
            count = planned.get(activity.pk, 0)
            words = phrase(self._raw(self.place, block, part), planned=count)
            yield {
                "number": f"{activity.block.number}.{activity.number}",
                "withdrawn": bool(activity.withdrawn_at),
                "title": str(activity.title),
                "planned": count,
                "planned_text": format_number(count),
                "phrase": plain(words),
                "phrase_parts": self._parts(words, self.place, block, part),
                **self._values(self.place, block, part),
            }

    def _planned(self) -> dict[int, int]:
        rows = PlanItem.objects.filter(campaign=self.campaign, status__in=IN_THE_PLAN)
        if self.region is not None:
            rows = rows.filter(region=self.region)
        return dict(rows.order_by().values_list("activity_id").annotate(n=Count("pk")))

    def _texts_of_region(self) -> dict[str, str]:
        version = self.versions.get(self.region.pk) if self.region else None
        return version.content.get("texts", {}) if version else {}

    def _region(self, region: Region) -> Content:
        one, version = self.returns.get(region.pk), self.versions.get(region.pk)
        content = version.content if version else {}
        return {
            "iso": region.iso_code,
            "name": str(region.name),
            "has_reported": one is not None and one.status in REPORTED,
            "status": _status(one),
            "submitted_on": format_numeric(one.submitted_at.astimezone(region.zone).date())
            if one and one.status in REPORTED and one.submitted_at
            else "",
            "changed_after": self._has_changed(region, version),
            "difficulties": content.get("difficulties", ""),
            "proposals": content.get("proposals", ""),
            **self._values(region.iso_code),
        }

    def _has_changed(self, region: Region, version: ReturnVersion | None) -> bool:
        if version is None:
            return False
        return bool(
            changes(Figures.from_json(version.figures), only(self.figures, region.iso_code))
        )

    def _matrix(self, blocks: list[Content]) -> list[Content]:
        """Events and children by region and block."""
        return [
            {
                "name": str(region.name),
                "iso": region.iso_code,
                "cells": [
                    {
                        metric.value: self._figure(metric, region.iso_code, f"b{block['number']}")
                        for metric in (Metric.EVENTS, Metric.CHILDREN)
                    }
                    for block in blocks
                    if not block["withdrawn"]
                ],
            }
            for region in self.regions
        ]

    def _districts(self, region: Region) -> list[Content]:
        """Figures by district, in the order of the alphabet; last what names none, if there is any."""
        planned = dict(
            PlanItem.objects.filter(campaign=self.campaign, region=region, status__in=IN_THE_PLAN)
            .order_by()
            .values_list("district_id")
            .annotate(n=Count("pk"))
        )
        places: list[tuple[int | None, str]] = [
            (one.pk, str(one.name)) for one in region.districts.order_by("sort_key", "pk")
        ]
        if not places:
            return []
        undivided = part_of_district(None)
        if planned.get(None) or any(self.figures.get(self.place, undivided, m) for m in METRICS):
            places.append((None, _("no district is named")))
        return [
            {
                "name": name,
                "is_none": pk is None,
                "planned": planned.get(pk, 0),
                "planned_text": format_number(planned.get(pk, 0)),
                **self._values(self.place, part_of_district(pk)),
            }
            for pk, name in places
        ]

    def _media(self) -> list[Content]:
        """Media items by region: those of the rows of the plan, then those of the return."""
        found = []
        for region in self.regions:
            items = [
                {
                    "outlet": m.outlet,
                    "title": m.title or m.url,
                    "url": m.url,
                    "published_on": format_numeric(m.published_on) if m.published_on else "",
                }
                for m in MediaMention.objects.filter(
                    plan_item__campaign=self.campaign,
                    plan_item__region=region,
                    plan_item__status=PlanStatus.HELD,
                ).order_by("published_on", "pk")[:MEDIA_PER_REGION]
            ]
            version = self.versions.get(region.pk)
            items += [
                {
                    "outlet": m["outlet"],
                    "title": m["title"] or m["url"],
                    "url": m["url"],
                    "published_on": format_numeric(datetime.fromisoformat(m["published_on"]).date())
                    if m["published_on"]
                    else "",
                }
                for m in (version.content.get("media", []) if version else [])
            ]
            if items:
                found.append({"iso": region.iso_code, "name": str(region.name), "items": items})
        return found


def _status(one: RegionalReturn | None) -> str:
    if one is None:
        return _("not begun")
    return {
        ReturnStatus.DRAFT: _("begun, not submitted"),
        ReturnStatus.SUBMITTED: _("submitted, not yet accepted"),
        ReturnStatus.ACCEPTED: _("accepted"),
        ReturnStatus.SENT_BACK: _("sent back to be corrected"),
    }[ReturnStatus(one.status)]


def labels() -> dict[str, str]:
    """Return the headings of the tables and chapters in the active language."""
    return {
        "ministry": pgettext("report", "Campaign for International Children's Day"),
        "purpose": pgettext("report", "Purpose"),
        "period": pgettext("report", "Period"),
        "places": pgettext("report", "Place"),
        "participants": pgettext("report", "Participants"),
        "summary": pgettext("report", "In short"),
        "blocks": pgettext("report", "What was held, by block"),
        "by_region": pgettext("report", "Figures by region"),
        "by_district": pgettext("report", "Figures by district"),
        "by_block": pgettext("report", "Figures by block"),
        "by_activity": pgettext("report", "Figures by activity"),
        "matrix": pgettext("report", "Events by region and block"),
        "media": pgettext("report", "Publications in the media"),
        "more_media": pgettext("report", "and %(n)s more: they stand in the Excel report"),
        "difficulties": pgettext("report", "Difficulties named by the regions"),
        "proposals": pgettext("report", "Proposals of the regions"),
        "annex": pgettext("report", "Annex. Regions that have not reported"),
        "all_reported": pgettext("report", "All regions have reported."),
        "number": pgettext("report", "No."),
        "region": pgettext("report", "Region"),
        "district": pgettext("report", "District or city"),
        "block": pgettext("report", "Block"),
        "activity": pgettext("report", "Activity"),
        "planned": pgettext("report", "Planned"),
        "events": pgettext("report", "Events"),
        "children": pgettext("report", "Children"),
        "adults": pgettext("report", "Adults"),
        "money": pgettext("report", "Money, tenge"),
        "media_items": pgettext("report", "Media items"),
        "return_status": pgettext("report", "Return"),
        "submitted_on": pgettext("report", "Submitted on"),
        "changed_after": pgettext("report", "results changed after the return"),
        "total": pgettext("report", "Total"),
        "outlet": pgettext("report", "Media outlet"),
        "headline": pgettext("report", "Headline"),
        "link": pgettext("report", "Link"),
        "date": pgettext("report", "Date"),
        "goal": pgettext("report", "Goal"),
        "provenance": _(
            "Every figure is worked out from the records of the system and leads to them. "
            "State of the records: %(day)s, %(time)s. Fingerprint of the figures (SHA-256): %(sum)s"
        ),
        "signature": pgettext("report", "Position, signature, name"),
    }

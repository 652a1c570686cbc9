"""Sanitary rules: which zone a region is in on a day, and how many people a venue may hold then.

All rules are read at once (three queries, a few hundred rows) into a `RuleBook`, which then answers
for any number of rows of a plan without the database.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext, ngettext

from bala.kernel.dates import format_date, format_number
from bala.kernel.translated import LANGUAGES
from bala.territory.enums import VenueKind, Zone
from bala.territory.models import Region, RegionZone, SanitaryLimit, ZoneDecree

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decree:
    """The zones from a day on; a region that is not named is green."""

    effective_on: date
    number: str
    zones: Mapping[int, Zone]  # by the region's id


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit as it stands in a decree: for a kind of venue, in a zone or in all, here or everywhere."""

    id: int
    region_id: int | None
    zone: Zone | None
    venue_kind: str
    percent: int | None
    people: int | None
    area_per_person: Decimal | None
    decree_number: str
    valid_from: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day; both ends count."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def people_in(self, capacity: int | None, area: Decimal | None) -> int | None:
        """The most people the rule lets in; None where it needs a number that is not known."""
        counts = [] if self.people is None else [self.people]
        if self.percent is not None and capacity is not None:
            counts.append(capacity * self.percent // 100)
        if self.area_per_person and area is not None:
            counts.append(math.floor(area / self.area_per_person))
        return min(counts, default=None)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many people may come to a venue on a day, and why."""

    day: date
    zone: Zone
    venue_kind: str
    people: int | None  # None: not known without the seats or the area
    percent: int | None
    area_per_person: Decimal | None
    needs_capacity: bool
    needs_area: bool
    rule_ids: tuple[int, ...]
    decree_number: str
    zone_since: date | None

    def fits(self, people: int) -> bool:
        """Whether so many people may come; what is not known forbids nothing."""
        return self.people is None or people <= self.people

    @property
    def explanation(self) -> str:
        """The limit in words, in the active language."""
        zone = gettext("%(zone)s on %(date)s") % {
            "zone": self.zone.label,
            "date": format_date(self.day),
        }
        words = [f"{zone[:1].upper()}{zone[1:]}", str(VenueKind(self.venue_kind).label)]
        if self.percent is not None:
            words.append(gettext("at most %(percent)s%% of the seats") % {"percent": self.percent})
        if self.area_per_person is not None:
            square = self.area_per_person.normalize()
            words.append(
                gettext("at least %(area)s m² for each person")
                % {
                    "area": format_number(
                        square, places=-int(square.as_tuple().exponent) if square % 1 else 0
                    )
                }
            )
        if self.people is not None:
            words.append(
                ngettext("at most %(people)s person", "at most %(people)s people", self.people)
                % {"people": format_number(self.people)}
            )
        if self.needs_capacity:
            words.append(gettext("enter the seats of the venue to see the number"))
        if self.needs_area:
            words.append(gettext("enter the area of the venue to see the number"))
        if self.decree_number:
            words.append(gettext("decree %(number)s") % {"number": self.decree_number})
        return " · ".join(words)

    def explanations(self) -> dict[str, str]:
        """The limit in words, by language code."""
        texts = {}
        for language in LANGUAGES:
            with translation.override(language):
                texts[language] = self.explanation
        return texts


@dataclass(frozen=True, slots=True)
class Segment:
    """A rule where and when it holds: what the database compares rows of plans with."""

    region_id: int
    venue_kind: str
    first: date
    last: date
    zone: Zone
    percent: int | None
    people: int | None
    area_per_person: Decimal | None


@dataclass(frozen=True)
class RuleBook:
    """Every decree (by day) and every limit, ready to be asked."""

    decrees: tuple[Decree, ...]
    rules: tuple[Rule, ...]

    def decree_on(self, day: date) -> Decree | None:
        """The decree in force on a day: the last that took effect; None before the first."""
        place = bisect_right([decree.effective_on for decree in self.decrees], day)
        return self.decrees[place - 1] if place else None

    def zone_of(self, region_id: int, day: date) -> Zone:
        """The zone of a region on a day; green where the decree in force does not name it."""
        decree = self.decree_on(day)
        return decree.zones.get(region_id, Zone.GREEN) if decree else Zone.GREEN

    def rules_for(self, region_id: int, day: date, venue_kind: str) -> tuple[Rule, ...]:
        """The rules that bind a kind of venue in a region on a day.

        A rule of the region takes the place of the country's for the same zone; of several for the
        same the last to take effect holds. What holds for every zone holds beside those of one.
        """
        zone = self.zone_of(region_id, day)
        found: dict[Zone | None, list[Rule]] = {}
        for rule in self.rules:
            if (
                rule.venue_kind == venue_kind
                and rule.zone in (None, zone)
                and rule.region_id in (None, region_id)
                and rule.holds_on(day)
            ):
                found.setdefault(rule.zone, []).append(rule)
        binding: list[Rule] = []
        for rules in found.values():
            own = [rule for rule in rules if rule.region_id is not None] or rules
            newest = max(rule.valid_from for rule in own)
            binding += [rule for rule in own if rule.valid_from == newest]
        return tuple(sorted(binding, key=lambda rule: rule.id))

    def limit_for(
        self,
        *,
        region_id: int,
        day: date,
        venue_kind: str,
        capacity: int | None = None,
        area: Decimal | None = None,
    ) -> Limit | None:
        """The limit of a venue on a day, the strictest of all that bind it; None: nothing does.

        `capacity` is the number of seats, `area` is in square metres.
        """
        rules = self.rules_for(region_id, day, venue_kind)
        if not rules:
            return None
        decree = self.decree_on(day)
        counts = [n for rule in rules if (n := rule.people_in(capacity, area)) is not None]
        percents = [rule.percent for rule in rules if rule.percent is not None]
        areas = [rule.area_per_person for rule in rules if rule.area_per_person]
        numbers = dict.fromkeys(rule.decree_number for rule in rules if rule.decree_number)
        return Limit(
            day=day,
            zone=self.zone_of(region_id, day),
            venue_kind=venue_kind,
            people=min(counts, default=None),
            percent=min(percents, default=None),
            area_per_person=max(areas, default=None),
            needs_capacity=bool(percents) and capacity is None,
            needs_area=bool(areas) and area is None,
            rule_ids=tuple(rule.id for rule in rules),
            decree_number=", ".join(numbers),
            zone_since=decree.effective_on if decree else None,
        )

    def turning_days(self, first: date, last: date) -> list[date]:
        """The days from `first` to `last` on which something may be other than the day before."""
        days = {first}
        days.update(decree.effective_on for decree in self.decrees)
        for rule in self.rules:
            days.add(rule.valid_from)
            if rule.valid_until is not None:
                days.add(rule.valid_until + ONE_DAY)
        return sorted(day for day in days if first <= day <= last)

    def strictest(
        self,
        days: Iterable[date],
        *,
        region_id: int,
        venue_kind: str,
        capacity: int | None = None,
        area: Decimal | None = None,
    ) -> Limit | None:
        """The strictest limit of a venue over several days; an unknown number counts as the mildest."""
        limits = [
            limit
            for day in days
            if (
                limit := self.limit_for(
                    region_id=region_id,
                    day=day,
                    venue_kind=venue_kind,
                    capacity=capacity,
                    area=area,
                )
            )
        ]
        return min(
            limits,
            key=lambda limit: (
                math.inf if limit.people is None else limit.people,
                limit.percent if limit.percent is not None else 100,
                limit.day,
            ),
            default=None,
        )

    def segments(self, region_ids: Iterable[int], first: date, last: date) -> Iterator[Segment]:
        """Every rule of the given regions between two days, cut where something changes."""
        starts = self.turning_days(first, last)
        ends = [start - ONE_DAY for start in starts[1:]] + [last]
        kinds = sorted({rule.venue_kind for rule in self.rules})
        for region_id in region_ids:
            for start, end in zip(starts, ends, strict=True):
                zone = self.zone_of(region_id, start)
                for kind in kinds:
                    for rule in self.rules_for(region_id, start, kind):
                        yield Segment(
                            region_id,
                            kind,
                            start,
                            end,
                            zone,
                            rule.percent,
                            rule.people,
                            rule.area_per_person,
                        )


def rule_book() -> RuleBook:
    """Read every decree and limit; three queries."""
    zones: dict[int, dict[int, Zone]] = {}
    for decree_id, region_id, zone in RegionZone.objects.values_list(
        "decree_id", "region_id", "zone"
    ).order_by("pk"):
        zones.setdefault(decree_id, {})[region_id] = Zone(zone)
    decrees = tuple(
        Decree(decree.effective_on, decree.number, zones.get(decree.pk, {}))
        for decree in ZoneDecree.objects.order_by("effective_on")
    )
    rules = tuple(
        Rule(
            id=limit.pk,
            region_id=limit.region_id,
            zone=Zone(limit.zone) if limit.zone else None,
            venue_kind=limit.venue_kind,
            percent=limit.max_occupancy_percent,
            people=limit.max_people,
            area_per_person=limit.min_m2_per_person,
            decree_number=limit.decree_number,
            valid_from=limit.valid_from,
            valid_until=limit.valid_until,
        )
        for limit in SanitaryLimit.objects.order_by("pk")
    )
    return RuleBook(decrees, rules)


def zone_of(region: Region, day: date) -> Zone:
    """Return the zone of a region on a day."""
    return rule_book().zone_of(region.pk, day)


def zones_on(day: date) -> dict[int, Zone]:
    """Return the zone on a day of every region that there is in its year, by the region's id."""
    from bala.territory.queries import regions_of_year

    book = rule_book()
    return {region.pk: book.zone_of(region.pk, day) for region in regions_of_year(day.year)}


def limit_for(
    region: Region,
    day: date,
    venue_kind: str,
    capacity: int | None = None,
    area: Decimal | None = None,
) -> Limit | None:
    """Return the limit of a venue in a region on a day; None where no rule binds it."""
    return rule_book().limit_for(
        region_id=region.pk, day=day, venue_kind=venue_kind, capacity=capacity, area=area
    )


def limits_in_order() -> list[SanitaryLimit]:
    """Return every limit by kind of venue, then zone."""
    return list(
        SanitaryLimit.objects.select_related("region").order_by(
            "venue_kind", "zone", "valid_from", "pk"
        )
    )

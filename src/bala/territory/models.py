"""The country as a campaign needs it: regions by year, districts, organisations, sanitary rules.

Where people edit, a trigger keeps each row as it was before a change: what two people at the same row
have seen (kernel.revisions), and who decided what when.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.kernel.search import SearchText
from bala.kernel.translated import LANGUAGES, TranslatedText, pick
from bala.territory.enums import (
    DistrictKind,
    ListSubject,
    OrganisationKind,
    RegionKind,
    VenueKind,
    Zone,
)

DISTRICT_CODE: Final = re.compile(r"[\w.-]{1,12}")

_named_on: ContextVar[date | None] = ContextVar("named_on", default=None)


def name_regions_as_on(day: date) -> None:
    """Call regions as they were called on `day` until the request is answered.

    The doors say it with the first day of the campaign that they let in to (docs/adr/0012), so that
    every text about a campaign names its regions alike, without a query for any row.
    """
    _named_on.set(day)


@contextmanager
def regions_named_on(day: date | None) -> Iterator[None]:
    """Call regions as on `day` (None: as today) while the block runs, for jobs and commands."""
    token = _named_on.set(day)
    try:
        yield
    finally:
        _named_on.reset(token)


class RegionText(TranslatedText):
    """A name of a region: as on the day that the work is about, else as today."""

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        name = name_in_force(instance)
        if name is None:
            return super().__get__(instance, owner)
        return pick({code: getattr(name, f"{self.name}_{code}") for code in LANGUAGES})


class Region(models.Model):
    """A region or a city of republican significance (ISO 3166-2:KZ); 17 until 2021, 20 since 2022."""

    iso_code = models.CharField(max_length=5, unique=True)  # KZ-75
    code_2021 = models.CharField(max_length=3, blank=True)  # ALA, the letters used until 2022
    kato_prefix = models.CharField(max_length=2, unique=True)
    name_kk = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    short_name_kk = models.CharField(max_length=60)
    short_name_ru = models.CharField(max_length=60)
    short_name_en = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=255)  # kernel.sorting of the Kazakh name
    kind = models.CharField(max_length=10, choices=RegionKind)
    iana_zone = models.CharField(max_length=40)
    exists_from = models.PositiveSmallIntegerField(null=True, blank=True)  # the first year
    parent_until_2022 = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts_since_2022"
    )
    # Where the region stands in the picture of the country as squares, from 1; two pictures,
    # because the three regions of 2022 need room.
    tile_row_2021 = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_column_2021 = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row_2022 = models.PositiveSmallIntegerField(default=1)
    tile_column_2022 = models.PositiveSmallIntegerField(default=1)

    name = RegionText()
    short_name = RegionText()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def zone(self) -> ZoneInfo:
        """The region's time zone."""
        return ZoneInfo(self.iana_zone)

    @property
    def sorting(self) -> str:
        """The key by which the name of the day sorts among others."""
        name = name_in_force(self)
        return self.sort_key if name is None else name.sort_key

    def names_on(self, day: date) -> dict[str, str]:
        """Return the full name on a day by language code: kk, ru, en."""
        held: Any = name_in_force(self, day) or self
        return {code: getattr(held, f"name_{code}") for code in LANGUAGES}

    @property
    def all_names(self) -> list[str]:
        """Every full and short name in every language, of the past too, for lists and searches."""
        ever: list[Any] = [self, *later_names().get(self.iso_code, ())]
        both = ("name", "short_name")
        return [getattr(one, f"{n}_{c}") for one in ever for n in both for c in LANGUAGES]


class RegionName(models.Model):
    """What a region is called from a day on; until its first, Region's own columns hold."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="names")
    valid_from = models.DateField()
    name_kk = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    short_name_kk = models.CharField(max_length=60)
    short_name_ru = models.CharField(max_length=60)
    short_name_en = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=255)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="one_region_name_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.name_ru}"


@cache
def later_names() -> dict[str, list[RegionName]]:
    """Return the later names by the region's code, oldest first.

    A process reads these few rows once; `load_territory` reads them anew.
    """
    found: dict[str, list[RegionName]] = {}
    for name in RegionName.objects.select_related("region").order_by("valid_from"):
        found.setdefault(name.region.iso_code, []).append(name)
    return found


def name_in_force(region: Region, on: date | None = None) -> RegionName | None:
    """Return the later name that holds on a day (None: that at work); None: the region's own do."""
    names = later_names().get(region.iso_code)
    if not names:
        return None
    day = on or _named_on.get() or clock.today()
    return next((name for name in reversed(names) if name.valid_from <= day), None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class District(models.Model):
    """A district or a city below a region."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="districts")
    code = models.CharField(max_length=12, unique=True)  # KATO or our own, stable
    kind = models.CharField(max_length=15, choices=DistrictKind, default=DistrictKind.DISTRICT)
    name_kk = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=255)
    # A district that was merged away stays with what was planned and held there.
    is_active = models.BooleanField(default=True, db_default=True)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    name = TranslatedText()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("district")
        verbose_name_plural = _("districts")

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Organisation(models.Model):
    """A school, museum, state body… that holds activities or helps to."""

    public_id = PublicIdField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    kind = models.CharField(_("kind"), max_length=15, choices=OrganisationKind)
    # What the list's owner calls the row (BIN, code of the education register); unique in a region.
    external_code = models.CharField(_("code"), max_length=40, blank=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=300, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    sort_key = models.CharField(max_length=700)
    address = models.CharField(_("address"), max_length=300, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail of the organisation"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    name = TranslatedText()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["region", "sort_key", "id"]),
            GinIndex(SearchText("name_kk", "name_ru", "name_en"), name="organisation_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "external_code"],
                condition=~Q(external_code=""),
                name="organisation_code_once_in_region",
            ),
            models.CheckConstraint(
                condition=~Q(name_kk="", name_ru="", name_en=""), name="organisation_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListImport(models.Model):
    """A list that somebody brought, kept between its preview and its confirmation."""

    public_id = PublicIdField()
    subject = models.CharField(max_length=15, choices=ListSubject)
    filename = models.CharField(max_length=255)
    rows = models.JSONField()  # the cells as text, the head first
    owner = models.CharField(max_length=16)  # public id of the account; accounts stand higher
    made_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.filename


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ZoneDecree(models.Model):
    """From this day on the zones are these; a region that is not named is green."""

    effective_on = models.DateField(unique=True)
    number = models.CharField(max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["effective_on"]
        verbose_name = _("decree on sanitary zones")
        verbose_name_plural = _("decrees on sanitary zones")

    def __str__(self) -> str:
        return f"{self.effective_on} {self.number}".strip()


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class RegionZone(models.Model):
    """The zone that a decree gives a region."""

    decree = models.ForeignKey(ZoneDecree, models.CASCADE, related_name="zones")
    region = models.ForeignKey(Region, models.PROTECT, related_name="zones")
    zone = models.CharField(max_length=6, choices=Zone)
    # The decree's revision that wrote it; with the history it tells the zones of any revision.
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decree", "region"], name="one_zone_per_decree")
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.zone}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class SanitaryLimit(models.Model):
    """How many people a venue may hold in a zone: data, because decrees and regions differ."""

    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True)  # null: everywhere
    zone = models.CharField(max_length=6, choices=Zone, blank=True)  # empty: in every zone
    venue_kind = models.CharField(max_length=20, choices=VenueKind)
    max_occupancy_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    max_people = models.PositiveIntegerField(null=True, blank=True)
    min_m2_per_person = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    decree_number = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(max_occupancy_percent__isnull=True)
                | Q(max_occupancy_percent__range=(0, 100)),
                name="limit_percent_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="limit_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone or '*'} {self.venue_kind}"


class Helpline(models.Model):
    """A number or chat where a child finds help: on every page, and data, since numbers change."""

    label_kk = models.CharField(max_length=120)
    label_ru = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    number = models.CharField(max_length=40, blank=True)  # what is shown and dialled
    url = models.CharField(max_length=200, blank=True)  # tel:111, https://t.me/…
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True)  # null: everywhere
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    label = TranslatedText()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.label}".strip()

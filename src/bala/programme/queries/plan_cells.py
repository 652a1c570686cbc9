"""What a typed cell of a plan means: the same for the table, the form, a paste and an import."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.db.models import CharField
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bala.concept.dates import NoSuchDay, PeriodReversed, parse_period
from bala.concept.enums import Format
from bala.concept.wording import fold, is_kazakh, tidy
from bala.kernel.dates import format_numeric
from bala.kernel.errors import PersonError
from bala.programme.models import Activity, Campaign, PlanItem
from bala.programme.queries.activity_matching import ActivityIndex
from bala.territory.models import District, Organisation, Region

# The columns of a plan, in the order of the table.
LABELS: dict[str, StrOrPromise] = {
    "activity": _("Activity"),
    "title": _("Title"),
    "organisation": _("Organisation"),
    "district": _("District"),
    "responsible": _("Responsible"),
    "dates": _("Dates"),
    "time": _("Time"),
    "place": _("Place"),
    "format": _("Format"),
    "children": _("Children expected"),
    "adults": _("Adults expected"),
    "funding": _("Source of funding"),
    "tenge": _("Funding, tenge"),
    "completion": _("Form of completion"),
}
# Why a cell cannot be taken; kept by code, because a preview is read in another language too.
FAULTS: dict[str, StrOrPromise] = {
    "empty": _("This must be filled in."),
    "too_long": _("Longer than %(limit)s characters."),
    "no_activity": _("The concept has no activity “%(text)s”."),
    "unsure_activity": _("It is not certain which activity is meant: choose one."),
    "no_district": _("This region has no district “%(text)s”."),
    "no_organisation": _("This region has no organisation “%(text)s”."),
    "many_organisations": _("More than one organisation is called “%(text)s”: write its code."),
    "no_region": _("There is no region “%(text)s”."),
    "other_region": _("The row is of another region: “%(text)s”."),
    "not_dates": _("“%(text)s” is not a date. Write 29.05.2021, 1-15 июня or Май-июнь 2021 года."),
    "no_such_day": _("The calendar has no such day: “%(text)s”."),
    "ends_before_start": _("It ends before it starts: “%(text)s”."),
    "far_year": _("%(text)s is far from the time of the campaign."),
    "not_time": _("“%(text)s” is not a time. Write 15:00 or 15:00-17:30."),
    "not_number": _("“%(text)s” is not a whole number."),
    "negative": _("A number below zero: %(text)s."),
    "too_many": _("The number is too large: %(text)s."),
    "not_money": _("“%(text)s” is not an amount of tenge."),
    "not_format": _("“%(text)s” is not a format. Write online, on site or hybrid."),
    "formula": _("Cell %(cell)s holds a formula without a value: put the value in its place."),
}
# Columns in which a table says the same in many rows.
OFTEN_REPEATED = frozenset(
    ("dates", "time", "format", "district", "organisation", "children", "adults", "funding")
)
MOST_PEOPLE = 10_000_000
MOST_TENGE = Decimal("999999999999.99")
_TIME = re.compile(r"^(\d{1,2})[:.](\d{2})(?:\s*[-\u2010-\u2015]\s*(\d{1,2})[:.](\d{2}))?$")
_FORMATS = {
    Format.ONLINE: "online онлайн он-лайн дистанционно қашықтан удаленно вкс zoom",
    Format.ON_SITE: "on_site on-site offline офлайн оффлайн очно очный орнында бетпе-бет дәстүрлі",
    Format.HYBRID: "hybrid гибрид гибридный аралас смешанный комбинированный",
}
_FORMAT_WORDS = {word: kind for kind, words in _FORMATS.items() for word in words.split()} | {
    "on site": Format.ON_SITE,
    "на месте": Format.ON_SITE,
    "өтетін орнында": Format.ON_SITE,
}


class CellFault(PersonError):
    """A cell that cannot be taken as it is; `code` and `params` say why in any language."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(explain(code, params))


def explain(code: str, params: dict[str, str]) -> str:
    """Say a fault in the active language."""
    return str(FAULTS[code]) % params


@dataclass
class PlanWords:
    """What names can stand in a region's plan; each kind is read from the database when needed."""

    campaign: Campaign
    region: Region
    _known: dict[tuple[str, str], "dict[str, Any] | CellFault"] = field(default_factory=dict)

    def read(self, column: str, text: str) -> dict[str, Any]:
        """Read a cell like `read_cell`; what many rows of a table repeat is worked out once."""
        if column not in OFTEN_REPEATED:
            return read_cell(self, column, text)
        key = (column, text)
        if key not in self._known:
            try:
                self._known[key] = read_cell(self, column, text)
            except CellFault as fault:
                self._known[key] = fault
        known = self._known[key]
        if isinstance(known, CellFault):
            raise known
        return known

    @cached_property
    def activities(self) -> list[Activity]:
        """The activities of the campaign in their order, with their blocks."""
        found = Activity.objects.filter(campaign=self.campaign, withdrawn_at__isnull=True)
        return list(found.select_related("block").order_by("block__number", "number"))

    @cached_property
    def index(self) -> ActivityIndex:
        """The activities by what people write."""
        return ActivityIndex(self.activities)

    @cached_property
    def districts(self) -> list[District]:
        """The districts of the region."""
        return list(District.objects.filter(region=self.region).order_by("sort_key"))

    @cached_property
    def organisations(self) -> dict[str, set[int]]:
        """Ids of the region's organisations by folded name, code and public id."""
        found: dict[str, set[int]] = {}
        rows = Organisation.objects.filter(region=self.region, is_active=True).values_list(
            "pk", "name_kk", "name_ru", "name_en", "external_code", "public_id"
        )
        for pk, *names in rows.order_by("pk"):
            for name in names:
                if name:
                    found.setdefault(_name(name), set()).add(pk)
        return found

    @cached_property
    def regions(self) -> dict[str, int]:
        """Ids of all regions by folded name and code."""
        found: dict[str, int] = {}
        for one in Region.objects.order_by("pk"):
            for name in (*one.all_names, one.iso_code, one.code_2021):
                if name:
                    found[_name(name)] = one.pk
        return found


def read_cell(words: PlanWords, column: str, text: str) -> dict[str, Any]:
    """Return the fields of PlanItem that a cell sets, from what is typed in it.

    Raises CellFault.
    """
    return _READERS[column](words, tidy(text))


_LIMITS = {
    one.name: one.max_length
    for one in PlanItem._meta.get_fields()  # noqa: SLF001 - Django's own way to ask
    if isinstance(one, CharField)
}


def _name(text: str) -> str:
    return fold(text).strip(" .,;\"«»“”'")


def _limited(text: str, field: str) -> str:
    limit = _LIMITS[field]
    if limit is not None and len(text) > limit:
        raise CellFault("too_long", limit=str(limit))
    return text


def _text(field: str) -> Callable[[PlanWords, str], dict[str, Any]]:
    def read(_words: PlanWords, text: str) -> dict[str, Any]:
        return {field: _limited(text, field)}

    return read


def _activity(words: PlanWords, text: str) -> dict[str, Any]:
    if not text:
        raise CellFault("empty")
    match = words.index.find(text)
    if match is None:
        raise CellFault("no_activity", text=text[:80])
    if not match.is_sure:
        raise CellFault("unsure_activity")
    return {"activity": match.activity}


def _title(_words: PlanWords, text: str) -> dict[str, Any]:
    field = "title_kk" if is_kazakh(text) else "title_ru"
    return {field: _limited(text, field)}


def _district(words: PlanWords, text: str) -> dict[str, Any]:
    if not text:
        return {"district": None}
    wanted = _name(text)
    for one in words.districts:
        if wanted in {_name(one.code), _name(one.name_kk), _name(one.name_ru), _name(one.name_en)}:
            return {"district": one}
    raise CellFault("no_district", text=text[:80])


def _organisation(words: PlanWords, text: str) -> dict[str, Any]:
    if not text:
        return {"organisation_id": None}
    found = words.organisations.get(_name(text), set())
    if not found:
        raise CellFault("no_organisation", text=text[:80])
    if len(found) > 1:
        raise CellFault("many_organisations", text=text[:80])
    return {"organisation_id": next(iter(found))}


def _dates(words: PlanWords, text: str) -> dict[str, Any]:
    if not text:
        raise CellFault("empty")
    _limited(text, "dates_text")
    campaign = words.campaign
    try:
        period = parse_period(text, default_year=campaign.starts_on.year)
    except PeriodReversed:
        raise CellFault("ends_before_start", text=text) from None
    except NoSuchDay:
        raise CellFault("no_such_day", text=text) from None
    if period is None:
        raise CellFault("not_dates", text=text)
    starts_on = period.starts_on or campaign.starts_on
    ends_on = period.ends_on or max(campaign.ends_on, starts_on)
    if ends_on < starts_on:
        raise CellFault("ends_before_start", text=text)
    for day in (starts_on, ends_on):
        if not campaign.starts_on.year - 1 <= day.year <= campaign.ends_on.year + 1:
            raise CellFault("far_year", text=format_numeric(day))
    return {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "days": list(period.days),
        "dates_text": text,
    }


def _time(_words: PlanWords, text: str) -> dict[str, Any]:
    if not text:
        return {"starts_at": None, "ends_at": None}
    found = _TIME.match(text)
    if found is None:
        raise CellFault("not_time", text=text[:40])
    try:
        starts_at = time(int(found[1]), int(found[2]))
        ends_at = time(int(found[3]), int(found[4])) if found[3] else None
    except ValueError:
        raise CellFault("not_time", text=text[:40]) from None
    if ends_at is not None and ends_at < starts_at:
        raise CellFault("ends_before_start", text=text)
    return {"starts_at": starts_at, "ends_at": ends_at}


def _format(_words: PlanWords, text: str) -> dict[str, Any]:
    if not text:
        return {"format": Format.ON_SITE}
    wanted = fold(text)
    if wanted in _FORMAT_WORDS:
        return {"format": _FORMAT_WORDS[wanted]}
    for kind in Format:
        if wanted == fold(str(kind.label)):
            return {"format": kind}
    raise CellFault("not_format", text=text[:40])


def _people(field: str) -> Callable[[PlanWords, str], dict[str, Any]]:
    def read(_words: PlanWords, text: str) -> dict[str, Any]:
        if not text:
            return {field: 0}
        try:
            number = int(text.replace(" ", ""))
        except ValueError:
            raise CellFault("not_number", text=text[:40]) from None
        if number < 0:
            raise CellFault("negative", text=text[:40])
        if number > MOST_PEOPLE:
            raise CellFault("too_many", text=text[:40])
        return {field: number}

    return read


def _tenge(_words: PlanWords, text: str) -> dict[str, Any]:
    times = 1
    for pattern, many in ((r"(?:тыс|мың)\w*\.?", 1000), (r"(?:млн|миллион)\w*\.?", 1_000_000)):
        text, found = re.subn(pattern, "", text, flags=re.IGNORECASE)
        times *= many if found else 1
    bare = re.sub(r"(?:тенге|теңге|тг\.?|₸|kzt|\s)", "", text, flags=re.IGNORECASE)
    if not bare:
        return {"funding_tenge": None}
    try:
        amount = Decimal(bare.replace(",", ".")) * times
    except InvalidOperation:
        raise CellFault("not_money", text=text[:40]) from None
    if not amount.is_finite():
        raise CellFault("not_money", text=text[:40])
    if amount < 0:
        raise CellFault("negative", text=text[:40])
    if amount > MOST_TENGE:
        raise CellFault("too_many", text=text[:40])
    return {"funding_tenge": amount.quantize(Decimal("0.01"))}


_READERS: dict[str, Callable[[PlanWords, str], dict[str, Any]]] = {
    "activity": _activity,
    "title": _title,
    "organisation": _organisation,
    "district": _district,
    "responsible": _text("responsible"),
    "dates": _dates,
    "time": _time,
    "place": _text("place"),
    "format": _format,
    "children": _people("expected_children"),
    "adults": _people("expected_adults"),
    "funding": _text("funding"),
    "tenge": _tenge,
    "completion": _text("completion_form"),
}


def typed(item: PlanItem, column: str) -> str:
    """Return a cell of a row as a person would type it, so that it reads back as the same."""
    values: dict[str, Callable[[], object]] = {
        "activity": lambda: f"{item.activity.block.number}.{item.activity.number}",
        "title": lambda: item.title,
        "organisation": lambda: item.organisation.name if item.organisation else "",
        "district": lambda: item.district.name if item.district else "",
        "responsible": lambda: item.responsible,
        "dates": lambda: item.dates_text or dates_as_typed(item.starts_on, item.ends_on, item.days),
        "time": lambda: time_as_typed(item.starts_at, item.ends_at),
        "place": lambda: item.place,
        "format": lambda: Format(item.format).label,
        "children": lambda: item.expected_children or "",
        "adults": lambda: item.expected_adults or "",
        "funding": lambda: item.funding,
        "tenge": lambda: "" if item.funding_tenge is None else f"{item.funding_tenge:f}",
        "completion": lambda: item.completion_form,
    }
    return str(values[column]())


def dates_as_typed(starts_on: date, ends_on: date, days: list[date]) -> str:
    """Return «29.05.2021», «01.06.2021-12.06.2021» or single days with commas between them."""
    if days:
        return ", ".join(format_numeric(day) for day in days)
    if starts_on == ends_on:
        return format_numeric(starts_on)
    return f"{format_numeric(starts_on)}-{format_numeric(ends_on)}"


def time_as_typed(starts_at: time | None, ends_at: time | None) -> str:
    """Return «15:00», «15:00-17:30» or an empty text."""
    if starts_at is None:
        return ""
    return f"{starts_at:%H:%M}-{ends_at:%H:%M}" if ends_at else f"{starts_at:%H:%M}"

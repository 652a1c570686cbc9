"""Figures in words, as official reports say them: noun phrases, the language's own plurals."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bala.kernel.dates import format_money, format_number
from bala.programme.enums import Metric
from bala.returns.queries.figures import COUNTRY, FigureKey, part_of_district


def shown(metric: str, value: Decimal) -> str:
    """Return a figure as it is printed: grouped, money with two decimals."""
    return format_money(value) if metric == Metric.MONEY else format_number(value)


def short(metric: str, value: Decimal) -> str:
    """Return a figure as a table prints it: without the sign of the tenge, tiyn only if there are."""
    whole = metric != Metric.MONEY or value == value.to_integral_value()
    return format_number(value, places=0 if whole else 2)


def counted(metric: str, value: Decimal) -> str:
    """Return a figure with its noun: «42 мероприятия», «3 812 бала»; the number is marked."""
    n, number = int(value), _marked(metric, value)
    if metric == Metric.EVENTS:
        return ngettext("%(n)s event", "%(n)s events", n) % {"n": number}
    if metric == Metric.CHILDREN:
        return ngettext("%(n)s child", "%(n)s children", n) % {"n": number}
    if metric == Metric.ADULTS:
        return ngettext("%(n)s adult", "%(n)s adults", n) % {"n": number}
    if metric == Metric.MEDIA:
        return ngettext("%(n)s media item", "%(n)s media items", n) % {"n": number}
    return number


# A number inside a text is marked with its metric, so that a document can make it a link:
# START metric BETWEEN number END. The marks are of Unicode's private area: no text contains them.
_START, _BETWEEN, _END = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_START}([a-z]+){_BETWEEN}([^{_END}]*){_END}")


def _marked(metric: str, value: Decimal) -> str:
    return f"{_START}{metric}{_BETWEEN}{shown(metric, value)}{_END}"


def plain(text: str) -> str:
    """Return a text without the marks of its numbers."""
    return _MARK.sub(r"\2", text)


def pieces(text: str) -> list[tuple[str, str]]:
    """Return a marked text as (words, metric) in order; metric is "" for what is no figure."""
    found: list[tuple[str, str]] = []
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            found.append((text[end : mark.start()], ""))
        found.append((mark[2], mark[1]))
        end = mark.end()
    if end < len(text):
        found.append((text[end:], ""))
    return found


def sentence(values: dict[Metric, Decimal], *, whole: bool = False) -> str:
    """Return one sentence of what was held in a block, or in the `whole` campaign, marked.

    Where nothing is recorded it says so.
    """
    if not values.get(Metric.EVENTS):
        return (
            _("No results have been recorded.")
            if whole
            else _("No results of this block have been recorded.")
        )
    n = int(values[Metric.EVENTS])
    clauses = [
        ngettext("%(n)s event was held", "%(n)s events were held", n)
        % {"n": _marked(Metric.EVENTS, values[Metric.EVENTS])}
    ]
    reached = [
        counted(metric, values[metric])
        for metric in (Metric.CHILDREN, Metric.ADULTS)
        if values.get(metric)
    ]
    if reached:
        clauses.append(_("%(people)s took part") % {"people": _(" and ").join(reached)})
    if values.get(Metric.MEDIA):
        n = int(values[Metric.MEDIA])
        clauses.append(
            ngettext("%(n)s media item was published", "%(n)s media items were published", n)
            % {"n": _marked(Metric.MEDIA, values[Metric.MEDIA])}
        )
    if values.get(Metric.MONEY):
        money = _marked(Metric.MONEY, values[Metric.MONEY])
        clauses.append(_("%(sum)s was spent") % {"sum": money})
    pattern = _("In all %(clauses)s.") if whole else _("Within the block %(clauses)s.")
    return pattern % {"clauses": ", ".join(clauses)}


def phrase(values: dict[Metric, Decimal], *, planned: int) -> str:
    """Return what was held of an activity as a noun phrase, marked.

    Tells what was never planned from what was planned and has no result.
    """
    if values.get(Metric.EVENTS):
        return ", ".join(
            counted(metric, values[metric])
            for metric in (Metric.EVENTS, Metric.CHILDREN, Metric.ADULTS, Metric.MEDIA)
            if values.get(metric)
        )
    if planned:
        return ngettext(
            "planned: %(n)s, no result recorded", "planned: %(n)s, no results recorded", planned
        ) % {"n": format_number(planned)}
    return _("not planned")


def name_of(key: str, *, places: dict[str, str]) -> str:
    """Return what a figure counts, in words: «Алматы қаласы · 1.3 · балалар».

    `places` gives the names of regions by ISO code, and of districts by ISO code and part: «KZ-75.d17».
    """
    read = FigureKey.read(key)
    if read is None:
        return key
    line = ""
    if read.activity:
        line = f"{read.block[1:]}.{read.activity[1:]}"
    elif read.block:
        line = _("block %(n)s") % {"n": read.block[1:]}
    where = _("all regions") if read.where == COUNTRY else places.get(read.where, read.where)
    if read.district is not None:
        part = f"{read.where}.{part_of_district(read.district)}"
        line = places.get(part, "") if read.district else _("no district is named")
    return " · ".join(p for p in (where, line, str(read.metric.label)) if p)

"""What was held: one entry of a person becomes the figures of the account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.dates import format_date
from bala.kernel.errors import EditConflict, Forbidden, PersonError
from bala.kernel.revisions import RowConflict, changes, version_of
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.access.campaigns import reach_of
from bala.programme.actions.moments import moment_of_writing
from bala.programme.enums import TRANSITIONS, Metric, OutcomeSource, PlanStatus
from bala.programme.models import MediaMention, Outcome, PhotoCaption, PlanItem

MOST_PEOPLE = 2_000_000  # one region once offered an online day to 188,000 children


class NotYetApproved(PersonError):
    """A result is entered for a row that stands in no approved plan."""


class BadResult(PersonError):
    """A result that cannot be true."""


@dataclass(frozen=True, slots=True)
class MediaLink:
    """Where the media told of an event."""

    url: str
    outlet: str = ""
    title: str = ""
    published_on: date | None = None


@transaction.atomic
def record_result(
    *,
    account: Account,
    item: PlanItem,
    revision: int,
    held_on: date,
    children: int,
    adults: int,
    media: Sequence[MediaLink] = (),
    captions: Sequence[str] = (),
    note: str = "",
    money: Decimal | None = None,
) -> PlanItem:
    """Write that a row of a plan was held, with its figures, as one whole; return the row.

    `money` is in tenge. A second entry corrects the first: the figures before it are superseded
    and stay. The same entry sent again changes nothing. What somebody else corrected since
    `revision` was read, and this person left as it was, stays. Raises Forbidden, NotYetApproved,
    BadResult, or RowConflict (of `held_on`, `actual_children`, `actual_adults`, `result_note`,
    `media`, `captions`, `money`) where both changed the same.
    """
    row = _locked(item)
    _check_role(account, row, frozenset({Role.ORGANISER, Role.HOST}))
    links = tuple({link.url: link for link in media}.values())
    texts = tuple(dict.fromkeys(text.strip() for text in captions if text.strip()))
    figures = _figures(children=children, adults=adults, media=len(links), money=money)
    if row.status == PlanStatus.HELD and _says_the_same(
        row, held_on=held_on, note=note, links=links, texts=texts, figures=figures
    ):
        return row
    _check_result(row, held_on, children, adults, money)
    typed = {
        "held_on": held_on,
        "actual_children": children,
        "actual_adults": adults,
        "result_note": note,
    }
    rest = {"media": set(links), "captions": set(texts), "money": money}
    merged = _merged(row, revision, typed, rest)
    for name, value in merged.items():
        setattr(row, name, value)
    held_on = merged["held_on"]
    children, adults = merged["actual_children"], merged["actual_adults"]
    figures = _figures(children=children, adults=adults, media=len(links), money=money)
    row.status = PlanStatus.HELD
    row.status_reason = ""
    row.result_by = account
    row.revision += 1
    row.updated_at = clock.now()
    row.save()
    _write_media(row, links)
    _write_captions(row, texts)
    now = moment_of_writing(row.campaign_id)
    _supersede(row, now)
    _write_outcomes(row, account, held_on, figures, now)
    return row


@transaction.atomic
def take_back_result(*, account: Account, item: PlanItem, revision: int) -> PlanItem:
    """Take back a result that was entered by mistake; the row waits to be held again.

    Its figures are superseded, not deleted. Only the organiser of the region may; raises Forbidden,
    BadResult or EditConflict. Doing it twice does it once.
    """
    row = _locked(item)
    _check_role(account, row, TRANSITIONS[PlanStatus.HELD][PlanStatus.APPROVED])
    if row.status == PlanStatus.APPROVED and row.held_on is None and row.revision == revision + 1:
        return row
    if row.status != PlanStatus.HELD:
        raise BadResult(_("No result has been entered for this row."))
    if row.revision != revision:
        raise EditConflict(
            _("Somebody changed this row while you were writing. Look at it again, then save.")
        )
    row.status = PlanStatus.APPROVED
    row.held_on = row.actual_children = row.actual_adults = None
    row.result_note = ""
    row.result_by = None
    row.revision += 1
    row.updated_at = clock.now()
    row.save()
    row.media_mentions.all().delete()
    row.photo_captions.all().delete()
    _supersede(row, moment_of_writing(row.campaign_id))
    return row


def _locked(item: PlanItem) -> PlanItem:
    """Read the row again and hold it until the transaction ends: entries queue up behind it."""
    return (
        PlanItem.objects.select_for_update(of=("self",))
        .select_related("campaign", "region", "activity")
        .get(pk=item.pk)
    )


def _merged(
    row: PlanItem, revision: int, typed: dict[str, Any], rest: dict[str, Any]
) -> dict[str, Any]:
    """Return the result as it is to stand; raises RowConflict.

    `rest` are the values beside the row: they have no history, so that whatever stands there and
    says something else than the person is shown.
    """
    if row.revision == revision:
        return typed
    seen = version_of(row, revision)
    if row.status != PlanStatus.HELD:
        if seen is None or seen.status == PlanStatus.HELD:  # somebody took the result back
            raise RowConflict(row, ("actual_children", "actual_adults"), typed)
        return typed
    clash: list[str] = []
    fresh: dict[str, Any] = {}
    try:
        fresh = changes(row, revision=revision, values=typed)
    except RowConflict as conflict:
        clash += conflict.fields
    stand = {
        "media": _media_of(row),
        "captions": set(row.photo_captions.values_list("text", flat=True)),
        "money": row.outcomes.filter(metric=Metric.MONEY, superseded_at__isnull=True)
        .values_list("value", flat=True)
        .first(),
    }
    clash += [name for name, value in stand.items() if value and value != rest[name]]
    if clash:
        raise RowConflict(row, clash, typed | rest)
    return {name: fresh.get(name, getattr(row, name)) for name in typed}


def _media_of(row: PlanItem) -> set[MediaLink]:
    stood = row.media_mentions.values_list("url", "outlet", "title", "published_on")
    return {MediaLink(*values) for values in stood}


def _check_role(account: Account, row: PlanItem, allowed: frozenset[Role] | frozenset[str]) -> None:
    if not reach_of(account, row.campaign).roles_on(row) & allowed:
        raise Forbidden(_("You may not enter a result for this row."))


def _check_result(
    row: PlanItem, held_on: date, children: int, adults: int, money: Decimal | None
) -> None:
    if row.status != PlanStatus.HELD and PlanStatus.HELD not in TRANSITIONS[PlanStatus(row.status)]:
        raise NotYetApproved(
            _("A result can be entered once the row is approved. Now it is: %(status)s.")
            % {"status": PlanStatus(row.status).label}
        )
    if held_on > clock.today(row.region.zone):
        raise BadResult(_("The day it was held lies in the future."))
    if held_on < row.campaign.starts_on:
        raise BadResult(
            _("The campaign began on %(date)s; the day it was held lies before.")
            % {"date": format_date(row.campaign.starts_on)}
        )
    if not (0 <= children <= MOST_PEOPLE and 0 <= adults <= MOST_PEOPLE):
        raise BadResult(_("The number of people cannot be right."))
    if money is not None and money < 0:
        raise BadResult(_("The sum cannot be less than nothing."))


def _figures(
    *, children: int, adults: int, media: int, money: Decimal | None
) -> dict[str, Decimal]:
    figures = {
        Metric.EVENTS: Decimal(1),
        Metric.CHILDREN: Decimal(children),
        Metric.ADULTS: Decimal(adults),
    }
    if media:
        figures[Metric.MEDIA] = Decimal(media)
    if money is not None:
        figures[Metric.MONEY] = money
    return {str(metric): value for metric, value in figures.items()}


def _says_the_same(
    row: PlanItem,
    *,
    held_on: date,
    note: str,
    links: tuple[MediaLink, ...],
    texts: tuple[str, ...],
    figures: dict[str, Decimal],
) -> bool:
    in_force = row.outcomes.filter(superseded_at__isnull=True)
    return (
        (row.held_on, row.result_note) == (held_on, note)
        and _media_of(row) == set(links)
        and set(row.photo_captions.values_list("text", flat=True)) == set(texts)
        and dict(in_force.values_list("metric", "value")) == figures
    )


def _write_media(row: PlanItem, links: tuple[MediaLink, ...]) -> None:
    row.media_mentions.exclude(url__in=[link.url for link in links]).delete()
    for link in links:
        MediaMention.objects.update_or_create(
            plan_item=row,
            url=link.url,
            defaults={
                "outlet": link.outlet,
                "title": link.title,
                "published_on": link.published_on,
            },
        )


def _write_captions(row: PlanItem, texts: tuple[str, ...]) -> None:
    known = set(row.photo_captions.values_list("text", flat=True))
    row.photo_captions.exclude(text__in=texts).delete()
    PhotoCaption.objects.bulk_create(
        PhotoCaption(plan_item=row, text=text) for text in texts if text not in known
    )


def _supersede(row: PlanItem, now: datetime) -> None:
    Outcome.objects.filter(
        source_kind=OutcomeSource.PLAN_ITEM, source_id=row.public_id, superseded_at__isnull=True
    ).update(superseded_at=now)


def _write_outcomes(
    row: PlanItem, account: Account, held_on: date, figures: dict[str, Decimal], now: datetime
) -> None:
    Outcome.objects.bulk_create(
        Outcome(
            campaign=row.campaign,
            activity=row.activity,
            region=row.region,
            district_id=row.district_id,
            plan_item=row,
            metric=metric,
            value=value,
            happened_on=held_on,
            source_kind=OutcomeSource.PLAN_ITEM,
            source_id=row.public_id,
            recorded_by=account,
            recorded_at=now,
        )
        for metric, value in figures.items()
    )

"""The campaign's own life: texts, period, deadlines, status, and its way into another year."""

import re
from calendar import isleap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import PersonError
from bala.kernel.keeping import take_back_all
from bala.kernel.revisions import write_over
from bala.kernel.translated import LANGUAGES, columns, set_all
from bala.people.actions import found_campaign_rights
from bala.people.models import Account
from bala.programme.actions.campaign_regions import set_regions
from bala.programme.enums import CampaignStatus
from bala.programme.models import Activity, ActivityStage, Block, Campaign
from bala.programme.queries.slugs import free_slug

CAMPAIGN_TEXTS = ("title", "purpose", "places", "participants")
_DATES = ("starts_on", "ends_on", "plans_due_on", "returns_due_on")
_TEXTS_OF_PIECES = frozenset((*columns("title"), *columns("goal")))
Piece = TypeVar("Piece", Block, Activity)


class CampaignDatesWrong(PersonError):
    """Dates of a campaign that cannot stand together."""


class NoTitle(PersonError):
    """A title that is empty in all languages."""

    def __init__(self) -> None:
        super().__init__(_("Give the title in one language at least."))


class AlreadyCarried(PersonError):
    """The campaign has already been carried to that year."""

    def __init__(self) -> None:
        super().__init__(_("The campaign has already been carried to this year."))


class SameYear(PersonError):
    """A campaign cannot be carried to its own year."""

    def __init__(self) -> None:
        super().__init__(_("Choose another year than the campaign's own."))


class NotThisStep(PersonError):
    """A status that does not follow the present one."""

    def __init__(self) -> None:
        super().__init__(_("The campaign's status does not allow this step."))


@transaction.atomic
def update_campaign(*, campaign: Campaign, revision: int, values: Mapping[str, Any]) -> Campaign:
    """Write texts (`title_kk` …), period and deadlines that `values` names; return the campaign.

    `revision` is that of the campaign which the person saw. Raises RowConflict where somebody else
    changed the same since, NoTitle, CampaignDatesWrong.
    """
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    allowed = {name for text in CAMPAIGN_TEXTS for name in columns(text)} | set(_DATES)
    if unknown := values.keys() - allowed:
        raise ValueError(f"Not values of a campaign that are written here: {unknown}")
    if not write_over(locked, revision=revision, values=values):
        return locked
    if not any(getattr(locked, name) for name in columns("title")):
        raise NoTitle
    _check_campaign_dates(locked)
    locked.save()
    take_back_all()
    return locked


def _check_campaign_dates(campaign: Campaign) -> None:
    if campaign.ends_on < campaign.starts_on:
        raise CampaignDatesWrong(_("The campaign ends before it starts."))
    if campaign.plans_due_on and campaign.plans_due_on > campaign.ends_on:
        raise CampaignDatesWrong(_("Plans cannot be due after the campaign's end."))
    if campaign.returns_due_on and campaign.returns_due_on < campaign.starts_on:
        raise CampaignDatesWrong(_("Returns cannot be due before the campaign's start."))
    if (
        campaign.plans_due_on
        and campaign.returns_due_on
        and campaign.returns_due_on < campaign.plans_due_on
    ):
        raise CampaignDatesWrong(_("Returns cannot be due before the plans."))


#: Which status follows which: what was closed can be opened again, what people saw is not hidden.
_STEPS = {
    CampaignStatus.DRAFT: {CampaignStatus.PUBLISHED},
    CampaignStatus.PUBLISHED: {CampaignStatus.CLOSED},
    CampaignStatus.CLOSED: {CampaignStatus.PUBLISHED},
}


@transaction.atomic
def set_campaign_status(*, campaign: Campaign, status: CampaignStatus) -> None:
    """Publish a campaign, close it or open it again; raises NotThisStep."""
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if status not in _STEPS[CampaignStatus(locked.status)]:
        raise NotThisStep
    locked.status = status
    locked.save(update_fields=["status"])
    take_back_all()


@transaction.atomic
def set_texts(*, piece: Piece, revision: int, values: Mapping[str, str]) -> Piece:
    """Write texts of a block or an activity (`title_kk`, `goal_ru` …); return it as it stands.

    `revision` is that of the piece which the person saw. Raises RowConflict, NoTitle.
    """
    locked = type(piece).objects.select_for_update(of=("self",)).get(pk=piece.pk)
    if unknown := values.keys() - _TEXTS_OF_PIECES:
        raise ValueError(f"Not texts of a block or an activity: {unknown}")
    if not write_over(locked, revision=revision, values=values):
        return locked
    if not any(getattr(locked, name) for name in columns("title")):
        raise NoTitle
    locked.save()
    take_back_all()
    return locked


@transaction.atomic
def set_programme_texts(*, campaign: Campaign, texts: Mapping[str, Any]) -> int:
    """Write texts of a whole programme; return how many blocks and activities got some.

    `texts` has "campaign" (title, purpose, places, participants), "blocks" ({"1": {"title", "goal"}})
    and "activities" ({"1.1": {"title"}}); each text is a dict by language code. Numbers that the
    campaign does not have are passed over. Languages that are not given stay as they are.
    """
    for name, by_language in texts.get("campaign", {}).items():
        set_all(campaign, name, by_language)
    campaign.revision += 1
    campaign.save()
    blocks = {str(b.number): b for b in campaign.blocks.filter(withdrawn_at=None)}
    activities = {
        f"{one.block.number}.{one.number}": one
        for one in campaign.activities.filter(withdrawn_at=None).select_related("block")
    }
    take_back_all()
    return _apply(blocks, texts.get("blocks", {})) + _apply(activities, texts.get("activities", {}))


def _apply(rows: Mapping[str, Any], texts: Mapping[str, Any]) -> int:
    written = 0
    for key, named in texts.items():
        row = rows.get(key)
        if row is None:
            continue
        for name, by_language in named.items():
            set_all(row, name, by_language)
        row.revision += 1
        row.save()
        written += 1
    return written


# --- another year --------------------------------------------------------------------------------


def moved(day: date | None, years: int) -> date | None:
    """Return the same day and month so many years on; 29 February becomes 28 where there is none."""
    if day is None:
        return None
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def with_year(text: str, before: int, after: int) -> str:
    """Write the new year for the old one where the text names it as a number of its own."""
    return re.sub(rf"(?<!\d){before}(?!\d)", str(after), text)


@dataclass(frozen=True, slots=True)
class Carried:
    """What carrying a campaign makes: its copy's rows, unsaved until `carry_campaign`."""

    campaign: Campaign
    blocks: list[Block]
    activities: list[tuple[Activity, Activity]]  # (the old one, the new one)


def carried(campaign: Campaign, *, year: int) -> Carried:
    """Work out the campaign of another year without writing anything: the page shows it first.

    Days and months stay, as the law and the holidays fix them (1 June is Children's Day); years in
    texts move too. Raises SameYear, AlreadyCarried.
    """
    if year == campaign.year:
        raise SameYear
    if campaign.carried_to.filter(starts_on__year=year).exists():
        raise AlreadyCarried
    years = year - campaign.year
    copy = Campaign(
        status=CampaignStatus.DRAFT,
        carried_from=campaign,
        **{name: moved(getattr(campaign, name), years) for name in _DATES},
        **_texts(campaign, CAMPAIGN_TEXTS, year),
    )
    blocks: dict[int, Block] = {}
    for old in campaign.blocks.filter(withdrawn_at=None).order_by("number"):
        texts = _texts(old, ("title", "goal"), year)
        blocks[old.pk] = Block(campaign=copy, number=old.number, **texts)
    live = campaign.activities.filter(withdrawn_at=None).select_related("block", "campaign")
    live = live.prefetch_related("stages")
    activities = [
        (line, _carried_activity(line, copy, blocks[line.block_id], year))
        for line in live.order_by("block__number", "number")
    ]
    return Carried(copy, list(blocks.values()), activities)


def _carried_activity(old: Activity, campaign: Campaign, block: Block, year: int) -> Activity:
    before = old.campaign.year
    return Activity(
        campaign=campaign,
        block=block,
        number=old.number,
        text=with_year(old.text, before, year),
        text_language=old.text_language,
        name=with_year(old.name, before, year),
        kind=old.kind,
        level=old.level,
        formats=list(old.formats),
        starts_on=moved(old.starts_on, year - before),
        ends_on=moved(old.ends_on, year - before),
        min_age=old.min_age,
        max_age=old.max_age,
        **_texts(old, ("title",), year),
    )


def _texts(row: Campaign | Block | Activity, names: Iterable[str], year: int) -> dict[str, str]:
    before = row.year if isinstance(row, Campaign) else row.campaign.year
    return {
        f"{name}_{code}": with_year(getattr(row, f"{name}_{code}"), before, year)
        for name in names
        for code in LANGUAGES
    }


@transaction.atomic
def carry_campaign(
    *,
    account: Account | None,
    campaign: Campaign,
    year: int,
    titles: Mapping[str, str] | None = None,
) -> Campaign:
    """Make the campaign of another year: structure and dates move, plans do not come along.

    Its regions are those of that year (17 until 2021, 20 since 2022); it is not public until its
    coordinator, who is the person that carries it, publishes it. Raises SameYear, AlreadyCarried,
    NoTitle.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two people carry one after another
    made = carried(campaign, year=year)
    copy = made.campaign
    if titles is not None:
        set_all(copy, "title", dict(titles))
    title = copy.title_ru or copy.title_kk or copy.title_en
    if not title:
        raise NoTitle
    # The address follows the old one's words, so both years are found under the same name.
    copy.slug = free_slug(with_year(campaign.slug, campaign.year, year).replace("-", " "), year)
    copy.save()
    set_regions(copy)
    Block.objects.bulk_create(made.blocks)
    Activity.objects.bulk_create([new for _old, new in made.activities])
    ActivityStage.objects.bulk_create(
        [
            ActivityStage(
                activity=new,
                number=stage.number,
                level=stage.level,
                starts_on=moved(stage.starts_on, year - campaign.year),
                ends_on=moved(stage.ends_on, year - campaign.year),
                **{
                    name: with_year(getattr(stage, name), campaign.year, year)
                    for name in columns("name")
                },
            )
            for old, new in made.activities
            for stage in old.stages.all()
        ]
    )
    if account is not None:
        found_campaign_rights(
            account=account, campaign_slug=copy.slug, reason=f"carried from {campaign.slug}"
        )
    return copy

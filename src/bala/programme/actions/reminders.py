"""Letters to those responsible about deadlines and gaps; `notify` sees to it that each comes once."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import Forbidden, PersonError
from bala.kernel.translated import texts_of
from bala.notify.actions import tell
from bala.people.models import Account
from bala.programme.access.campaigns import reach_of
from bala.programme.enums import CampaignStatus, Deadline
from bala.programme.models import Activity, Campaign
from bala.programme.queries.deadlines import RegionPlan, region_plans
from bala.territory.models import Region

DAYS_BEFORE = (3, 1, 0)
HOUR = 9  # in the capital: when officials open their post
LONGEST_LETTER = 4000


class EmptyLetter(PersonError):
    """A letter without words, or with too many."""


class NobodyResponsible(PersonError):
    """There is nobody to write to."""


def write_due_reminders() -> int:
    """Write the reminders of plans that are due, from nine in the morning; return how many are new.

    Can be called at any time and as often as one likes: a reminder that stands is not written again.
    The returns are reminded of by their own room, which knows who has filed.
    """
    written = 0
    for campaign, due in campaigns_to_remind(Deadline.PLANS):
        written += remind_of(
            campaign=campaign, deadline=Deadline.PLANS, due=due, today=clock.today()
        )
    return written


def campaigns_to_remind(deadline: Deadline) -> list[tuple[Campaign, date]]:
    """Return the published campaigns, with the day, whose deadline is to be reminded of now."""
    now = clock.now().astimezone(clock.NATIONAL_ZONE)
    if now.hour < HOUR:
        return []
    days = [now.date() + timedelta(days=days) for days in DAYS_BEFORE]
    column = {Deadline.PLANS: "plans_due_on", Deadline.RETURNS: "returns_due_on"}[deadline]
    found = Campaign.objects.filter(status=CampaignStatus.PUBLISHED, **{f"{column}__in": days})
    return [(campaign, getattr(campaign, column)) for campaign in found.order_by("pk")]


@transaction.atomic
def remind_of(
    *,
    campaign: Campaign,
    deadline: Deadline,
    due: date,
    today: date,
    settled: Collection[int] = (),
) -> int:
    """Write to everybody responsible for a region that still owes what is due; return how many.

    `settled` are the ids of regions that owe nothing more. A region whose plan has a row for every
    activity owes no plan. A person responsible for several regions gets one letter.
    """
    owing: dict[Account, list[RegionPlan]] = {}
    for plan in region_plans(campaign):
        if plan.region.pk in settled or (deadline is Deadline.PLANS and plan.missing == 0):
            continue
        for account in plan.responsible:
            owing.setdefault(account, []).append(plan)
    days = (due - today).days
    key = f"{deadline.value}:{campaign.slug}:{due.isoformat()}:{days}"
    written = 0
    for account, plans in owing.items():
        message = tell(
            account=account,
            kind=f"programme.{deadline.value}",
            key=key,
            about=campaign.slug,
            context={
                "campaign": texts_of(campaign, "title"),
                "slug": campaign.slug,
                "due": due.isoformat(),
                "days": days,
                "regions": [
                    {
                        "name": plan.region.names_on(campaign.starts_on),
                        "planned": plan.planned,
                        "expected": plan.expected,
                    }
                    for plan in plans
                ],
            },
        )
        written += message is not None
    return written


@transaction.atomic
def write_to_responsible(
    *,
    account: Account,
    campaign: Campaign,
    activity: Activity | None,
    region: Region,
    text: str,
) -> int:
    """Write to those responsible for a region about a gap; return how many letters are new.

    `activity` is the line of the concept that it is about, or None for the region's whole plan. Each
    person gets one letter a day about the same gap. Raises Forbidden to all but a coordinator,
    EmptyLetter, NobodyResponsible.
    """
    if not reach_of(account, campaign).is_coordinator:
        raise Forbidden(_("Only the campaign's coordinator may do this."))
    text = text.strip()
    if not text or len(text) > LONGEST_LETTER:
        raise EmptyLetter(_("Write what you ask for, in at most 4,000 characters."))
    (plan,) = region_plans(campaign, {region.pk}) or (None,)
    if plan is None or not plan.responsible:
        raise NobodyResponsible(
            _("Nobody is responsible for this region yet. Give the role first.")
        )
    about = activity.public_id if activity else "plan"
    key = f"gap:{campaign.slug}:{about}:{region.iso_code}:{clock.today().isoformat()}"
    written = 0
    for person in plan.responsible:
        message = tell(
            account=person,
            kind="programme.gap",
            key=key,
            about=campaign.slug,
            written_by=account,
            context={
                "campaign": texts_of(campaign, "title"),
                "slug": campaign.slug,
                "region": region.names_on(campaign.starts_on),
                "number": f"{activity.block.number}.{activity.number}" if activity else "",
                "activity": texts_of(activity, "title") if activity else "",
                "text": text,
                "writer": account.full_name or account.email,
            },
        )
        written += message is not None
    return written

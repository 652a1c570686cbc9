"""Letters to those responsible: each is written once, and sent once.

A letter is a row first. Its key says what it is about, and the database keeps it from being written
twice; a job then sends it. Sending claims the row, hands the letter to the mail server and marks the
row in one transaction: a process that dies before the hand-over leaves the row unmarked, and the
letter goes out later. One edge cannot be closed with SMTP: when a process dies after the mail server
took the letter and before the mark was committed, the letter goes out a second time.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock, queue
from bala.kernel.dates import format_date
from bala.kernel.errors import Forbidden, PersonError
from bala.people.models import Account
from bala.programme.access.campaigns import reach_of
from bala.programme.enums import CampaignStatus, Deadline
from bala.programme.models import Activity, Campaign, Reminder
from bala.programme.queries.deadlines import RegionPlan, region_plans
from bala.territory.models import Region

DAYS_BEFORE = (3, 1, 0)
HOUR = 9  # in the capital: when officials open their post
STUCK_AFTER = timedelta(minutes=15)
LONGEST_LETTER = 4000


class EmptyLetter(PersonError):
    """A letter without words, or with too many."""


class NobodyResponsible(PersonError):
    """There is nobody to write to."""


def write_due_reminders() -> int:
    """Write the reminders of today's deadlines, from nine in the morning; return how many are new.

    Can be called at any time and as often as one likes: a reminder that stands is not written again.
    """
    now = clock.now().astimezone(clock.NATIONAL_ZONE)
    if now.hour < HOUR:
        return 0
    written = 0
    for campaign in Campaign.objects.filter(status=CampaignStatus.PUBLISHED).order_by("pk"):
        for deadline, due in (
            (Deadline.PLANS, campaign.plans_due_on),
            (Deadline.RETURNS, campaign.returns_due_on),
        ):
            if due is not None and (due - now.date()).days in DAYS_BEFORE:
                written += remind_of(
                    campaign=campaign, deadline=deadline, due=due, today=now.date()
                )
    return written


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
        with translation.override(account.language):
            subject, body = _deadline_letter(campaign, deadline, due, days, plans)
        written += _write(campaign, account, key, subject, body, written_by=None)
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
        with translation.override(person.language):
            subject, body = _gap_letter(account, campaign, activity, region, text)
        written += _write(campaign, person, key, subject, body, written_by=account)
    return written


@transaction.atomic
def send_reminder(reminder_id: int) -> bool:
    """Send a letter and mark it sent; False where it was sent, or is being sent by another worker."""
    reminder = (
        Reminder.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("account")
        .filter(pk=reminder_id, sent_at__isnull=True)
        .first()
    )
    if reminder is None:
        return False
    reminder.sent_at = clock.now()
    reminder.save(update_fields=["sent_at"])
    send_mail(reminder.subject, reminder.body, None, [reminder.account.email])
    return True


def send_stuck_reminders() -> int:
    """Queue again the letters that no worker has sent; return how many."""
    stuck = Reminder.objects.filter(
        sent_at__isnull=True, written_at__lt=clock.now() - STUCK_AFTER
    ).order_by("pk")
    ids = list(stuck.values_list("pk", flat=True)[:1000])
    for pk in ids:
        _queue(pk)
    return len(ids)


def _write(
    campaign: Campaign,
    account: Account,
    key: str,
    subject: str,
    body: str,
    *,
    written_by: Account | None,
) -> int:
    reminder, made = Reminder.objects.get_or_create(
        account=account,
        key=key,
        defaults={
            "campaign": campaign,
            "subject": subject[:300],
            "body": body,
            "written_by": written_by,
        },
    )
    if made:
        _queue(reminder.pk)
    return int(made)


def _queue(reminder_id: int) -> None:
    queue.defer(
        "programme.send_reminder",
        queueing_lock=f"programme.send_reminder:{reminder_id}",
        reminder_id=reminder_id,
    )


def _link(name: str, campaign: Campaign) -> str:
    return f"{settings.BALA_BASE_URL}{reverse(name, kwargs={'slug': campaign.slug})}"


def _deadline_letter(
    campaign: Campaign, deadline: Deadline, due: date, days: int, plans: list[RegionPlan]
) -> tuple[str, str]:
    what = gettext("Plans") if deadline is Deadline.PLANS else gettext("Returns")
    when = (
        gettext("today")
        if days == 0
        else ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    )
    subject = gettext("%(what)s are due on %(date)s: %(when)s") % {
        "what": what,
        "date": format_date(due),
        "when": when,
    }
    lines = [f"«{campaign.title}»", "", subject, ""]
    for plan in plans:
        if deadline is Deadline.PLANS:
            lines.append(
                gettext("– %(region)s: planned %(planned)s of %(expected)s activities")
                % {
                    "region": plan.region.name,
                    "planned": plan.planned,
                    "expected": plan.expected,
                }
            )
        else:
            lines.append(f"– {plan.region.name}")
    if deadline is Deadline.RETURNS:
        lines += ["", gettext("If the return has been filed, there is nothing more to do.")]
    lines += ["", _link("programme:deadlines", campaign)]
    return subject, "\n".join(lines) + "\n"


def _gap_letter(
    writer: Account, campaign: Campaign, activity: Activity | None, region: Region, text: str
) -> tuple[str, str]:
    about = (
        f"{activity.block.number}.{activity.number} {activity.title}"
        if activity
        else gettext("plan of activities")
    )
    subject = f"{region.name}: {about}"
    lines = [
        f"«{campaign.title}»",
        subject,
        "",
        text,
        "",
        gettext("Written by: %(name)s") % {"name": writer.full_name or writer.email},
        _link("programme:deadlines", campaign),
    ]
    return subject, "\n".join(lines) + "\n"

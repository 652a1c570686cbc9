"""Asking a silent region for its return."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bala.kernel import clock
from bala.kernel.dates import format_date
from bala.kernel.errors import PersonError
from bala.kernel.queue import defer
from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.models import Campaign, Reminder
from bala.returns.enums import REPORTED
from bala.returns.queries.returns import nudge_key, return_of
from bala.territory.models import Region


class NothingToAsk(PersonError):
    """The region has reported, or nobody is responsible for it."""


@transaction.atomic
def ask_for_return(*, account: Account, campaign: Campaign, region: Region) -> int:
    """Write to the organisers of a region that its return is awaited; return how many letters.

    One letter a day for each person, however often it is asked for. Raises NothingToAsk.
    """
    one = return_of(campaign, region)
    if one is not None and one.status in REPORTED:
        raise NothingToAsk(gettext_lazy("This region has already submitted its return."))
    people = Account.objects.filter(
        is_active=True,
        grants__role=Role.ORGANISER,
        grants__region=region,
        grants__district__isnull=True,
        grants__taken_at__isnull=True,
        grants__campaign_slug__in=("", campaign.slug),
    ).distinct()
    written = 0
    for person in people.order_by("pk"):
        with translation.override(person.language):
            subject, body = _letter(campaign, region)
        reminder, made = Reminder.objects.get_or_create(
            account=person,
            key=f"{nudge_key(region, clock.today())}:{campaign.slug}",
            defaults={
                "campaign": campaign,
                "subject": subject[:300],
                "body": body,
                "written_by": account,
            },
        )
        if made:
            defer(
                "programme.send_reminder",
                queueing_lock=f"programme.send_reminder:{reminder.pk}",
                reminder_id=reminder.pk,
            )
            written += 1
    if not people:
        raise NothingToAsk(
            gettext_lazy("Nobody is responsible for this region yet. Give the role first.")
        )
    return written


def _letter(campaign: Campaign, region: Region) -> tuple[str, str]:
    """Return subject and text in the active language."""
    subject = _("%(region)s: the return of the campaign is awaited") % {"region": region.name}
    address = reverse("returns:edit", args=(campaign.slug, region.iso_code))
    lines = [f"«{campaign.title}»", "", subject]
    if campaign.returns_due_on:
        lines.append(
            _("It was due on %(day)s.") % {"day": format_date(campaign.returns_due_on)}
            if clock.today() > campaign.returns_due_on
            else _("It is due on %(day)s.") % {"day": format_date(campaign.returns_due_on)}
        )
    lines += ["", f"{settings.BALA_BASE_URL.rstrip('/')}{address}", ""]
    return subject, "\n".join(lines)

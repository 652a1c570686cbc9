"""The days on which plans and returns are due."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import Forbidden, PersonError
from bala.kernel.keeping import take_back_all
from bala.kernel.revisions import write_over
from bala.people.models import Account
from bala.programme.access.campaigns import reach_of
from bala.programme.models import Campaign


class BadDeadline(PersonError):
    """A deadline at which the thing cannot be ready."""


@transaction.atomic
def set_deadlines(
    *,
    account: Account,
    campaign: Campaign,
    revision: int,
    plans_due_on: date | None,
    returns_due_on: date | None,
) -> Campaign:
    """Set when plans and returns are due (None: no deadline); return the campaign.

    `revision` is that of the campaign which the person saw. Raises Forbidden to all but a
    coordinator, BadDeadline where returns would be due before the campaign has begun, RowConflict
    where somebody else set the same day otherwise since.
    """
    if not reach_of(account, campaign).is_coordinator:
        raise Forbidden(_("Only the campaign's coordinator may do this."))
    row = Campaign.objects.select_for_update().get(pk=campaign.pk)
    values = {"plans_due_on": plans_due_on, "returns_due_on": returns_due_on}
    if not write_over(row, revision=revision, values=values):
        return row
    if row.returns_due_on is not None and row.returns_due_on < row.starts_on:
        raise BadDeadline(_("Returns cannot be due before the campaign begins."))
    row.save(update_fields=["plans_due_on", "returns_due_on", "revision"])
    take_back_all()
    return row

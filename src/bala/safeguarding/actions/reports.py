"""Reports by the public: what may harm a child is taken down at once, and looked at then."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bala.kernel import clock
from bala.kernel.errors import NotHere
from bala.safeguarding.actions.items import follow, hide, locked_item, set_free
from bala.safeguarding.enums import ItemState, ReportState
from bala.safeguarding.models import ModerationItem, Report
from bala.safeguarding.queries.items import public_items


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as it was taken: `report` holds the number, `is_new` is False for a repeated one."""

    report: Report
    is_new: bool


@transaction.atomic
def report(*, item: ModerationItem, reason: str, words: str, language: str, source: str) -> Filed:
    """Take a report of something public; no account is needed.

    For the reasons of BALA_REPORT_TAKEDOWN_REASONS the thing is taken down at once, pending a look.
    What a moderator has confirmed since goes down again only after BALA_REPORTS_AFTER_CONFIRMATION
    such reports from different sources, so that nobody can silence a child by reporting again and
    again. `source` is a hash of where it came from; a second one from there is the same report.
    Raises NotHere for what is not public.
    """
    locked = locked_item(item)
    known = locked.reports.filter(source=source, state=ReportState.OPEN).first()
    if known is not None:
        return Filed(known, is_new=False)
    if not public_items().filter(pk=locked.pk).exists():
        raise NotHere(_("This is not public, or no longer."))
    try:
        with transaction.atomic():
            made = Report.objects.create(
                item=locked,
                reason=reason,
                words=words.strip(),
                language=language,
                source=source,
                made_at=clock.now(),
            )
    except IntegrityError:  # the same house at the same moment
        return Filed(locked.reports.get(source=source, state=ReportState.OPEN), is_new=False)
    takes_down = _takes_down(locked, reason)
    _into_the_queue(locked, takes_down=takes_down)
    if takes_down:
        made.took_down = True
        made.save(update_fields=["took_down"])
    return Filed(made, is_new=True)


def _takes_down(item: ModerationItem, reason: str) -> bool:
    immediate = settings.BALA_REPORT_TAKEDOWN_REASONS
    if reason not in immediate:
        return False
    if item.confirmed_at is None:
        return True
    independent = (
        item.reports.filter(
            state=ReportState.OPEN, reason__in=immediate, made_at__gte=item.confirmed_at
        )
        .order_by()
        .values("source")
        .distinct()
        .count()
    )
    return bool(independent >= settings.BALA_REPORTS_AFTER_CONFIRMATION)


def _into_the_queue(item: ModerationItem, *, takes_down: bool) -> None:
    item.open_reports += 1
    item.waiting_since = item.waiting_since or clock.now()
    # Whoever is about to decide has not seen this report.
    item.revision += 1
    if takes_down:
        hide(item)
        item.state = ItemState.TAKEN_DOWN
        item.urgent = True
        set_free(item)
    item.save()
    if takes_down:
        follow(item)

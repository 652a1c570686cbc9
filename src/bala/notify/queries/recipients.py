"""Who receives what is to be told to somebody."""

from datetime import date

from django.conf import settings
from django.db.models import Q

from bala.kernel import clock
from bala.notify.enums import Way
from bala.notify.models import Address, Preference
from bala.notify.queries.kinds import Kind
from bala.people.enums import Role
from bala.people.models import Account, Child, Guardianship
from bala.people.queries.families import age_on

GROWN_UP = 18  # the account of a child passes to the person (issue 3)


def child_behind(account: Account) -> Child | None:
    """Return the child who signs in with the account; None once grown up, and for all others."""
    child = Child.objects.filter(account=account).first()
    if child is None or age_on(child.born_on, clock.today()) >= GROWN_UP:
        return None
    return child


def guardians_of(child: Child) -> list[Account]:
    """Return those who may be written to about a child: its guardians, and the representatives of
    an institution that is its guardian; in the order in which they became it."""
    in_force = Guardianship.objects.filter(child=child, ended_at__isnull=True)
    organisations = in_force.filter(organisation__isnull=False).values("organisation_id")
    return list(
        Account.objects.filter(
            Q(pk__in=in_force.filter(account__isnull=False).values("account_id"))
            | Q(
                grants__role=Role.REPRESENTATIVE,
                grants__taken_at__isnull=True,
                grants__organisation_id__in=organisations,
            ),
            is_active=True,
        )
        .exclude(child__isnull=False, child__born_on__gt=_youngest_grown_up())
        .distinct()
        .order_by("pk")
    )


def way_for(account: Account, kind: Kind) -> Way:
    """Return how the person wants letters of this kind; what is mandatory is never held back."""
    chosen = (
        Preference.objects.filter(account=account, kind=kind.name)
        .values_list("way", flat=True)
        .first()
    )
    way = Way(chosen) if chosen else Way.EMAIL
    return way if way in kind.ways else Way.EMAIL


def has_telegram() -> bool:
    """Whether the operator has set up a bot."""
    return bool(settings.BALA_TELEGRAM_TOKEN and settings.BALA_TELEGRAM_BOT)


def has_sms() -> bool:
    """Whether the operator has set up a gateway for text messages."""
    return bool(settings.BALA_SMS_URL)


def _youngest_grown_up() -> date:
    today = clock.today()
    try:
        return today.replace(year=today.year - GROWN_UP)
    except ValueError:  # 29 February
        return today.replace(year=today.year - GROWN_UP, day=28)


def ways_to(account: Account) -> set[Way]:
    """Return the ways on which a letter reaches the person: e-mail, and what the person linked."""
    usable = {Way.TELEGRAM: has_telegram(), Way.SMS: has_sms()}
    linked = Address.objects.filter(
        account=account, confirmed_at__isnull=False, broken_at__isnull=True
    ).values_list("way", flat=True)
    return {Way.EMAIL, *(Way(way) for way in linked.order_by("pk") if usable.get(Way(way)))}

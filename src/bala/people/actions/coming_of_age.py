"""On the eighteenth birthday what a guardian held passes to the person."""

from datetime import date

from django.conf import settings
from django.db import transaction

from bala.kernel import clock
from bala.people.actions.consents import lock_child, withdraw_all
from bala.people.actions.letters import tell
from bala.people.enums import GuardianshipKind, WithdrawalMethod
from bala.people.models import Child, Guardianship
from bala.people.queries.families import age_on


def grown_children() -> list[int]:
    """Return the row ids of those who are of age today and whom somebody else still represents."""
    today = clock.today()
    latest = date(today.year - settings.BALA_ADULT_AGE, today.month, min(today.day, 28))
    # The last days of February and of long months are looked at one by one.
    about = Child.objects.filter(
        erased_at__isnull=True,
        born_on__lte=latest.replace(day=28) if today.day > 28 else latest,
        guardianships__ended_at__isnull=True,
    ).exclude(guardianships__kind=GuardianshipKind.SELF)
    late = Child.objects.filter(
        erased_at__isnull=True,
        born_on__year=latest.year,
        born_on__month=latest.month,
        born_on__day__gte=28,
        guardianships__ended_at__isnull=True,
    ).exclude(guardianships__kind=GuardianshipKind.SELF)
    return sorted(
        {
            child.pk
            for child in (about | late).distinct().order_by("pk")
            if age_on(child.born_on, today) >= settings.BALA_ADULT_AGE
        }
    )


@transaction.atomic
def pass_to_person(*, child_id: int) -> bool:
    """Let the grown-up person represent oneself; return whether anything was to be done.

    The guardians' rights end, and they read it in a letter. With a sign-in of its own the person
    keeps everything, and the consents in force are the person's own to withdraw. Without one nobody
    is there to hold the consents: they end, and after BALA_FORSAKEN_DAYS the data are erased.
    """
    child = lock_child(Child(pk=child_id))
    ties = list(
        Guardianship.objects.filter(child=child, ended_at__isnull=True)
        .select_related("account")
        .order_by("pk")
    )
    grown = age_on(child.born_on, clock.today()) >= settings.BALA_ADULT_AGE
    if not grown or not ties or any(tie.kind == GuardianshipKind.SELF for tie in ties):
        return False
    account = child.account
    keeps = account is not None and account.is_active and account.sign_in_name is not None
    if keeps:
        Guardianship.objects.create(child=child, account=account, kind=GuardianshipKind.SELF)
    moment = clock.now()
    Guardianship.objects.filter(pk__in=[tie.pk for tie in ties]).update(ended_at=moment)
    if not keeps:
        withdraw_all(child=child, method=WithdrawalMethod.GUARDIANSHIP_ENDED, by=None)
    for tie in ties:
        if tie.account is not None:
            tell(
                tie.account,
                "people.came_of_age",
                key=f"{child.public_id}:{tie.account_id}",
                child_id=child.public_id,
                child=child.given_name,
                keeps=keeps,
                days=settings.BALA_FORSAKEN_DAYS,
            )
    return True

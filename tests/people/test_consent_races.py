"""Two people, or one impatient one, at the same consent at once: real processes."""

import pytest

from bala.kernel import clock
from bala.kernel.errors import NotHere
from bala.people.actions.consents import (
    decide_consents,
    lock_child,
    withdraw_all,
    withdraw_by_link,
    withdraw_purposes,
)
from bala.people.enums import ConsentPurpose, WithdrawalMethod
from bala.people.models import Account, Child, Consent, ConsentWithdrawal, Guardianship
from bala.people.queries.consents import in_force
from tests.people.factories import make_account, make_child, make_consents
from tests.programme.races import race

pytestmark = pytest.mark.django_db(transaction=True)
TAKE_PART = ConsentPurpose.TAKE_PART


def test_a_double_click_is_one_consent() -> None:
    guardian = make_account()
    child = make_child(guardian)

    def click(_number: int) -> str:
        made = decide_consents(
            account=Account.objects.get(pk=guardian.pk),
            child=Child.objects.get(pk=child.pk),
            yes={TAKE_PART: 1, ConsentPurpose.PHOTO: 1},
            language="kk",
        )
        return str(len(made))

    assert sorted(race(click, times=8)) == ["0"] * 7 + ["2"]
    assert Consent.objects.count() == 2


def test_simultaneous_withdrawals_by_link_and_by_both_guardians_end_it_once() -> None:
    guardian, other = make_account(), make_account()
    child = make_child(guardian)
    Guardianship.objects.create(child=child, account=other, kind="parent")
    consent, *_rest = make_consents(child)

    def withdraw(number: int) -> str:
        if number % 2:
            return str(withdraw_by_link(consent=Consent.objects.get(pk=consent.pk)))
        account = Account.objects.get(pk=(guardian, other)[number % 4 // 2].pk)
        return str(withdraw_purposes(account=account, child=child, purposes=[TAKE_PART]))

    answers = race(withdraw, times=8)
    assert sorted(answers) == ["0"] * 7 + [str(len(ConsentPurpose))]
    assert ConsentWithdrawal.objects.count() == len(ConsentPurpose)
    assert not in_force().exists()


def test_a_consent_while_the_guardianship_ends_never_outlives_it() -> None:
    guardian = make_account()
    child = make_child(guardian)

    def act(number: int) -> str:
        from django.db import transaction

        if number % 2:
            decide_consents(account=guardian, child=child, yes={TAKE_PART: 1}, language="kk")
            return "given"
        with transaction.atomic():
            lock_child(child)
            child.guardianships.filter(ended_at=None).update(ended_at=clock.now())
            withdraw_all(child=child, method=WithdrawalMethod.GUARDIANSHIP_ENDED, by=None)
        return "ended"

    answers = race(act, times=8)
    assert set(answers) <= {"given", "ended", NotHere.__name__}
    assert not in_force().exists()

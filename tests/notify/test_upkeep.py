"""Letters are kept for a term and no longer; what is kept can be taken out, and goes at erasure."""

from datetime import timedelta
from typing import Any

import pytest

from bala.kernel import clock, queue
from bala.notify.actions import upkeep
from bala.notify.actions.linking import start_phone, start_telegram
from bala.notify.actions.preferences import choose
from bala.notify.actions.upkeep import forget_old
from bala.notify.enums import MessageState, Way
from bala.notify.models import Address, Message, Preference
from bala.notify.queries.kinds import kind_of
from bala.people.queries.personal_data import kept_on
from tests.notify.factories import NUDGE, make_address, make_message
from tests.people.factories import make_account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "left"), [(364, 1), (366, 0)])
def test_a_letter_is_kept_for_its_term(days: int, left: int, settings: Any) -> None:
    settings.BALA_LETTERS_DAYS = 365
    make_message(make_account())
    with clock.at(clock.now() + timedelta(days=days)):
        assert forget_old() == 1 - left
    assert Message.objects.count() == left


def test_the_schedule_forgets_when_the_clock_is_moved(settings: Any) -> None:
    settings.BALA_LETTERS_DAYS = 30
    make_message(make_account())
    later = clock.now() + timedelta(days=40)
    due = dict(queue.periodic_due(clock.now(), later))["notify.forget"]
    queue.run_periodic_at("notify.forget", due)
    assert not Message.objects.exists()


def test_more_than_one_piece_goes_and_what_is_younger_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upkeep, "AT_ONCE", 2)
    person = make_account()
    for number in range(5):
        make_message(person, str(number))
    with clock.at(clock.now() + timedelta(days=400)):
        make_message(person, "young")
        assert forget_old() == 5
    assert Message.objects.get().key == "young"


def test_a_daily_letter_whose_time_is_over_takes_what_it_held_along() -> None:
    person = make_account()
    choose(account=person, ways={kind_of(NUDGE): Way.DIGEST})
    held = make_message(person)
    digest = make_message(person, "digest", "notify.digest", context={"day": "2021-05-28"})
    Message.objects.filter(pk=held.pk).update(digest=digest, state=MessageState.COLLECTED)
    with clock.at(clock.now() + timedelta(days=400)):
        assert forget_old() == 2


def test_codes_and_what_nobody_confirmed_go_after_a_day() -> None:
    person, linked = make_account(), make_account()
    start_phone(account=person, number="+77011234567", visitor="a")
    start_telegram(account=person)
    make_address(linked, Way.TELEGRAM)
    with clock.at(clock.now() + timedelta(hours=20)):
        assert forget_old() == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        assert forget_old() == 1
    assert list(Address.objects.values_list("account", flat=True)) == [linked.pk]
    assert not Message.objects.exists()


def test_what_is_kept_on_a_person_about_letters_can_be_taken_out_and_goes_at_erasure() -> None:
    from bala.notify.actions.personal_data import erase

    person = make_account(language="ru")
    make_message(person)
    make_address(person, Way.SMS, "+77011234567")
    choose(account=person, ways={kind_of(NUDGE): Way.SMS})
    kept = str(kept_on(person))
    assert "город Алматы" in kept
    assert "+77011234567" in kept
    assert str(kind_of(NUDGE).label) in kept
    erase(person)
    assert not Message.objects.exists()
    assert not Address.objects.exists()
    assert not Preference.objects.exists()

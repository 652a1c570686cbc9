"""Who is told what, once, in which words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from bala.kernel import clock
from bala.notify.actions import tell
from bala.notify.actions.preferences import CannotBeChosen, choose
from bala.notify.enums import MessageState, Way
from bala.notify.models import Message
from bala.notify.queries.kinds import NoSuchKind, kind_of, kinds
from bala.notify.queries.words import words_of
from bala.people.enums import GuardianshipKind, Role
from bala.people.models import Account, Guardianship
from tests.jobs import run_jobs
from tests.notify.factories import INVITATION, NUDGE, make_message
from tests.people.factories import make_account, make_child, make_person
from tests.programme.races import race
from tests.territory.factories import make_organisation, region

pytestmark = pytest.mark.django_db


def test_a_letter_is_written_once_for_a_key_and_sent_once(mailoutbox: list[Any]) -> None:
    person = make_account()
    make_message(person)
    assert tell(account=person, kind=NUDGE, key="one", context={}) is None
    run_jobs()
    run_jobs()
    assert [m.to for m in mailoutbox] == [[person.email]]
    assert Message.objects.get().state == MessageState.SENT


def test_a_letter_is_in_the_language_of_whoever_reads_it_and_its_texts_too() -> None:
    kk = words_of(make_message(make_account(language="kk")))
    ru = words_of(make_message(make_account(language="ru")))
    en = words_of(make_message(make_account(language="en")))
    assert kk.subject.startswith("Алматы қаласы")
    assert ru.subject.startswith("город Алматы")
    assert en.subject.startswith("город Алматы: the return")  # the nearest that is filled in
    assert "/kk/console/children-2021/returns/" in kk.text
    assert "2021\xa0ж. 25\xa0маусым" in kk.text
    assert "25\xa0июня" in ru.text


def test_what_people_typed_reaches_them_as_they_typed_it_and_never_as_html() -> None:
    typed = {"ru": "Д'Арк <b>& Ко</b>", "kk": "", "en": ""}
    words = words_of(make_message(make_account(language="ru"), context={"campaign": typed}))
    assert "«Д'Арк <b>& Ко</b>»" in words.text
    assert "<b>& Ко" not in words.html
    assert "&lt;b&gt;&amp; Ко" in words.html


def test_a_line_break_in_a_subject_begins_no_header() -> None:
    typed = {"kk": "", "ru": "Алматы\nBcc: all@example.kz", "en": ""}
    words = words_of(make_message(make_account(language="ru"), context={"region": typed}))
    assert "\n" not in words.subject
    assert words.subject.startswith("Алматы")


def test_a_letter_shows_the_campaigns_look_and_asks_nobody_else_for_anything() -> None:
    html = words_of(make_message(make_account())).html
    assert "#00afca" in html
    assert "src=" not in html


def test_what_letters_are_made_of_cannot_be_read_in_the_database() -> None:
    from django.db import connection

    make_message(make_account(), context={"campaign": "Құпия"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT context FROM notify_message")
        assert "Құпия" not in cursor.fetchone()[0]


def test_a_kind_that_no_room_has_is_a_fault_at_once() -> None:
    with pytest.raises(NoSuchKind):
        tell(account=make_account(), kind="people.invitaton", key="1", context={})


@pytest.mark.parametrize("given", [{"day": date(2021, 6, 1)}, {"who": object()}])
def test_a_context_that_is_not_json_is_a_fault_at_once(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        tell(account=make_account(), kind=NUDGE, key="1", context=given)


def test_every_kind_has_a_name_in_each_language_and_its_own() -> None:
    from django.utils import translation

    for language in ("kk", "ru", "en"):
        with translation.override(language):
            labels = [kind.label for kind in kinds()]
            assert all(labels)
            assert len(set(labels)) == len(labels)


def test_a_closed_account_gets_nothing() -> None:
    person = make_account(is_active=False)
    assert tell(account=person, kind=NUDGE, key="1", context={}) is None
    assert not Message.objects.exists()


# --- standard A4: nobody can send a child a message ---------------------------------------------
def child_account(born_on: date = date(2011, 3, 8)) -> tuple[Account, Account]:
    """An account of a child and its guardian's."""
    guardian, own = make_account(), make_account()
    make_child(guardian, account=own, born_on=born_on)
    return own, guardian


def test_what_is_told_to_a_child_is_told_to_its_guardians() -> None:
    own, guardian = child_account()
    second, gone = make_account(), make_account()
    for account, ended in ((second, None), (gone, clock.now())):
        Guardianship.objects.create(
            child=own.child, account=account, kind=GuardianshipKind.PARENT, ended_at=ended
        )
    first = make_message(own)
    assert first.account == guardian
    assert set(Message.objects.values_list("account", flat=True)) == {guardian.pk, second.pk}
    assert "Әлия" in words_of(first).text  # it says whom it concerns


def test_an_institution_gets_what_is_told_to_a_child_that_it_represents() -> None:
    house = make_organisation(region("KZ-75"))
    own, guardian = child_account()
    representative = make_person(Role.REPRESENTATIVE, organisation=house)
    guardianship = Guardianship.objects.get(account=guardian)
    guardianship.ended_at = clock.now()
    guardianship.save()
    Guardianship.objects.create(
        child=own.child, organisation=house, kind=GuardianshipKind.INSTITUTION
    )
    assert make_message(own).account == representative


def test_a_child_whom_nobody_represents_gets_nothing_itself() -> None:
    own, _guardian = child_account()
    Guardianship.objects.update(ended_at=clock.now())
    assert tell(account=own, kind=NUDGE, key="1", context={}) is None
    assert not Message.objects.exists()


def test_the_day_somebody_is_eighteen_letters_come_to_the_person() -> None:
    own, guardian = child_account(born_on=date(2003, 5, 29))
    assert make_message(own).account == guardian
    with clock.at(datetime(2021, 5, 29, 6, tzinfo=UTC)):
        assert make_message(own, "two").account == own


# --- what a person wants ------------------------------------------------------------------------
def test_what_is_switched_off_is_not_written_and_what_is_mandatory_still_comes() -> None:
    person = make_account()
    choose(account=person, ways={kind_of(NUDGE): Way.OFF})
    assert tell(account=person, kind=NUDGE, key="1", context={}) is None
    with pytest.raises(CannotBeChosen):
        choose(account=person, ways={kind_of(INVITATION): Way.OFF})
    assert tell(account=person, kind=INVITATION, key="1", context={}) is not None


def test_a_letter_that_can_be_switched_off_says_how() -> None:
    person = make_account()
    assert words_of(make_message(person)).off_url
    assert words_of(make_message(person, "2", INVITATION)).off_url == ""


def test_a_room_below_tells_by_the_name_of_the_task(mailoutbox: list[Any]) -> None:
    from bala.kernel import queue

    person = make_account()
    asked: dict[str, Any] = {
        "account_id": person.pk,
        "kind": INVITATION,
        "key": "1",
        "context": '{"role": "x"}',
    }
    queue.defer("notify.tell", **asked)
    queue.defer("notify.tell", **asked)
    queue.defer("notify.tell", **{**asked, "account_id": 999_999_999})  # erased meanwhile
    run_jobs()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("letters", [1, 3])
def test_each_letter_costs_the_same_queries(letters: int, django_assert_num_queries: Any) -> None:
    person = make_account()
    with django_assert_num_queries(11 * letters):
        for number in range(letters):
            make_message(person, str(number))


def test_the_database_keeps_a_sent_letter_and_its_moment_together() -> None:
    message = make_message(make_account())
    with pytest.raises(IntegrityError):
        Message.objects.filter(pk=message.pk).update(state=MessageState.SENT)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_tell_it_once() -> None:
    person = make_account()

    def work(_number: int) -> str:
        told = tell(account=person, kind=NUDGE, key="1", context={"slug": "a", "iso": "KZ-75"})
        return str(told is not None)

    assert sorted(race(work, times=20)) == ["False"] * 19 + ["True"]
    assert Message.objects.count() == 1


def test_a_moment_of_yesterday_is_kept_as_written() -> None:
    yesterday = clock.now() - timedelta(days=1)
    with clock.at(yesterday):
        assert make_message(make_account()).written_at == yesterday

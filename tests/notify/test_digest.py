"""Whoever wants gets one letter a day: once, whatever dies, and never an empty one."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from bala.kernel import clock, queue
from bala.notify.actions import digests, sending
from bala.notify.actions.digests import write_digests
from bala.notify.actions.preferences import CannotBeChosen, choose
from bala.notify.enums import MessageState, Way
from bala.notify.models import Message, Preference
from bala.notify.queries.kinds import DIGEST, kind_of
from bala.notify.queries.words import switch_off_url, words_of
from bala.people.models import Account
from tests.jobs import run_jobs
from tests.notify.factories import INVITATION, NUDGE, make_address, make_message
from tests.notify.gateway import gateway
from tests.people.factories import make_account
from tests.programme.races import race

MORNING = datetime(2021, 5, 28, 3, tzinfo=UTC)  # nine o'clock in the capital
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.at(MORNING):
        yield


def daily_reader(language: str = "ru") -> Account:
    """Somebody who wants nudges once a day."""
    person = make_account(language=language)
    choose(account=person, ways={kind_of(NUDGE): Way.DIGEST})
    return person


def digest() -> Message:
    return Message.objects.get(kind=DIGEST)


@pytest.mark.django_db
def test_what_is_collected_goes_out_as_one_letter_a_day(mailoutbox: list[Any]) -> None:
    person = daily_reader()
    make_message(person, "one")
    make_message(person, "two", context={"region": {"ru": "Павлодарская область"}})
    run_jobs()
    assert mailoutbox == []
    assert write_digests() == 1
    assert write_digests() == 0
    run_jobs()
    (letter,) = mailoutbox
    assert letter.to == [person.email]
    assert letter.subject == "Bala, 28\xa0мая: 2 сообщения"
    assert letter.body.index("1. город Алматы") < letter.body.index("2. Павлодарская область")
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}
    assert set(Message.objects.values_list("sent_at", flat=True)) == {MORNING}
    make_message(person, "three")
    assert write_digests() == 0  # it has had today's
    with clock.at(MORNING + DAY):
        assert write_digests() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "written"), [(2, 1), (1, 0)])
def test_nothing_is_written_before_its_hour(hour: int, written: int) -> None:
    make_message(daily_reader())
    with clock.at(datetime(2021, 5, 29, hour, tzinfo=UTC)):  # the capital is six hours ahead
        assert write_digests() == written


@pytest.mark.django_db
def test_on_a_day_without_news_there_is_no_letter() -> None:
    daily_reader()
    assert write_digests() == 0
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_letter_whose_content_was_erased_meanwhile_is_not_sent(mailoutbox: list[Any]) -> None:
    make_message(daily_reader())
    write_digests()
    Message.objects.exclude(kind=DIGEST).delete()
    run_jobs()
    assert mailoutbox == []
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_days_over_which_the_clock_jumped_make_one_letter_for_the_day_it_stands_on(
    mailoutbox: list[Any],
) -> None:
    person = daily_reader()
    make_message(person)
    later = MORNING + 12 * DAY
    due = dict(queue.periodic_due(MORNING, later))["notify.round"]
    queue.run_periodic_at("notify.round", due)
    with clock.at(due):
        run_jobs()
    assert len(mailoutbox) == 1
    assert digest().key.endswith("2021-06-09")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject"),
    [("kk", "Bala, 28\xa0мамыр: 1 хабар"), ("en", "Bala, 28\xa0May: 1 message")],
)
def test_it_is_in_the_readers_language(language: str, subject: str) -> None:
    make_message(daily_reader(language))
    write_digests()
    words = words_of(digest())
    assert words.subject == subject
    assert "<h2>" in words.html
    assert words.html.count("<h1>") == 1
    assert len(words.short) < 300


@pytest.mark.django_db
def test_what_people_typed_is_no_html_in_it_either() -> None:
    make_message(daily_reader(), context={"campaign": "<b>& Ко</b>"})
    write_digests()
    words = words_of(digest())
    assert "<b>& Ко</b>" in words.text
    assert "&lt;b&gt;&amp; Ко" in words.html


@pytest.mark.django_db
def test_what_is_mandatory_is_never_collected() -> None:
    person = make_account()
    with pytest.raises(CannotBeChosen):
        choose(account=person, ways={kind_of(INVITATION): Way.DIGEST})
    Preference.objects.create(account=person, kind=INVITATION, way=Way.DIGEST)
    assert make_message(person, kind=INVITATION).state == MessageState.WAITING


@pytest.mark.django_db
def test_it_comes_on_the_way_that_was_chosen_for_it(settings: Any) -> None:
    person = daily_reader()
    make_address(person, Way.TELEGRAM)
    choose(account=person, ways={kind_of(DIGEST): Way.TELEGRAM})
    make_message(person)
    write_digests()
    with gateway() as server:
        settings.BALA_TELEGRAM_API, settings.BALA_TELEGRAM_TOKEN = server.url, "12:bot"
        assert sending.send(digest().pk)
        assert "город Алматы" in server.asked[0][1]["text"]


@pytest.mark.django_db
def test_one_click_ends_the_daily_letter_and_what_waited_for_it(client: Client) -> None:
    person = daily_reader()
    make_message(person)
    write_digests()
    make_message(person, "two")
    link = switch_off_url(person, kind_of(DIGEST)).split("8000", 1)[1]
    assert client.post(link).status_code == 200
    assert set(Preference.objects.values_list("way", flat=True)) == {Way.OFF}
    assert Message.objects.filter(key="one").exists()  # in today's letter, which is on its way
    assert not Message.objects.filter(key="two").exists()


@pytest.mark.django_db
def test_a_letter_that_failed_takes_what_it_holds_along_when_tried_again(
    mailoutbox: list[Any], settings: Any
) -> None:
    person = daily_reader()
    make_message(person)
    write_digests()
    Account.objects.filter(pk=person.pk).update(email="a\nb@example.kz")
    assert not sending.send(digest().pk)
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.FAILED}
    Account.objects.filter(pk=person.pk).update(email="ab@example.kz")
    assert sending.send_again(message=digest())
    assert sending.send(digest().pk)
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_what_stood_in_a_failed_letter_can_go_out_by_itself(mailoutbox: list[Any]) -> None:
    make_message(daily_reader())
    write_digests()
    Message.objects.update(state=MessageState.FAILED)
    one = Message.objects.get(key="one")
    assert sending.send_again(message=one)
    assert sending.send(one.pk)
    assert "город Алматы" in mailoutbox[0].subject
    assert not digest().collected.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("collected", [1, 3])
def test_what_it_holds_costs_no_further_queries(
    collected: int, django_assert_num_queries: Any
) -> None:
    person = daily_reader()
    for number in range(collected):
        make_message(person, str(number))
    with django_assert_num_queries(14):
        write_digests()
    message = digest()
    with django_assert_num_queries(2):
        words_of(message)


# --- once, whatever dies ------------------------------------------------------------------------
def _dies(*_args: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _writes_and_dies() -> None:
    digests.queue_sending = _dies  # type: ignore[attr-defined]
    write_digests()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_writing_leaves_all_of_it_for_the_next(
    mailoutbox: list[Any],
) -> None:
    person = daily_reader()
    make_message(person, "one")
    make_message(person, "two")
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=_writes_and_dies)
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert not Message.objects.filter(kind=DIGEST).exists()
    assert write_digests() == 1
    run_jobs()
    assert len(mailoutbox) == 1
    assert Message.objects.filter(state=MessageState.SENT).count() == 3


class StopsBeforeSending:
    """A mail back end in whose process the machine loses its power."""

    def __init__(self, **_options: Any) -> None:
        _dies()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_sending_neither_loses_nor_doubles_it(
    settings: Any, mailoutbox: list[Any]
) -> None:
    make_message(daily_reader())
    write_digests()
    message, backend = digest(), settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.notify.test_digest.StopsBeforeSending"
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=sending.send, args=(message.pk,))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    settings.EMAIL_BACKEND = backend
    assert Message.objects.get(key="one").state == MessageState.COLLECTED
    assert write_digests() == 0
    assert sending.send(message.pk)
    assert not sending.send(message.pk)
    assert len(mailoutbox) == 1
    assert Message.objects.get(key="one").state == MessageState.SENT


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_write_one_letter() -> None:
    make_message(daily_reader())

    def work(_number: int) -> str:
        with clock.at(MORNING):  # threads and processes start with a clock of their own
            return str(write_digests())

    assert sorted(race(work, times=12)) == ["0"] * 11 + ["1"]
    assert Message.objects.filter(kind=DIGEST).count() == 1

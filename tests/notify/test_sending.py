"""Letters go out once, whatever dies or refuses."""

import multiprocessing
import multiprocessing.process
import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from procrastinate import jobs as queue_jobs

from bala.kernel import clock
from bala.notify.actions import channels, sending
from bala.notify.actions.channels import TemporaryFailure
from bala.notify.actions.channels import base as channel_base
from bala.notify.actions.preferences import choose
from bala.notify.enums import MessageState, Way
from bala.notify.jobs import PatientRetry
from bala.notify.models import Address, Message
from bala.notify.queries.kinds import kind_of
from bala.people.models import Account
from tests.notify.factories import NUDGE, make_address, make_message
from tests.notify.gateway import Answer, Gateway, gateway
from tests.notify.smtp import _Server, mail_server
from tests.people.factories import make_account


@pytest.fixture
def post(settings: Any) -> Iterator[_Server]:
    """A mail server that Django's mail is set up for."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        yield server


@pytest.fixture
def gate(settings: Any) -> Iterator[Gateway]:
    """A gateway that Telegram and text messages are set up for."""
    with gateway() as server:
        settings.BALA_TELEGRAM_API = settings.BALA_SMS_URL = server.url
        settings.BALA_TELEGRAM_TOKEN, settings.BALA_SMS_TOKEN = "12:bot", "sms-token"
        yield server


def person_on(way: Way, value: str = "4711") -> Account:
    """Somebody who wants nudges that way."""
    person = make_account(language="ru")
    make_address(person, way, value)
    choose(account=person, ways={kind_of(NUDGE): way})
    return person


# --- e-mail -------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_letter_arrives_with_what_mail_programs_need(post: _Server) -> None:
    message = make_message(make_account(language="kk"))
    assert sending.send(message.pk)
    assert not sending.send(message.pk)
    (letter,) = post.taken
    assert letter["Message-ID"].startswith(f"<bala-{message.public_id}@")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip().startswith("<http")
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@pytest.mark.django_db
def test_an_address_that_is_refused_for_good_fails_and_can_be_tried_again(post: _Server) -> None:
    person = make_account()
    message = make_message(person)
    post.refuse[person.email] = "550 no such mailbox"
    assert not sending.send(message.pk)
    message.refresh_from_db()
    assert (message.state, "550" in message.error) == (MessageState.FAILED, True)
    post.refuse.clear()
    assert sending.send_again(message=message)
    assert not sending.send_again(message=message)
    assert sending.send(message.pk)
    assert len(post.taken) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["451 later", "away", "greeting"])
def test_a_server_that_is_away_is_asked_again_and_at_last_given_up(
    post: _Server, settings: Any, trouble: str
) -> None:
    person = make_account()
    message = make_message(person)
    if trouble == "away":
        settings.EMAIL_PORT = 1  # nobody listens there
    elif trouble == "greeting":
        post.greeting = "554 not now"
    else:
        post.refuse[person.email] = trouble
    for _attempt in range(sending.ATTEMPTS - 1):
        with pytest.raises(TemporaryFailure):
            sending.send(message.pk)
    message.refresh_from_db()
    assert message.state == MessageState.WAITING
    assert not sending.send(message.pk)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert post.taken == []


@pytest.mark.django_db
def test_a_letter_left_behind_is_queued_again_after_a_while() -> None:
    message = make_message(make_account())
    with clock.at(clock.now() + timedelta(minutes=10)):
        assert sending.send_stuck() == 0
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert sending.send_stuck() == 1
    sending.send(message.pk)
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert sending.send_stuck() == 0


# --- Telegram and text messages -----------------------------------------------------------------
@pytest.mark.django_db
def test_telegram_gets_the_whole_letter(gate: Gateway, mailoutbox: list[Any]) -> None:
    message = make_message(person_on(Way.TELEGRAM))
    assert sending.send(message.pk)
    ((path, body, _headers),) = gate.asked
    assert path == "/bot12:bot/sendMessage"
    assert body["chat_id"] == "4711"
    assert "город Алматы" in body["text"]
    assert mailoutbox == []


@pytest.mark.django_db
def test_a_text_message_is_short_and_has_the_link(gate: Gateway) -> None:
    message = make_message(person_on(Way.SMS, "+77011234567"))
    assert sending.send(message.pk)
    ((_path, body, headers),) = gate.asked
    assert headers["Authorization"] == "Bearer sms-token"
    assert body["to"] == "+77011234567"
    assert body["id"] == f"bala-{message.public_id}"
    assert len(body["text"]) < 200
    assert "http" in body["text"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (Answer(429, {"ok": False, "parameters": {"retry_after": 17}}), 18),
        (Answer(429, headers={"Retry-After": "30"}), 31),
        (Answer(429, headers={"Retry-After": "99999999"}), 3601),
        (Answer(503), 11),
    ],
)
def test_a_gateway_that_is_busy_is_asked_when_it_wants_to_be(
    gate: Gateway, answer: Answer, wait: int
) -> None:
    message = make_message(person_on(Way.TELEGRAM))
    gate.answers = [answer]
    with pytest.raises(TemporaryFailure) as failure:
        sending.send(message.pk)
    job = queue_jobs.Job(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="notify.send", attempts=0
    )
    decision = PatientRetry().get_retry_decision(exception=failure.value, job=job)
    assert decision is not None
    assert decision.retry_at is not None
    from datetime import UTC, datetime

    assert wait - 3 < (decision.retry_at - datetime.now(UTC)).total_seconds() <= wait
    assert sending.send(message.pk)  # next time it is taken


@pytest.mark.django_db
def test_a_fault_of_ours_is_not_tried_again() -> None:
    job = queue_jobs.Job(
        id=1, queue="default", lock=None, queueing_lock=None, task_name="notify.send"
    )
    assert PatientRetry().get_retry_decision(exception=KeyError("x"), job=job) is None


@pytest.mark.django_db
def test_a_chat_that_blocked_the_bot_falls_back_to_e_mail_from_then_on(
    gate: Gateway, mailoutbox: list[Any]
) -> None:
    person = person_on(Way.TELEGRAM)
    gate.answers = [Answer(403, {"ok": False, "description": "bot was blocked by the user"})]
    assert sending.send(make_message(person).pk)
    assert sending.send(make_message(person, "two").pk)
    assert len(gate.asked) == 1
    assert len(mailoutbox) == 2
    assert Address.objects.get().broken_at is not None
    assert set(Message.objects.values_list("way", flat=True)) == {Way.EMAIL}


@pytest.mark.django_db
def test_a_gateway_that_never_answers_counts_as_away_and_then_e_mail_is_used(
    gate: Gateway, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    monkeypatch.setattr(channel_base, "TIMEOUT", 0.2)
    message = make_message(person_on(Way.SMS))
    gate.answers = [Answer(silent=True)] * sending.ATTEMPTS
    for _attempt in range(sending.ATTEMPTS - 1):
        with pytest.raises(TemporaryFailure, match="ReadTimeout"):
            sending.send(message.pk)
    assert not sending.send(message.pk)  # now it is queued by e-mail
    assert sending.send(message.pk)
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_a_gateways_token_stands_in_no_error(gate: Gateway, settings: Any) -> None:
    settings.BALA_TELEGRAM_API = "http://127.0.0.1:1"  # nobody listens there
    message = make_message(person_on(Way.TELEGRAM))
    with pytest.raises(TemporaryFailure) as failure:
        sending.send(message.pk)
    assert "12:bot" not in str(failure.value)
    assert failure.value.__cause__ is None
    message.refresh_from_db()
    assert "12:bot" not in message.error


@pytest.mark.django_db
def test_without_a_gateway_letters_go_by_e_mail(settings: Any, mailoutbox: list[Any]) -> None:
    settings.BALA_TELEGRAM_TOKEN = ""
    assert sending.send(make_message(person_on(Way.TELEGRAM)).pk)
    assert len(mailoutbox) == 1


def test_every_way_that_carries_has_a_channel() -> None:
    assert channels.channel_for(Way.EMAIL) is not channels.channel_for(Way.SMS)
    with pytest.raises(KeyError):
        channels.channel_for(Way.DIGEST)


# --- a worker is killed -------------------------------------------------------------------------
def _in_a_process(message_id: int) -> multiprocessing.process.BaseProcess:
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=sending.send, args=(message_id,))
    process.start()
    return process


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_the_hand_over_loses_nothing_and_doubles_nothing(
    post: _Server, settings: Any
) -> None:
    message = make_message(make_account())
    settings.EMAIL_BACKEND = "tests.notify.test_sending.StopsBeforeSending"
    process = _in_a_process(message.pk)
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    message.refresh_from_db()
    assert message.state == MessageState.WAITING
    assert sending.send(message.pk)
    assert not sending.send(message.pk)
    assert len(post.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_sends_no_other_does_and_the_one_edge_is_known_by_its_id(
    post: _Server,
) -> None:
    """Killed between the server's taking and our mark, a letter goes out twice: SMTP has no other
    way. Both bear one Message-ID, which is what mail programs drop doubles by."""
    message = make_message(make_account())
    post.may_confirm.clear()
    process = _in_a_process(message.pk)
    assert post.after_taking.wait(30)
    assert not sending.send(message.pk)  # the first worker holds the row
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(30)
    post.may_confirm.set()
    assert sending.send(message.pk)
    assert len({letter["Message-ID"] for letter in post.taken}) == 1
    assert len(post.taken) == 2


class StopsBeforeSending:
    """A mail back end in whose process the machine loses its power."""

    def __init__(self, **_options: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

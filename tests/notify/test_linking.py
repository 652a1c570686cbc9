"""A chat or telephone counts once its owner has shown to hold it, and never for a child."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from bala.kernel import clock
from bala.kernel.limits import TooOften
from bala.notify.actions import linking, sending
from bala.notify.actions.bot import take_update
from bala.notify.actions.linking import CannotBeLinked, WrongCode
from bala.notify.actions.preferences import choose
from bala.notify.enums import MessageState, Way
from bala.notify.models import Address, Message, Preference
from bala.notify.queries.addresses import read_phone
from bala.notify.queries.kinds import PHONE_CODE, kind_of
from bala.notify.queries.words import words_of
from bala.people.enums import ConsentPurpose
from bala.people.models import Account
from tests.jobs import run_jobs
from tests.notify.factories import NUDGE, make_address, make_message
from tests.notify.gateway import Answer, Gateway, gateway
from tests.people.factories import make_account, make_child, make_consents
from tests.programme.races import race

NUMBER = "+77011234567"


@pytest.fixture
def gate(settings: Any) -> Iterator[Gateway]:
    """A gateway that Telegram and text messages are set up for."""
    with gateway() as server:
        settings.BALA_TELEGRAM_API = settings.BALA_SMS_URL = server.url
        settings.BALA_TELEGRAM_TOKEN, settings.BALA_TELEGRAM_BOT = "12:bot", "bala_bot"
        settings.BALA_TELEGRAM_SECRET = "shown-by-telegram"
        settings.BALA_SMS_TOKEN = "sms-token"
        yield server


RUSSIAN = {"id": 1, "language_code": "ru"}


def said(text: str, chat: int = 4711, number: int = 1, writer: Any = RUSSIAN) -> dict[str, Any]:
    """An update of the Bot API: somebody writes to the bot."""
    return {
        "update_id": number,
        "message": {
            "text": text,
            "chat": {"id": chat, "type": "private"},
            "from": writer,
        },
    }


def call_hook(update: Any, secret: str = "shown-by-telegram") -> Any:  # noqa: S107
    return Client(enforce_csrf_checks=True).post(
        "/hooks/telegram/",
        json.dumps(update),
        content_type="application/json",
        headers={"X-Telegram-Bot-Api-Secret-Token": secret},
    )


def code_sent_to(person: Account) -> str:
    message = Message.objects.filter(account=person, kind=PHONE_CODE).order_by("-pk")[0]
    return str(message.given["code"])


# --- Telegram -----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_person_links_a_chat_by_the_link_of_the_page(client: Client, gate: Gateway) -> None:
    person = make_account(language="kk")
    client.force_login(person)
    page = client.get("/ru/console/me/letters/").content.decode()
    assert "/ru/letters/telegram/" in page
    assert client.post("/ru/letters/telegram/").status_code == 302
    shown = client.get("/ru/letters/telegram/").content.decode()
    found = re.search(r"https://t\.me/bala_bot\?start=([\w-]{16,64})", shown)
    assert found
    assert "<svg" in shown
    answer = call_hook(said(f"/start {found.group(1)}")).json()
    assert answer["method"] == "sendMessage"
    assert answer["chat_id"] == "4711"
    assert "қосылды" in answer["text"]  # in the person's language, not Telegram's
    assert found.group(1) not in client.get("/ru/letters/telegram/").content.decode()
    choice = client.get("/ru/console/me/letters/").context["form"].fields["returns-nudge"].choices
    assert (Way.TELEGRAM, Way.TELEGRAM.label) in choice
    choose(account=person, ways={kind_of(NUDGE): Way.TELEGRAM})
    assert sending.send(make_message(person).pk)
    assert gate.asked[0][1]["chat_id"] == "4711"


@pytest.mark.django_db
def test_telegram_repeating_itself_changes_nothing_and_nobody_else_can_use_the_code() -> None:
    person = make_account()
    code = linking.start_telegram(account=person)
    assert linking.take_start(code=code, chat="4711") == person
    assert linking.take_start(code=code, chat="4711") == person
    assert linking.take_start(code=code, chat="666") is None
    assert Address.objects.get().value == "4711"


@pytest.mark.django_db
def test_a_code_is_good_for_a_quarter_of_an_hour_and_the_last_one_alone() -> None:
    person = make_account()
    first = linking.start_telegram(account=person)
    second = linking.start_telegram(account=person)
    assert linking.take_start(code=first, chat="1") is None
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert linking.take_start(code=second, chat="1") is None
    assert linking.take_start(code=second, chat="1") == person
    with pytest.raises(CannotBeLinked):
        linking.start_telegram(account=person)


@pytest.mark.django_db
def test_codes_and_chats_cannot_be_read_in_the_database() -> None:
    from django.db import connection

    code = linking.start_telegram(account=make_account())
    linking.take_start(code=code, chat="4711")
    with connection.cursor() as cursor:
        cursor.execute("SELECT notify_address::text FROM notify_address")
        (row,) = cursor.fetchone()
    assert code not in row
    assert "4711" not in row


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["", "guessed"])
def test_only_telegram_itself_is_listened_to(gate: Gateway, secret: str) -> None:
    code = linking.start_telegram(account=make_account())
    assert call_hook(said(f"/start {code}"), secret).status_code == 403
    assert Address.objects.get().confirmed_at is None


@pytest.mark.django_db
def test_without_a_secret_nobody_is_listened_to(gate: Gateway, settings: Any) -> None:
    settings.BALA_TELEGRAM_SECRET = ""
    assert call_hook(said("/stop"), "").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        7,
        {},
        {"message": None},
        {"message": {"chat": "x", "text": "/stop"}},
        {"message": {"chat": {"id": True, "type": "private"}, "text": "/stop"}},
        said("/start x", chat=-100) | {"message": {"chat": {"id": -100, "type": "group"}}},
        {"message": {"chat": {"id": 1, "type": "private"}, "photo": []}},
        {"my_chat_member": {"chat": {"id": 1}, "new_chat_member": 3}},
    ],
)
def test_what_is_not_understood_is_left_alone(gate: Gateway, update: Any) -> None:
    answer = call_hook(update)
    assert answer.status_code == 200
    assert answer.json() == {}


@pytest.mark.django_db
def test_what_is_no_json_is_refused(gate: Gateway) -> None:
    answer = Client().post(
        "/hooks/telegram/",
        "{",
        content_type="application/json",
        headers={"X-Telegram-Bot-Api-Secret-Token": "shown-by-telegram"},
    )
    assert answer.status_code == 400


@pytest.mark.django_db
def test_the_bot_says_what_it_is_for_in_the_writers_language_and_not_for_ever() -> None:
    russian, other = take_update(said("привет")), take_update(said("hi", chat=2, writer=None))
    assert russian is not None
    assert "Я приношу письма" in russian.text
    assert other is not None
    assert "жеткіземін" in other.text
    answered = [take_update(said("привет")) for _time in range(40)]
    assert answered[-1] is None
    assert take_update(said("привет", chat=3)) is not None


@pytest.mark.django_db
def test_stop_unlinks_the_chat_from_everybody_who_shares_it() -> None:
    people = [make_account(), make_account()]
    for person in people:
        linking.take_start(code=linking.start_telegram(account=person), chat="4711")
        choose(account=person, ways={kind_of(NUDGE): Way.TELEGRAM})
    other = make_address(make_account(), Way.TELEGRAM, "4712")
    assert take_update(said("/stop")) is not None
    assert list(Address.objects.all()) == [other]
    assert set(Preference.objects.values_list("way", flat=True)) == {Way.EMAIL}


@pytest.mark.django_db
def test_who_blocks_the_bot_gets_e_mail_at_once(gate: Gateway, mailoutbox: list[Any]) -> None:
    person = make_account()
    linking.take_start(code=linking.start_telegram(account=person), chat="4711")
    choose(account=person, ways={kind_of(NUDGE): Way.TELEGRAM})
    chat = {"id": 4711, "type": "private"}
    take_update({"my_chat_member": {"chat": chat, "new_chat_member": {"status": "kicked"}}})
    assert sending.send(make_message(person).pk)
    assert gate.asked == []
    assert len(mailoutbox) == 1
    assert linking.start_telegram(account=person)  # and it can be linked again


@pytest.mark.django_db
def test_a_chat_serves_a_family_and_not_a_school() -> None:
    for number in range(7):
        code = linking.start_telegram(account=make_account())
        linked = linking.take_start(code=code, chat="4711")
        assert (linked is not None) == (number < linking.PEOPLE_ON_ONE)


@pytest.mark.django_db
def test_links_are_not_made_without_end() -> None:
    person = make_account()
    for _time in range(20):
        linking.start_telegram(account=person)
    with pytest.raises(TooOften):
        linking.start_telegram(account=person)


# --- standard A4: nobody can send a child a message ---------------------------------------------
@pytest.mark.django_db
def test_nothing_can_be_linked_to_a_childs_account(client: Client, gate: Gateway) -> None:
    own = make_account()
    code = linking.start_telegram(account=own)
    make_consents(make_child(make_account(), account=own), ConsentPurpose.TAKE_PART)
    assert linking.take_start(code=code, chat="4711") is None
    client.force_login(own)
    for address in ("telegram", "phone"):
        assert client.get(f"/ru/letters/{address}/").status_code == 403
        assert client.post(f"/ru/letters/{address}/", {"number": NUMBER}).status_code == 403
    assert gate.asked == []


# --- asking Telegram instead --------------------------------------------------------------------
@pytest.mark.django_db
def test_asking_telegram_links_answers_and_says_up_to_where_it_has_read(gate: Gateway) -> None:
    person = make_account()
    code = linking.start_telegram(account=person)
    news = [said("x", chat=9, number=41), said(f"/start {code}", number=42)]
    gate.answers = [
        Answer(body={"ok": True, "result": news}),
        Answer(403, {"ok": False}),  # the first cannot be answered: the others still are
        Answer(),
        Answer(body={"ok": True, "result": []}),
    ]
    call_command("telegram_poll", "--once")
    assert [path.rsplit("/", 1)[1] for path, _body, _headers in gate.asked] == [
        "getUpdates",
        "sendMessage",
        "sendMessage",
        "getUpdates",
    ]
    assert [gate.asked[0][1]["offset"], gate.asked[3][1]["offset"]] == [1, 43]
    assert Address.objects.get().value == "4711"


@pytest.mark.django_db
def test_a_webhook_that_is_set_stops_the_asking_with_a_reason(gate: Gateway) -> None:
    gate.answers = [Answer(409, {"ok": False, "description": "webhook is active"})]
    with pytest.raises(CommandError, match="webhook is active"):
        call_command("telegram_poll", "--once")


def test_without_a_bot_there_is_nothing_to_ask(settings: Any) -> None:
    settings.BALA_TELEGRAM_TOKEN = ""
    with pytest.raises(CommandError, match="BALA_TELEGRAM_TOKEN"):
        call_command("telegram_poll")


@pytest.mark.django_db
def test_telegram_is_told_where_to_bring_news_with_the_secret(gate: Gateway) -> None:
    said_out = StringIO()
    call_command("telegram_hook", stdout=said_out)
    ((path, body, _headers),) = gate.asked
    assert path.endswith("/setWebhook")
    assert body["url"].endswith("/hooks/telegram/")
    assert body["secret_token"] == "shown-by-telegram"
    assert "/hooks/telegram/" in said_out.getvalue()


# --- telephones ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8 (701) 123-45-67", NUMBER),
        ("+7 701 123 45 67", NUMBER),
        ("7011234567", NUMBER),
        ("+7 727 250 00 00", None),  # a landline
        ("+7 916 123 45 67", None),  # another country
        ("123", None),
        ("", None),
        ("٧٠١", None),
        ("8" * 200, None),
    ],
)
def test_telephones_are_read_as_people_write_them(typed: str, read: str | None) -> None:
    assert read_phone(typed) == read


@pytest.mark.django_db
def test_a_person_confirms_a_telephone_by_the_code_that_came_there(
    client: Client, gate: Gateway
) -> None:
    person = make_account(language="ru")
    client.force_login(person)
    wrong = client.post("/ru/letters/phone/?family=1", {"number": "8 727 250 00 00"})
    assert wrong.status_code == 422
    assert 'value="8 727 250 00 00"' in wrong.content.decode()
    assert (
        client.post("/ru/letters/phone/?family=1", {"number": "8 701 123 45 67"}).status_code == 302
    )
    run_jobs()
    ((_path, body, _headers),) = gate.asked
    assert body["to"] == NUMBER
    assert code_sent_to(person) in body["text"]
    assert "http" not in body["text"]
    page = client.get("/ru/letters/phone/?family=1").content.decode()
    assert "+7 701 123 4567" in page
    bad = "000000" if code_sent_to(person) != "000000" else "000001"
    assert client.post("/ru/letters/phone/?family=1", {"code": bad}).status_code == 422
    code = code_sent_to(person)
    typed = f" {code[:3]} {code[3:]}"
    kept = client.post("/ru/letters/phone/?family=1", {"code": typed})
    assert kept.headers["Location"] == "/ru/family/letters/"
    assert Address.objects.get().is_linked
    left = client.post("/ru/letters/forget/sms/?family=1")
    assert left.headers["Location"] == "/ru/family/letters/"
    assert not Address.objects.exists()


@pytest.mark.django_db
def test_a_code_is_guessed_at_five_times_at_most() -> None:
    person = make_account()
    linking.start_phone(account=person, number=NUMBER, visitor="a")
    right = code_sent_to(person)
    for _time in range(linking.TRIES):
        with pytest.raises(WrongCode):
            linking.confirm_phone(account=person, code="no")
    with pytest.raises(WrongCode, match=r"new one|жаңа|нов"):
        linking.confirm_phone(account=person, code=right)
    assert not Address.objects.filter(confirmed_at__isnull=False).exists()


@pytest.mark.django_db
def test_a_code_of_another_person_or_of_yesterday_is_of_no_use() -> None:
    person, other = make_account(), make_account()
    linking.start_phone(account=person, number=NUMBER, visitor="a")
    with pytest.raises(WrongCode):
        linking.confirm_phone(account=other, code=code_sent_to(person))
    with clock.at(clock.now() + timedelta(minutes=16)), pytest.raises(WrongCode):
        linking.confirm_phone(account=person, code=code_sent_to(person))


@pytest.mark.django_db
def test_a_strangers_telephone_is_not_made_to_ring() -> None:
    for _time in range(3):
        linking.start_phone(account=make_account(), number=NUMBER, visitor=str(_time))
    with pytest.raises(TooOften):
        linking.start_phone(account=make_account(), number=NUMBER, visitor="other")
    assert Message.objects.filter(kind=PHONE_CODE).count() == 3


@pytest.mark.django_db
def test_a_code_never_goes_by_e_mail_and_its_page_says_that_the_number_is_wrong(
    client: Client, gate: Gateway, mailoutbox: list[Any]
) -> None:
    person = make_account(language="ru")
    linking.start_phone(account=person, number=NUMBER, visitor="a")
    gate.answers = [Answer(400, {"error": "no such number"})]
    run_jobs()
    assert Message.objects.get().state == MessageState.FAILED
    assert mailoutbox == []
    client.force_login(person)
    assert "не удалось доставить" in client.get("/ru/letters/phone/").content.decode()


@pytest.mark.django_db
def test_a_code_does_not_go_to_a_number_that_took_the_firsts_place(gate: Gateway) -> None:
    person = make_account()
    linking.start_phone(account=person, number=NUMBER, visitor="a")
    linking.start_phone(account=person, number="+77017654321", visitor="a")
    first, second = Message.objects.order_by("pk")
    assert not sending.send(first.pk)
    assert sending.send(second.pk)
    assert [body["to"] for _path, body, _headers in gate.asked] == ["+77017654321"]


@pytest.mark.django_db
def test_a_code_that_waited_too_long_for_the_gateway_is_not_sent(gate: Gateway) -> None:
    linking.start_phone(account=make_account(), number=NUMBER, visitor="a")
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert not sending.send(Message.objects.get().pk)
    assert gate.asked == []
    assert Message.objects.get().state == MessageState.FAILED


@pytest.mark.django_db
def test_the_words_of_a_code_tell_nobody_else_to_know_it() -> None:
    person = make_account(language="kk")
    linking.start_phone(account=person, number=NUMBER, visitor="a")
    words = words_of(Message.objects.get())
    assert code_sent_to(person) in words.short
    assert words.off_url == ""


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_all_counted() -> None:
    person = make_account()
    linking.start_phone(account=person, number=NUMBER, visitor="a")

    def work(_number: int) -> str:
        linking.confirm_phone(account=person, code="no")
        return "linked"

    now = clock.now()

    def at_once(number: int) -> str:
        with clock.at(now):
            return work(number)

    assert set(race(at_once, times=12)) == {"WrongCode"}
    assert Address.objects.get().tries == linking.TRIES


# --- without gateways ---------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_is_not_set_up_is_not_offered(client: Client) -> None:
    person = make_account()
    client.force_login(person)
    page = client.get("/ru/console/me/letters/").content.decode()
    assert "/letters/telegram/" not in page
    assert "/letters/phone/" not in page
    assert client.get("/ru/letters/phone/").status_code == 404


@pytest.mark.django_db
def test_the_demonstrations_gateways_write_to_the_console(settings: Any, capsys: Any) -> None:
    settings.BALA_SMS_URL = "console:"
    person = make_account(language="ru")
    linking.start_phone(account=person, number=NUMBER, visitor="a")
    run_jobs()
    assert NUMBER in capsys.readouterr().out
    assert Message.objects.get().state == MessageState.SENT

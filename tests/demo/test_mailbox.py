"""In the demonstration every letter can be read, and its links followed; nowhere else."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client

from bala.demo.actions.mailbox import KEPT, keep
from bala.demo.models import Post
from bala.notify.actions.linking import start_phone
from bala.notify.models import Address, Message
from tests.jobs import run_jobs
from tests.people.factories import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.BALA_DEMO = True
    settings.EMAIL_BACKEND = "bala.demo.actions.mailbox.Backend"
    settings.CONSOLE_GATEWAY = "bala.demo.actions.mailbox.keep_call"
    settings.BALA_TELEGRAM_API = settings.BALA_SMS_URL = settings.BALA_TELEGRAM_TOKEN = "console:"
    settings.BALA_TELEGRAM_BOT = "bala_bot"
    settings.BALA_TELEGRAM_LINK = "http://testserver/demo/telegram"


def test_a_visitor_confirms_a_new_account_by_the_letter_in_the_browser(client: Client) -> None:
    send_mail("Растау", "http://127.0.0.1:8000/kk/accounts/confirm-email/x/", None, ["a@kz.kz"])
    page = client.get("/kk/demo/letters/?to=a@kz").content.decode()
    (address,) = re.findall(r'href="(/kk/demo/letters/\w+/)"', page)
    letter = client.get(address).content.decode()
    assert 'href="http://127.0.0.1:8000/kk/accounts/confirm-email/x/"' in letter


def test_a_letter_is_shown_as_in_a_mailbox_but_can_run_nothing(client: Client) -> None:
    post = EmailMultiAlternatives("Сәлем", "text", None, ["a@kz.kz"])
    post.attach_alternative("<html><head></head><script>x()</script></html>", "text/html")
    post.send()
    kept = Post.objects.get()
    page = client.get(f"/ru/demo/letters/{kept.public_id}/").content.decode()
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page
    assert "&lt;script&gt;x()" in page
    assert "<script>x()" not in page
    assert "target=&quot;_top&quot;" in page


def test_the_newest_stand_first_and_an_address_narrows(client: Client) -> None:
    for number in range(45):
        keep(way="email", to=f"{number % 2}@kz.kz", text="x", subject=f"letter {number}")
    page = client.get("/ru/demo/letters/").context["page"]
    assert page.rows[0].subject == "letter 44"
    assert len(page) == 40
    assert page.next_cursor
    narrow = client.get("/ru/demo/letters/?to=0@kz").context["page"]
    assert {post.to for post in narrow} == {"0@kz.kz"}
    assert "Писем не найдено" in client.get("/ru/demo/letters/?to=none").content.decode()


def test_old_ones_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    assert KEPT > 1000
    monkeypatch.setattr("bala.demo.actions.mailbox.KEPT", 2)
    for number in range(4):
        keep(way="sms", to="1", text=str(number))
    assert list(Post.objects.order_by("pk").values_list("text", flat=True)) == ["2", "3"]


def test_the_code_for_a_telephone_stands_there(client: Client) -> None:
    person = make_account(language="ru")
    start_phone(account=person, number="+77011234567", visitor="a")
    run_jobs()
    code = Message.objects.get().given["code"]
    assert code in client.get("/ru/demo/letters/?to=77011234567").content.decode()


def test_telegram_is_played_in_the_browser(client: Client) -> None:
    person = make_account(language="ru")
    client.force_login(person)
    client.post("/ru/letters/telegram/")
    page = client.get("/ru/letters/telegram/").content.decode()
    link = re.search(r'href="http://testserver(/demo/telegram/bala_bot\?start=[\w-]+)"', page)
    assert link
    chat = client.get(link.group(1), follow=True)  # to the page in the reader's language
    code = re.search(r'value="(/start [\w-]+)"', chat.content.decode())
    assert code
    said = client.post("/ru/demo/telegram/bala_bot/", {"text": code.group(1)}, follow=True)
    assert "Этот чат подключён" in said.content.decode()
    assert Address.objects.get().is_linked
    stopped = client.post("/ru/demo/telegram/bala_bot/", {"text": "/stop"}, follow=True)
    assert "отключён" in stopped.content.decode()
    assert not Address.objects.exists()


def test_each_visitor_has_an_own_chat(client: Client) -> None:
    client.post("/ru/demo/telegram/bala_bot/", {"text": "/stop"})
    assert len(client.get("/ru/demo/telegram/bala_bot/").context["posts"]) == 1
    assert not Client().get("/ru/demo/telegram/bala_bot/").context["posts"]


@pytest.mark.parametrize(
    "address", ["letters/", "letters/abc/", "telegram/bala_bot/", "telegram/bala_bot/?start=x"]
)
def test_outside_of_a_demonstration_nothing_of_it_is_there(
    client: Client, settings: Any, address: str
) -> None:
    settings.BALA_DEMO = False
    assert client.get(f"/ru/demo/{address}").status_code == 404
    assert client.post("/ru/demo/telegram/bala_bot/", {"text": "/stop"}).status_code == 404

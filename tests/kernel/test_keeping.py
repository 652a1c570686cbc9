"""What is kept for the public, for how long, and what ends it at once."""

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bala.kernel import clock, keeping
from bala.kernel.keeping import answering, kept, take_back_all
from bala.kernel.public_pages import KeptPagesMiddleware, people_page, public_page
from bala.programme.models import Campaign
from tests.programme.factories import make_plan_item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep(settings: Any) -> Iterator[None]:
    settings.BALA_FRESH_SECONDS = 30
    yield
    caches["pages"].clear()
    keeping.forget_values()


def home(client: Client, **headers: str) -> Any:
    return client.get(reverse("pages:home"), headers=headers)


def text(client: Client) -> str:
    return str(home(client).content.decode())


def retitle(words: str) -> None:
    Campaign.objects.update(title_kk=words, title_ru=words)


def test_the_second_visitor_gets_the_kept_page_for_one_question_to_the_database(
    client: Client,
) -> None:
    make_plan_item()
    first = home(client)
    retitle("Другое имя")
    with CaptureQueriesContext(connection) as queries:
        second = home(client)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers) | {"Cache-Control": second["Cache-Control"]}
    assert len(queries) == 1


def test_a_change_shows_when_the_time_is_over(client: Client, monkeypatch: Any) -> None:
    make_plan_item()
    text(client)
    retitle("Другое имя")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 29)
    assert "Другое имя" not in text(client)
    monkeypatch.setattr(time, "time", lambda: real() + 31)
    assert "Другое имя" in text(client)


def test_what_is_taken_down_is_gone_with_the_transaction_and_not_before(client: Client) -> None:
    make_plan_item()
    text(client)
    try:
        with transaction.atomic():
            retitle("Никогда")
            take_back_all()
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert "Никогда" not in text(client)
    with transaction.atomic():
        retitle("Другое имя")
        take_back_all()
    assert "Другое имя" in text(client)


def test_visitors_share_a_page_only_where_they_chose_the_same(client: Client) -> None:
    make_plan_item()
    plain = home(client).content
    client.cookies["theme"] = "dark"
    dark = home(client).content
    assert dark != plain
    client.cookies["region"] = "KZ-75"
    assert home(client).content not in (plain, dark)
    client.cookies["theme"] = "x" * 50
    home(client)
    del client.cookies["theme"], client.cookies["region"]
    assert home(client).content == plain


def test_whoever_is_signed_in_gets_a_page_of_the_moment_that_no_cache_may_keep(
    client: Client, admin_client: Client
) -> None:
    make_plan_item()
    text(client)
    retitle("Другое имя")
    answer = home(admin_client)
    assert answer["Cache-Control"] == "private, no-cache"
    retitle("Третье имя")
    take_back_all()
    assert "Третье имя" in text(admin_client)
    retitle("Четвёртое имя")
    assert "Третье имя" in text(client)  # nothing of the signed-in page was kept for others


def test_another_host_or_query_is_another_page(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "bala.example"]
    make_plan_item()
    home(client)
    assert b"bala.example" in home(client, host="bala.example").content
    address = reverse("pages:search")
    assert client.get(f"{address}?q=а").content != client.get(f"{address}?q=б").content


def test_the_next_day_is_another_page(client: Client) -> None:
    make_plan_item()
    text(client)
    retitle("Другое имя")
    with clock.at(datetime(2021, 5, 30, 4, tzinfo=UTC)):
        assert "Другое имя" in text(client)


def test_a_page_stands_no_longer_than_the_oldest_thing_it_was_made_of(
    client: Client, monkeypatch: Any
) -> None:
    make_plan_item()
    text(client)  # the counts are kept from now on
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 10)
    answer = client.get(reverse("pages:regions", args=[Campaign.objects.get().slug]))
    left = int(answer["Cache-Control"].partition("max-age=")[2])
    assert 0 < left <= 20


def test_a_page_is_packed_for_whoever_can_unpack_and_named_so_that_it_travels_once(
    client: Client,
) -> None:
    make_plan_item()
    plain = home(client)
    packed = home(client, accept_encoding="gzip, br")
    again = home(client, accept_encoding="gzip, br")
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain
    assert packed.content == again.content
    assert plain["ETag"] != packed["ETag"]
    known = home(client, accept_encoding="gzip, br", if_none_match=packed["ETag"])
    assert known.status_code == 304
    assert not known.content


def test_an_error_is_not_kept(client: Client) -> None:
    item = make_plan_item()
    address = reverse("pages:day", args=[item.campaign.slug, "2021-05-29"])
    Campaign.objects.update(status="draft")
    assert client.get(address).status_code == 404
    Campaign.objects.update(status="published")
    assert client.get(address).status_code == 200


@public_page
def with_cookie(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse("mine")
    response.set_cookie("sessionid", "secret")
    return response


@people_page
def gallery(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"pictures, {clock.now()}")


def through(view: Any, **headers: str) -> HttpResponse:
    return KeptPagesMiddleware(view)(RequestFactory().get("/x/", headers=headers))


def test_a_page_that_sets_a_cookie_is_kept_for_nobody_else() -> None:
    through(with_cookie)
    later = through(gallery)
    assert later.content.startswith(b"pictures")


def test_caches_in_front_must_ask_for_pages_of_peoples_works_each_time() -> None:
    first = through(gallery)
    assert first["Cache-Control"] == "public, no-cache"
    with clock.at(clock.now() + timedelta(hours=1)):
        assert through(gallery, if_none_match=first["ETag"]).status_code == 304
        take_back_all()
        assert through(gallery, if_none_match=first["ETag"]).status_code == 200


def test_a_value_is_made_once_for_a_language_and_only_while_a_request_is_answered() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert (kept("x", make), kept("x", make)) == (1, 2)
    with answering():
        assert (kept("x", make), kept("x", make)) == (3, 3)
    with answering():
        assert kept("x", make) == 3
    take_back_all()
    with answering():
        assert kept("x", make) == 4


def test_the_memory_of_values_has_an_end() -> None:
    with answering():
        for number in range(keeping.MOST_VALUES + 50):
            kept(f"value {number}", lambda: "x")
    assert keeping.values_kept() == keeping.MOST_VALUES

"""Forms that anybody may send: work, patience, and how often."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bala.kernel import clock, proof
from tests.conftest import CAMPAIGN_DAY
from tests.kernel.guarded import ALLOWANCE

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kernel.guarded")]


@pytest.fixture(autouse=True)
def _templates(settings: Any) -> None:
    templates = [dict(engine) for engine in settings.TEMPLATES]
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def opened(client: Client) -> str:
    """The mark of time in a form that was opened at the campaign day's ten o'clock."""
    return opened_mark(client)


def opened_mark(client: Client) -> str:
    form = client.get("/word/").context["form"]
    html = str(form["proof"])
    return html.partition('name="proof_opened" value="')[2].partition('"')[0]


@pytest.fixture
def client() -> Client:
    """A visitor who reads Russian."""
    return Client(headers={"Accept-Language": "ru"})


def send(client: Client, opened: str, after: float = 10, **more: str) -> Any:
    """Send the form so many seconds after it was opened."""
    with clock.at(CAMPAIGN_DAY + timedelta(seconds=after)):
        return client.post("/word/", {"word": "бала", "proof_opened": opened, **more})


def solved(client: Client, after: float = 0) -> str:
    with clock.at(CAMPAIGN_DAY + timedelta(seconds=after)):
        return proof.solve(client.get("/proof/").json())


def test_a_form_with_its_proof_is_taken_at_once(client: Client, opened: str) -> None:
    assert "taken: бала" in send(client, opened, after=1, proof=solved(client)).content.decode()


def test_a_proof_is_good_for_one_form(client: Client, opened: str) -> None:
    done = solved(client)
    assert send(client, opened, proof=done).status_code == 200
    again = send(client, opened, proof=done)
    assert again.status_code == 422
    assert "Отправьте ещё раз" in again.content.decode()


def test_a_slip_of_the_pen_costs_no_proof(client: Client, opened: str) -> None:
    done = solved(client)
    assert send(client, opened, word="слишком длинно", proof=done).status_code == 422
    assert send(client, opened, proof=done).status_code == 200


def test_a_proof_grows_old(client: Client) -> None:
    done = solved(client)
    late = proof.VALID.total_seconds() + 1
    with clock.at(CAMPAIGN_DAY + timedelta(seconds=late)):
        opened = opened_mark(client)
    assert send(client, opened, after=late + 10, proof=done).status_code == 422


@pytest.mark.parametrize("wrong", ["x", "e30=", "bnVsbA==", "W10=", "x" * 5000, "{}", "ә"])
def test_what_is_no_proof_is_refused(client: Client, opened: str, wrong: str) -> None:
    assert send(client, opened, proof=wrong).status_code == 422


def test_work_for_an_easier_task_is_refused(client: Client, opened: str) -> None:
    easy = client.get("/proof/").json()
    easy["parameters"]["cost"] = 1
    assert send(client, opened, proof=proof.solve(easy)).status_code == 422


def test_without_javascript_a_few_are_taken(client: Client, opened: str) -> None:
    said = [send(client, opened, after=10 + n).status_code for n in range(ALLOWANCE.without + 1)]
    assert said == [200] * ALLOWANCE.without + [429]


def test_a_refusal_says_how_long_and_keeps_what_was_typed(client: Client, opened: str) -> None:
    for _time in range(ALLOWANCE.without):
        send(client, opened)
    body = send(client, opened).content.decode()
    assert "через 60 минут" in body
    assert 'value="бала"' in body


def test_with_proof_more_are_taken_but_not_without_end(client: Client, opened: str) -> None:
    times = ALLOWANCE.with_proof + 1
    said = [send(client, opened, proof=solved(client)).status_code for _n in range(times)]
    assert said == [200] * ALLOWANCE.with_proof + [429]


def test_another_address_has_an_allowance_of_its_own(client: Client, opened: str) -> None:
    for _time in range(ALLOWANCE.without + 1):
        send(client, opened)
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert send(other, opened).status_code == 200


def test_nobody_fills_in_a_form_in_a_blink(client: Client, opened: str) -> None:
    assert send(client, opened, after=1).status_code == 422
    assert send(client, opened, after=5).status_code == 200


def test_whoever_falls_into_the_trap_is_no_person(client: Client, opened: str) -> None:
    assert send(client, opened, proof_page="http://x").status_code == 422
    assert send(client, opened, proof=solved(client), proof_page="http://x").status_code == 422


@pytest.mark.parametrize("mark", ["", "x", "1622174400.0"])
def test_a_form_without_its_mark_of_time_is_refused(client: Client, mark: str) -> None:
    assert send(client, mark).status_code == 422


def test_a_form_of_yesterday_is_refused(client: Client, opened: str) -> None:
    assert send(client, opened, after=13 * 3600).status_code == 422


def test_a_task_is_fresh_each_time_and_kept_by_nobody(client: Client) -> None:
    first, second = client.get("/proof/"), client.get("/proof/")
    assert first.json()["parameters"]["nonce"] != second.json()["parameters"]["nonce"]
    assert "no-store" in first["Cache-Control"]
    assert client.post("/proof/").status_code == 405

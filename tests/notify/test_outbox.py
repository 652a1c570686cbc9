"""The console's page of letters: each sees what the own role and scope allow, and no private word."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from bala.kernel import clock
from bala.notify.access import outbox_of
from bala.notify.actions import digests, sending, tell
from bala.notify.actions.linking import start_phone
from bala.notify.actions.preferences import choose
from bala.notify.enums import MessageState, Way
from bala.notify.models import Message
from bala.notify.queries.kinds import kind_of
from bala.notify.queries.outbox import Wanted, lines_of, narrowed
from bala.people.enums import Role
from bala.people.models import Account
from tests.jobs import run_jobs
from tests.notify.factories import INVITATION, NUDGE, make_message
from tests.people.factories import make_account, make_person
from tests.programme.factories import make_campaign
from tests.territory.factories import make_organisation, region

pytestmark = pytest.mark.django_db
RECEIPT = "people.consent_receipt"


@pytest.fixture
def slug() -> str:
    return make_campaign().slug


def coordinator(slug: str) -> Account:
    return make_person(Role.COORDINATOR, campaign_slug=slug)


def organiser(slug: str, iso: str = "KZ-75") -> Account:
    return make_person(Role.ORGANISER, campaign_slug=slug, region=region(iso))


def to_a_family(slug: str = "") -> Message:
    guardian = make_account(full_name="Гүлнар Сейітова", email="aigul@example.kz")
    message = tell(account=guardian, kind=RECEIPT, key="r", context={"child": "Әлия"}, about=slug)
    assert message is not None
    return message


def fail(message: Message, why: str = "550") -> Message:
    Message.objects.filter(pk=message.pk).update(state=MessageState.FAILED, error=why)
    message.refresh_from_db()
    return message


def seen_by(account: Account, slug: str) -> set[str]:
    return set(outbox_of(account, slug).letters().values_list("key", flat=True))


# --- by role and scope --------------------------------------------------------------------------
def test_an_organiser_sees_letters_to_the_own_region_and_what_the_organiser_wrote(
    slug: str,
) -> None:
    here, there = organiser(slug), organiser(slug, "KZ-79")
    house = make_organisation(region("KZ-75"))
    host = make_person(Role.HOST, campaign_slug=slug, organisation=house)
    make_message(host, "to the host", about=slug)
    make_message(here, "to me", about=slug)
    make_message(there, "elsewhere", about=slug)
    make_message(there, "mine", about=slug, written_by=here)
    make_message(host, "other campaign", about="another")
    to_a_family(slug)
    assert seen_by(here, slug) == {"to the host", "to me", "mine"}
    assert seen_by(there, slug) == {"elsewhere", "mine"}
    assert seen_by(coordinator(slug), slug) == {"to the host", "to me", "elsewhere", "mine", "r"}


def test_a_coordinator_sees_of_letters_without_a_campaign_those_of_the_own_people(
    slug: str,
) -> None:
    make_message(
        make_person(Role.HOST, campaign_slug=slug, organisation=make_organisation(region("KZ-75"))),
        "ours",
    )
    make_message(make_person(Role.COORDINATOR, campaign_slug="another"), "theirs")
    to_a_family()
    assert seen_by(coordinator(slug), slug) == {"ours", "r"}


# --- no private word ----------------------------------------------------------------------------
def test_to_whom_a_letter_to_a_family_went_and_what_it_says_is_not_shown(
    slug: str, client: Client
) -> None:
    message = fail(to_a_family(slug), "550 <aigul@example.kz> unknown")
    client.force_login(coordinator(slug))
    pages = [
        client.get(f"/ru/console/{slug}/letters/"),
        client.get(f"/ru/console/{slug}/letters/?state=failed"),
        client.get(f"/ru/console/{slug}/letters/{message.public_id}/"),
        client.get(f"/ru/console/{slug}/letters/?format=csv"),
    ]
    for page in pages:
        text = page.content.decode("utf-8-sig")
        assert page.status_code == 200
        for private in ("Гүлнар", "aigul@", "Әлия"):
            assert private not in text
    assert "Подтверждения согласий" in pages[0].content.decode()


@pytest.mark.parametrize("searched", ["Гүлнар", "aigul@example.kz"])
def test_a_search_finds_nobody_in_letters_to_families(slug: str, searched: str) -> None:
    to_a_family(slug)
    letters = outbox_of(coordinator(slug), slug).letters()
    assert not narrowed(letters, Wanted(text=searched)).exists()


def test_a_letter_with_a_link_that_signs_in_is_read_by_its_reader_alone(slug: str) -> None:
    boss, new = coordinator(slug), organiser(slug)
    context = {"role": "organiser", "url": "https://x/reset/secret"}
    message = tell(
        account=new, kind=INVITATION, key="i", context=context, about=slug, written_by=boss
    )
    assert message is not None
    assert not lines_of([message], boss)[0].is_readable
    assert lines_of([message], new)[0].is_readable


def test_a_code_for_a_telephone_is_shown_to_nobody_and_not_tried_again(
    slug: str, client: Client
) -> None:
    person = organiser(slug)
    start_phone(account=person, number="+77011234567", visitor="a")
    message = fail(Message.objects.get())
    client.force_login(coordinator(slug))
    page = client.get(f"/ru/console/{slug}/letters/{message.public_id}/").content.decode()
    assert str(message.given["code"]) not in page
    client.post(f"/ru/console/{slug}/letters/{message.public_id}/again/")
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


# --- the page -----------------------------------------------------------------------------------
def test_what_was_told_is_listed_with_its_words_way_state_and_reason(
    slug: str, client: Client
) -> None:
    boss = coordinator(slug)
    message = fail(make_message(organiser(slug), about=slug), "550 no such mailbox")
    client.force_login(boss)
    page = client.get(f"/ru/console/{slug}/letters/").content.decode()
    assert "город Алматы" in page or "Алматы қаласы" in page
    assert "550 no such mailbox" in page
    one = client.get(f"/ru/console/{slug}/letters/{message.public_id}/").content.decode()
    assert "letters/off" not in one  # what switches the reader's letters off is not for others
    assert "Бақытты бала" in one or "Счастливый" in one


def test_what_failed_goes_out_at_a_press_and_once(
    slug: str, client: Client, mailoutbox: list[Any]
) -> None:
    message = fail(make_message(organiser(slug), about=slug))
    run_jobs()
    mailoutbox.clear()
    client.force_login(coordinator(slug))
    for _press in range(2):
        client.post(f"/ru/console/{slug}/letters/{message.public_id}/again/")
    run_jobs()
    assert len(mailoutbox) == 1


def test_all_that_failed_and_was_chosen_goes_out_daily_letters_whole(
    slug: str, client: Client, mailoutbox: list[Any]
) -> None:
    daily = organiser(slug)
    choose(account=daily, ways={kind_of(NUDGE): Way.DIGEST})
    make_message(daily, "1", about=slug)
    make_message(daily, "2", about=slug)
    digests.write_digests()
    make_message(organiser(slug, "KZ-79"), "3", about=slug)
    Message.objects.update(state=MessageState.FAILED)
    boss = coordinator(slug)
    client.force_login(boss)
    answer = client.post(f"/ru/console/{slug}/letters/again/?state=failed", follow=True)
    assert answer.status_code == 200
    run_jobs()
    assert len(mailoutbox) == 2
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kind=returns.nudge", {"old", "new"}),
        ("kind=people.invitation", {"other"}),
        ("state=failed", {"new"}),
        ("way=telegram", set()),
        ("since=2021-05-28", {"new", "other"}),
        ("until=2021-05-27", {"old"}),
        ("q=Ерлан", {"old", "new", "other"}),
        ("q=nobody", set()),
        ("kind=nonsense&since=yesterday", {"old", "new", "other"}),
    ],
)
def test_the_list_can_be_narrowed(slug: str, client: Client, asked: str, found: set[str]) -> None:
    person = organiser(slug)
    Account.objects.filter(pk=person.pk).update(full_name="Ерлан Ахметов")
    with clock.at(clock.now() - timedelta(days=2)):
        make_message(person, "old", about=slug)
    fail(make_message(person, "new", about=slug))
    make_message(person, "other", INVITATION, about=slug)
    client.force_login(coordinator(slug))
    page = client.get(f"/ru/console/{slug}/letters/?{asked}")
    assert {line.message.key for line in page.context["lines"]} == found


def test_an_empty_list_says_what_comes_and_an_empty_search_how_to_leave_it(
    slug: str, client: Client
) -> None:
    client.force_login(coordinator(slug))
    with translation.override("ru"):
        assert "Писем пока нет" in client.get(f"/ru/console/{slug}/letters/").content.decode()
        narrow = client.get(f"/ru/console/{slug}/letters/?state=sent").content.decode()
    assert "Показать все" in narrow


def test_pages_are_cut_by_key(slug: str, client: Client) -> None:
    person = organiser(slug)
    for number in range(53):
        make_message(person, str(number), about=slug)
    client.force_login(coordinator(slug))
    first = client.get(f"/ru/console/{slug}/letters/").context["page"]
    second = client.get(f"/ru/console/{slug}/letters/?cursor={first.next_cursor}").context["page"]
    assert [len(first), len(second)] == [50, 3]
    assert second.next_cursor == ""


@pytest.mark.parametrize("letters", [1, 3])
def test_the_list_costs_the_same_queries_however_long(
    slug: str, client: Client, letters: int, django_assert_num_queries: Any
) -> None:
    person = organiser(slug)
    for number in range(letters):
        make_message(person, str(number), about=slug)
    client.force_login(coordinator(slug))
    client.get(f"/ru/console/{slug}/letters/")
    with django_assert_num_queries(13):
        client.get(f"/ru/console/{slug}/letters/")


def test_the_export_is_safe_to_open(slug: str, client: Client) -> None:
    person = organiser(slug)
    Account.objects.filter(pk=person.pk).update(full_name="=1+1")
    make_message(person, about=slug)
    assert sending.send(Message.objects.get().pk)
    client.force_login(coordinator(slug))
    text = client.get(f"/ru/console/{slug}/letters/?format=csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert client.get(f"/ru/console/{slug}/letters/?format=xlsx").content.startswith(b"PK")

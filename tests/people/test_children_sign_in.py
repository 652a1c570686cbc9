"""A child signs in by a name and a secret word, or by a card; the guardian holds the thread."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bala.people.access import ConsentMissing
from bala.people.actions.activities import record_activity
from bala.people.actions.children_sign_in import (
    NameTaken,
    TooYoung,
    WeakPassword,
    WrongWay,
    child_by_card,
    child_by_password,
    hash_of,
    make_card,
    make_sign_in,
    revoke_card,
    stop_sign_in,
)
from bala.people.actions.consents import withdraw_purposes
from bala.people.actions.erasure import leave
from bala.people.enums import ConsentPurpose
from bala.people.models import Account, ActivityRecord, Child, SignInCard
from bala.people.queries.sign_in_names import (
    NotASignInName,
    clean_sign_in_name,
    proposed_name,
    proposed_password,
)
from tests.people.factories import make_account, make_child, make_consents
from tests.programme.races import race

NAME, PASSWORD = "barys-alma-27", "kun-tau-jusan-terek-42"
TYPED = {"name": NAME, "password": PASSWORD}
TAKE_PART = ConsentPurpose.TAKE_PART


def make_family(**fields: Any) -> tuple[Account, Child]:
    guardian = make_account()
    child = make_child(guardian, **fields)
    make_consents(child, TAKE_PART)
    return guardian, child


def signed_up() -> tuple[Account, Child]:
    guardian, child = make_family()
    make_sign_in(guardian=guardian, child=child, name=NAME, password=PASSWORD)
    child.refresh_from_db()
    return guardian, child


def own(child: Child, name: str) -> str:
    return reverse(f"people:{name}", kwargs={"public_id": child.public_id})


@pytest.mark.django_db
def test_a_guardian_makes_a_sign_in_and_the_child_comes_in_with_it(client: Client) -> None:
    guardian, child = make_family()
    client.force_login(guardian)
    assert client.get(own(child, "sign_in_settings")).status_code == 200
    answer = client.post(own(child, "sign_in_settings"), TYPED)
    assert PASSWORD in answer.content.decode()
    assert PASSWORD not in client.get(own(child, "sign_in_settings")).content.decode()
    young = Client()
    assert young.post(reverse("people:child_sign_in"), TYPED)["Location"] == reverse(
        "people:child_home"
    )
    page = young.get(reverse("people:child_home")).content.decode()
    assert "Әлия" in page
    assert "Сәрсенова" not in page
    assert young.session["bala_child"] is True
    assert young.session.get_expiry_age() <= 12 * 3600
    # The guardian sees it, without the child's password.
    assert ActivityRecord.objects.get(child=child).by_child
    assert client.get(own(child, "activity")).status_code == 200
    young.post(reverse("people:child_sign_out"))
    assert young.get(reverse("people:child_home")).status_code == 302


@pytest.mark.django_db
def test_a_card_signs_in_until_it_is_stopped(client: Client) -> None:
    guardian, child = signed_up()
    client.force_login(guardian)
    answer = client.post(own(child, "card_make"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    _card, token = make_card(guardian=guardian, child=child)
    address = reverse("people:card", kwargs={"token": token})
    young = Client()
    # Looking at the address alone does not sign in: programs that preview links open it too.
    assert young.get(address).status_code == 200
    assert young.get(reverse("people:child_home")).status_code == 302
    assert young.post(address)["Location"] == reverse("people:child_home")
    assert young.get(reverse("people:child_home")).status_code == 200
    assert SignInCard.objects.filter(child=child, revoked_at=None).count() == 1
    assert revoke_card(guardian=guardian, child=child) == 1
    again = Client()
    assert again.post(address).status_code == 422
    assert not SignInCard.objects.filter(token_hash=token).exists()
    assert SignInCard.objects.filter(token_hash=hash_of(token)).exists()


@pytest.mark.django_db
def test_a1_without_consent_nobody_is_in_as_the_child(client: Client) -> None:
    guardian, child = make_family()
    bare = make_child(guardian)
    with pytest.raises(ConsentMissing):
        make_sign_in(guardian=guardian, child=bare, name=NAME, password=PASSWORD)
    make_sign_in(guardian=guardian, child=child, name=NAME, password=PASSWORD)
    _card, token = make_card(guardian=guardian, child=child)
    client.post(reverse("people:child_sign_in"), TYPED)
    assert client.get(reverse("people:child_home")).status_code == 200
    withdraw_purposes(account=guardian, child=child, purposes=[TAKE_PART])
    # The session that stands is over, and neither way leads in.
    assert client.get(reverse("people:child_home"))["Location"] == reverse("people:child_sign_in")
    with pytest.raises(WrongWay):
        child_by_password(name=NAME, password=PASSWORD)
    with pytest.raises(WrongWay):
        child_by_card(token=token)


@pytest.mark.django_db
def test_a_child_without_guardian_is_out(client: Client) -> None:
    guardian, child = signed_up()
    client.post(reverse("people:child_sign_in"), TYPED)
    leave(guardian=guardian, child=child)
    assert client.get(reverse("people:child_home")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["account_email", "account_change_password", "mfa_index"])
def test_a_child_cannot_reach_the_pages_of_accounts(client: Client, page: str) -> None:
    signed_up()
    client.post(reverse("people:child_sign_in"), TYPED)
    assert client.get(reverse(page)).status_code == 403


@pytest.mark.django_db
def test_a_child_can_neither_see_the_family_nor_change_consents(client: Client) -> None:
    _guardian, child = signed_up()
    client.post(reverse("people:child_sign_in"), TYPED)
    assert client.get(reverse("people:family")).status_code == 403
    for page in ("consents", "child", "sign_in_settings", "activity", "invite"):
        assert client.get(own(child, page)).status_code == 404
    assert client.post(own(child, "withdraw"), {"purpose": "take_part"}).status_code == 404
    assert client.post(own(child, "card_make")).status_code == 404


@pytest.mark.django_db
def test_stopping_signs_out_everywhere_and_frees_the_name(client: Client) -> None:
    guardian, child = signed_up()
    client.post(reverse("people:child_sign_in"), TYPED)
    stop_sign_in(guardian=guardian, child=child)
    assert client.get(reverse("people:child_home")).status_code == 302
    with pytest.raises(WrongWay):
        child_by_password(name=NAME, password=PASSWORD)
    other = make_child(guardian, given_name="Санжар")
    make_consents(other, TAKE_PART)
    make_sign_in(guardian=guardian, child=other, name=NAME, password=PASSWORD)
    child.refresh_from_db()
    make_sign_in(guardian=guardian, child=child, name="kun-tau-11", password=PASSWORD)
    assert child_by_password(name="KUN-tau-11 ", password=PASSWORD) == child


@pytest.mark.django_db
def test_what_cannot_be_a_sign_in(settings: Any) -> None:
    guardian, child = make_family()

    def make(name: str = NAME, password: str = PASSWORD, of: Child = child) -> None:
        make_sign_in(guardian=guardian, child=of, name=name, password=password)

    with pytest.raises(WeakPassword):
        make(password="12345")
    for name in ("ab", "Әлия-1", "two words", "-alma", "alma-2011", "a" * 31, "alma--kun"):
        with pytest.raises(NotASignInName):
            make(name=name)
    make()
    sibling = make_child(guardian)
    make_consents(sibling, TAKE_PART)
    with pytest.raises(NameTaken):
        make(of=sibling)
    settings.BALA_CHILD_SIGN_IN_AGE = 11
    with pytest.raises(TooYoung):
        make(name="kun-tau-11", of=sibling)


@pytest.mark.django_db
def test_errors_stand_beside_the_field_and_keep_what_was_typed(client: Client) -> None:
    guardian, child = make_family()
    client.force_login(guardian)
    answer = client.post(own(child, "sign_in_settings"), {"name": "alma-2011", "password": "x1"})
    assert answer.status_code == 422
    assert 'value="alma-2011"' in answer.content.decode()
    wrong = Client().post(reverse("people:child_sign_in"), {**TYPED, "password": "no"})
    assert wrong.status_code == 422
    assert f'value="{NAME}"' in wrong.content.decode()


@pytest.mark.django_db
def test_guessing_is_limited(client: Client) -> None:
    signed_up()
    answers = [
        client.post(reverse("people:child_sign_in"), {**TYPED, "password": f"no{n}"}).status_code
        for n in range(12)
    ]
    assert answers[:10] == [422] * 10
    assert answers[10:] == [429] * 2
    assert client.post(reverse("people:child_sign_in"), TYPED).status_code == 429


@pytest.mark.django_db
def test_an_activity_is_written_once_for_a_key_and_read_by_the_guardian_alone(
    client: Client, django_assert_num_queries: Any
) -> None:
    guardian, child = signed_up()
    for _again in range(2):
        record_activity(child=child, by=guardian, kind="people.signed_in", key="x")
    assert ActivityRecord.objects.count() == 1
    with pytest.raises(LookupError):
        record_activity(child=child, by=guardian, kind="no.such")
    client.force_login(guardian)
    title = {"kk": "Көрме", "ru": "Выставка", "en": "Show"}
    record_activity(child=child, by=None, kind="people.signed_in", title=title, path="/e/1/")
    page = client.get(own(child, "activity")).content.decode()
    assert "Выставка" in page
    assert 'href="/ru/e/1/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_activities_asks_as_often_for_three_as_for_one(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    guardian, child = signed_up()
    for number in range(count):
        record_activity(child=child, by=guardian, kind="people.signed_in", key=str(number))
    client.force_login(guardian)
    client.get(own(child, "activity"))
    with django_assert_max_num_queries(10):
        client.get(own(child, "activity"))


@pytest.mark.django_db
def test_proposals_can_be_used_as_they_are() -> None:
    guardian, child = make_family()
    make_sign_in(guardian=guardian, child=child, name=proposed_name(), password=proposed_password())


@given(st.text(max_size=40))
def test_a_name_to_sign_in_with_is_latin_short_and_tells_nothing(text: str) -> None:
    child = Child(given_name="Alma", family_name="Kun", born_on="2011-03-08")
    from datetime import date

    child.born_on = date(2011, 3, 8)
    try:
        name = clean_sign_in_name(text, child)
    except NotASignInName:
        return
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert 4 <= len(name) <= 30
    assert not {"alma", "kun", "2011"} & set(name.split("-"))


@pytest.mark.django_db(transaction=True)
def test_of_many_cards_made_at_once_one_works() -> None:
    guardian, child = signed_up()

    def make(_number: int) -> str:
        return make_card(
            guardian=Account.objects.get(pk=guardian.pk), child=Child.objects.get(pk=child.pk)
        )[1]

    tokens = race(make, times=6)
    working = []
    for token in tokens:
        try:
            child_by_card(token=token)
        except WrongWay:
            continue
        working.append(token)
    assert len(working) == 1

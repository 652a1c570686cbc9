"""Two guardians of a child: invited by letter, each by oneself, and leaving."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bala.kernel import clock
from bala.kernel.errors import Forbidden, NotHere
from bala.people.access import ConsentMissing, taking_part
from bala.people.actions.children import NotYetConfirmed
from bala.people.actions.consents import decide_consents, withdraw_purposes
from bala.people.actions.erasure import erase_forsaken, forsaken_children, leave
from bala.people.actions.invitations import (
    InvitationOver,
    TooManyOpen,
    accept_invitation,
    cancel_invitation,
    invite_guardian,
)
from bala.people.enums import ConsentPurpose, GuardianshipKind
from bala.people.jobs import send_guardian_invitation
from bala.people.models import Account, Child, Consent, GuardianInvitation, Guardianship
from bala.people.queries.consents import in_force
from bala.people.queries.families import children_of
from bala.people.queries.invitations import invitation_token
from tests.conftest import CAMPAIGN_DAY
from tests.people.factories import make_account, make_child, make_consents
from tests.programme.races import race

PARENT = GuardianshipKind.PARENT
TAKE_PART = ConsentPurpose.TAKE_PART
ACCEPTED = {"kind": "parent", "lawful": "on"}


def make_invitation(guardian: Account, child: Child, email: str = "ata@example.kz") -> Any:
    return invite_guardian(guardian=guardian, child=child, email=email, language="ru")


def second(child: Child) -> Account:
    other = make_account()
    Guardianship.objects.create(child=child, account=other, kind=PARENT)
    return other


@pytest.mark.django_db
def test_the_other_parent_is_invited_by_letter_and_then_sees_the_child(client: Client) -> None:
    guardian = make_account(full_name="Айгүл Сәрсенова")
    child = make_child(guardian)
    client.force_login(guardian)
    answer = client.post(
        reverse("people:invite", kwargs={"public_id": child.public_id}),
        {"email": "ata@example.kz", "language": "ru"},
    )
    assert answer.status_code == 302
    send_guardian_invitation(invitation_id=GuardianInvitation.objects.get().pk)
    (letter,) = mail.outbox
    assert letter.to == ["ata@example.kz"]
    link = re.search(r"https?://[^/]+(/\S+)", str(letter.body))
    assert link is not None
    assert (
        "ata@example.kz"
        in client.get(
            reverse("people:child", kwargs={"public_id": child.public_id})
        ).content.decode()
    )
    # Without an account the link says what to do; signed in it asks by which right.
    visitor = Client()
    page = visitor.get(link[1])
    assert page.status_code == 200
    assert reverse("account_signup") in page.content.decode()
    father = make_account("ata@example.kz", full_name="Нұрлан Сәрсенов")
    visitor.force_login(father)
    assert visitor.post(link[1], {"kind": "parent"}).status_code == 422
    assert visitor.post(link[1], ACCEPTED).status_code == 302
    assert list(children_of(father)) == [child]
    assert list(children_of(guardian)) == [child]
    assert GuardianInvitation.objects.get().email == ""
    # The link works once.
    third = Client()
    third.force_login(make_account())
    assert third.post(link[1], ACCEPTED).status_code == 422


@pytest.mark.django_db
def test_an_invitation_ends_by_time_by_calling_off_and_with_whoever_invited() -> None:
    guardian = make_account()
    child = make_child(guardian)
    other = second(child)
    invitation = make_invitation(guardian, child)
    guest = make_account()
    with clock.at(CAMPAIGN_DAY + timedelta(days=7)), pytest.raises(InvitationOver):
        accept_invitation(account=guest, invitation=invitation, kind=PARENT)
    cancel_invitation(child=child, public_id=invitation.public_id)
    with pytest.raises(InvitationOver):
        accept_invitation(account=guest, invitation=invitation, kind=PARENT)
    again = make_invitation(guardian, child)
    leave(guardian=guardian, child=child)
    with pytest.raises(InvitationOver):
        accept_invitation(account=guest, invitation=again, kind=PARENT)
    assert list(children_of(guest)) == []
    assert list(children_of(other)) == [child]


@pytest.mark.django_db
def test_neither_a_child_nor_an_unconfirmed_address_accepts(client: Client) -> None:
    guardian = make_account()
    child = make_child(guardian)
    invitation = make_invitation(guardian, child)
    young = make_account()
    make_child(guardian, account=young)
    with pytest.raises(Forbidden):
        accept_invitation(account=young, invitation=invitation, kind=PARENT)
    fresh = Account.objects.create_user("fresh@example.kz", "x")
    with pytest.raises(NotYetConfirmed):
        accept_invitation(account=fresh, invitation=invitation, kind=PARENT)
    client.force_login(fresh)
    address = reverse("people:join", kwargs={"token": invitation_token(invitation)})
    assert reverse("account_email") in client.get(address).content.decode()
    assert client.get(address + "x").status_code == 404


@pytest.mark.django_db
def test_three_invitations_wait_at_most_and_the_same_address_is_asked_once() -> None:
    guardian = make_account()
    child = make_child(guardian)
    first = make_invitation(guardian, child)
    assert make_invitation(guardian, child, "ATA@example.kz") == first
    make_invitation(guardian, child, "a@example.kz")
    make_invitation(guardian, child, "b@example.kz")
    with pytest.raises(TooManyOpen):
        make_invitation(guardian, child, "c@example.kz")
    with pytest.raises(NotHere):
        make_invitation(make_account(), child)


@pytest.mark.django_db
def test_either_guardian_s_withdrawal_counts() -> None:
    guardian = make_account()
    child = make_child(guardian)
    other = second(child)
    make_consents(child)
    withdraw_purposes(account=other, child=child, purposes=[ConsentPurpose.PHOTO])
    assert not in_force().filter(child=child, purpose="photo").exists()
    withdraw_purposes(account=guardian, child=child, purposes=[TAKE_PART])
    with pytest.raises(ConsentMissing):
        taking_part(child)


@pytest.mark.django_db
def test_whoever_leaves_takes_the_own_consents_along_and_gives_none_any_more(
    client: Client,
) -> None:
    guardian = make_account()
    child = make_child(guardian)
    other = second(child)
    make_consents(child)
    client.force_login(guardian)
    address = reverse("people:leave", kwargs={"public_id": child.public_id})
    assert other.full_name in client.get(address).content.decode()
    client.post(address)
    assert list(children_of(guardian)) == []
    assert not in_force().filter(child=child).exists()
    with pytest.raises(NotHere):
        decide_consents(account=guardian, child=child, yes={TAKE_PART: 1}, language="kk")
    decide_consents(account=other, child=child, yes={TAKE_PART: 1}, language="kk")
    assert taking_part(child) == child


@pytest.mark.django_db
def test_consents_of_the_one_who_stays_stay() -> None:
    guardian = make_account()
    child = make_child(guardian)
    other = second(child)
    make_consents(child)
    leave(guardian=other, child=child)
    assert in_force().filter(child=child).count() == len(ConsentPurpose)


@pytest.mark.django_db
def test_a_child_whom_nobody_represents_takes_part_in_nothing_and_is_erased_after_a_month() -> None:
    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    leave(guardian=guardian, child=child)
    with pytest.raises(ConsentMissing):
        taking_part(child)
    with clock.at(CAMPAIGN_DAY + timedelta(days=29)):
        assert forsaken_children() == []
    with clock.at(CAMPAIGN_DAY + timedelta(days=30)):
        assert forsaken_children() == [child.pk]
        erase_forsaken(child_id=child.pk)
    assert Child.objects.get(pk=child.pk).given_name == ""


@pytest.mark.django_db(transaction=True)
def test_the_database_knows_no_consent_without_a_guardian() -> None:
    guardian = make_account()
    child = make_child(guardian)
    consent = make_consents(child, TAKE_PART)[0]
    with pytest.raises(IntegrityError, match="no guardian"):
        Guardianship.objects.filter(child=child).update(ended_at=clock.now())
    other = make_child(guardian)
    with pytest.raises(IntegrityError, match="not in force"), transaction.atomic():
        Consent.objects.create(
            child=other,
            purpose=TAKE_PART,
            notice=consent.notice,
            language="kk",
            given_by=guardian,
            guardianship=consent.guardianship,
            method="account",
        )
    leave(guardian=guardian, child=child)
    with pytest.raises(IntegrityError, match="not in force"), transaction.atomic():
        make_consents(child, TAKE_PART)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_the_link_at_once_one_gets_in() -> None:
    guardian = make_account()
    child = make_child(guardian)
    invitation = make_invitation(guardian, child)
    guests = [make_account() for _number in range(6)]

    def accept(number: int) -> str:
        accept_invitation(
            account=Account.objects.get(pk=guests[number].pk),
            invitation=GuardianInvitation.objects.get(pk=invitation.pk),
            kind=PARENT,
        )
        return "in"

    assert sorted(race(accept, times=6)) == [*["InvitationOver"] * 5, "in"]
    assert Guardianship.objects.filter(child=child).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_once_while_one_consents_leave_no_consent_in_force() -> None:
    guardian = make_account()
    child = make_child(guardian)
    other = second(child)
    make_consents(child)

    def act(number: int) -> str:
        account = Account.objects.get(pk=(guardian, other)[number % 2].pk)
        found = Child.objects.get(pk=child.pk)
        if number < 4:
            leave(guardian=account, child=found)
            return "left"
        made = decide_consents(account=account, child=found, yes={TAKE_PART: 1}, language="kk")
        return f"consented {len(made)}"

    answers = race(act, times=8)
    assert answers[:4] == ["left"] * 4
    assert set(answers[4:]) <= {"consented 0", "consented 1", "NotHere"}
    assert not in_force().filter(child=child).exists()
    assert not Guardianship.objects.filter(child=child, ended_at=None).exists()

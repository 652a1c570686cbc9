"""A guardian has the family erased: after some days, wholly or not at all."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse

from bala.kernel import clock
from bala.people.actions.erasure import (
    HoldsRights,
    ask_erasure,
    cancel_erasure,
    due_erasures,
    erase_family,
)
from bala.people.enums import ConsentPurpose, GuardianshipKind, Role
from bala.people.jobs import erase_due
from bala.people.models import Account, Child, Consent, ErasureRequest, Guardianship
from bala.people.queries.consents import in_force
from bala.people.queries.families import children_of
from bala.people.queries.personal_data import SOURCES, Source, Subject
from tests.conftest import CAMPAIGN_DAY
from tests.people.factories import make_account, make_child, make_consents, make_person
from tests.people.test_personal_data import everything, make_family
from tests.people.test_take_out import sign_in
from tests.programme.races import race

DUE = CAMPAIGN_DAY + timedelta(days=3)


@pytest.mark.django_db
def test_a_guardian_has_the_family_erased(client: Client) -> None:
    guardian, child = make_family()
    sign_in(client, guardian)
    page = client.get(reverse("people:erase")).content.decode()
    assert "Қарлығаш" in page
    assert client.post(reverse("people:erase"), {}).status_code == 422
    answer = client.post(reverse("people:erase"), {"understood": "on"})
    assert answer["Location"] == reverse("people:data")
    # At once nothing is shown any more; the data go when the day has come.
    assert not in_force().filter(child=child).exists()
    assert Child.objects.get(pk=child.pk).given_name == "Қарлығаш"
    assert due_erasures() == []
    with clock.at(DUE):
        erase_due(timestamp=0)
    left = everything()
    for word in ("Қарлығаш", "Томирис", "tomiris@", "жест тілі"):
        assert word not in left, word
    (letter,) = mail.outbox
    assert letter.to == ["tomiris@example.kz"]
    assert client.get(reverse("people:family")).status_code == 302
    assert Consent.objects.filter(child=child).count() == 5


@pytest.mark.django_db
def test_until_the_day_it_can_be_called_off(client: Client) -> None:
    guardian, child = make_family()
    ask_erasure(account=guardian)
    client.force_login(guardian)
    assert reverse("people:erase_cancel") in client.get(reverse("people:data")).content.decode()
    client.post(reverse("people:erase_cancel"))
    with clock.at(DUE):
        erase_due(timestamp=0)
    assert list(children_of(guardian)) == [child]
    assert cancel_erasure(account=guardian) is False


@pytest.mark.django_db
def test_a_child_with_another_guardian_stays_with_that_one() -> None:
    guardian, child = make_family()
    other = make_account(email="second@example.kz")
    tie = Guardianship.objects.create(child=child, account=other, kind=GuardianshipKind.PARENT)
    consent = make_consents(child, ConsentPurpose.TAKE_PART)[0]
    Consent.objects.bulk_create(
        [
            Consent(
                child=child,
                purpose=ConsentPurpose.TAKE_PART,
                notice=consent.notice,
                language="kk",
                given_by=other,
                guardianship=tie,
                method="account",
            )
        ]
    )
    request = ask_erasure(account=guardian)
    assert in_force().filter(child=child, given_by=guardian).exists()
    with clock.at(DUE):
        erase_family(request_id=request.pk)
    assert list(children_of(other)) == [child]
    assert Child.objects.get(pk=child.pk).given_name == "Қарлығаш"
    assert set(in_force().filter(child=child).values_list("given_by", flat=True)) == {other.pk}
    assert "tomiris@" not in everything()


@pytest.mark.django_db
def test_whoever_works_in_the_campaign_gives_the_role_back_first(client: Client) -> None:
    moderator = make_person(Role.MODERATOR)
    with pytest.raises(HoldsRights):
        ask_erasure(account=moderator)
    sign_in(client, moderator)
    answer = client.post(reverse("people:erase"), {"understood": "on"})
    assert answer.status_code == 422
    assert not ErasureRequest.objects.exists()


@pytest.fixture
def _one_more_source() -> Iterator[None]:
    """A room that is erased last of all; whoever comes there dies."""

    def die(_subject: Subject) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    known = dict(SOURCES)
    SOURCES.clear()
    SOURCES.update({"a.room": Source("a.room", "", {}, lambda _subject: [], die), **known})
    yield
    SOURCES.clear()
    SOURCES.update(known)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_one_more_source")
def test_killed_in_the_middle_it_leaves_nothing_half() -> None:
    guardian, _child = make_family()
    request = ask_erasure(account=guardian)
    before = everything()
    connections.close_all()

    def run() -> None:
        with clock.at(DUE):
            erase_family(request_id=request.pk)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join(timeout=60)
    assert process.exitcode == -signal.SIGKILL
    assert everything() == before
    SOURCES.pop("a.room")
    with clock.at(DUE):
        assert due_erasures() == [request.pk]
        erase_family(request_id=request.pk)
    assert "Қарлығаш" not in everything()


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_guardian_who_calls_it_off_end_in_one_of_two_ways() -> None:
    guardian = make_account()
    child = make_child(guardian)
    request = ask_erasure(account=guardian)

    def act(number: int) -> str:
        if number == 3:
            return "off" if cancel_erasure(account=Account.objects.get(pk=guardian.pk)) else "late"
        with clock.at(DUE):
            return "erased" if erase_family(request_id=request.pk) else "nothing"

    answers = sorted(race(act, times=6))
    erased = Child.objects.get(pk=child.pk).erased_at is not None
    if erased:
        assert answers == ["erased", "late", *["nothing"] * 4]
    else:
        assert answers == [*["nothing"] * 5, "off"]
    request.refresh_from_db()
    assert (request.done_at is not None) is erased
    assert (request.cancelled_at is not None) is not erased


@pytest.mark.django_db(transaction=True)
def test_two_guardians_who_go_at_the_same_moment_leave_nobody_s_child_behind() -> None:
    guardian, other = make_account(), make_account()
    child = make_child(guardian)
    Guardianship.objects.create(child=child, account=other, kind=GuardianshipKind.PARENT)
    make_consents(child)
    requests = [ask_erasure(account=one) for one in (guardian, other)]

    def act(number: int) -> str:
        with clock.at(DUE):
            return str(erase_family(request_id=requests[number].pk) is not None)

    assert race(act, times=2) == ["True", "True"]
    found = Child.objects.get(pk=child.pk)
    assert (found.given_name, found.erased_at is not None) == ("", True)
    assert not in_force().filter(child=child).exists()

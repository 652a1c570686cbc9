"""At eighteen the account passes to the person."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from bala.kernel import clock
from bala.people.actions.children_sign_in import make_sign_in
from bala.people.actions.coming_of_age import grown_children, pass_to_person
from bala.people.enums import ConsentPurpose, GuardianshipKind
from bala.people.jobs import come_of_age
from bala.people.models import Child, Guardianship
from bala.people.queries.consents import in_force
from bala.people.queries.families import age_on, children_of
from tests.people.factories import make_account, make_child, make_consents
from tests.people.test_children_sign_in import NAME, PASSWORD, TYPED
from tests.programme.races import race

BORN = date(2003, 6, 1)
EVE = datetime(2021, 5, 31, 5, tzinfo=UTC)
BIRTHDAY = datetime(2021, 6, 1, 5, tzinfo=UTC)


@pytest.mark.django_db
def test_the_account_passes_to_the_person_with_the_consents(client: Client) -> None:
    guardian, other = make_account(), make_account()
    child = make_child(guardian, born_on=BORN)
    Guardianship.objects.create(child=child, account=other, kind=GuardianshipKind.PARENT)
    make_consents(child)
    make_sign_in(guardian=guardian, child=child, name=NAME, password=PASSWORD)
    with clock.at(EVE):
        come_of_age(timestamp=0)
        assert list(children_of(guardian)) == [child]
    with clock.at(BIRTHDAY):
        come_of_age(timestamp=0)
        come_of_age(timestamp=0)
        assert list(children_of(guardian)) == list(children_of(other)) == []
        told = [
            job.args["account_id"]
            for job in ProcrastinateJob.objects.filter(task_name="notify.tell").order_by("id")
            if job.args["kind"] == "people.came_of_age"
        ]
        assert told == [guardian.pk, other.pk]
        # The person signs in as before, and is a grown-up here.
        client.post(reverse("people:child_sign_in"), TYPED)
        assert client.get(reverse("people:mine"))["Location"] == reverse("people:family")
        page = client.get(reverse("people:family")).content.decode()
        assert reverse("account_email") in page
        assert client.get(reverse("account_email")).status_code == 200
        assert in_force().filter(child=child).count() == len(ConsentPurpose)
        kwargs = {"public_id": child.public_id}
        client.post(reverse("people:withdraw", kwargs=kwargs), {"purpose": "photo"})
        assert not in_force().filter(child=child, purpose="photo").exists()


@pytest.mark.django_db
def test_without_a_sign_in_the_consents_end() -> None:
    guardian = make_account()
    child = make_child(guardian, born_on=BORN)
    make_consents(child)
    with clock.at(BIRTHDAY):
        assert pass_to_person(child_id=child.pk)
        assert not pass_to_person(child_id=child.pk)
    assert not in_force().filter(child=child).exists()
    assert list(children_of(guardian)) == []


@pytest.mark.django_db
def test_who_is_younger_is_left_alone() -> None:
    child = make_child(make_account(), born_on=date(2003, 6, 2))
    with clock.at(BIRTHDAY):
        assert grown_children() == []
        assert not pass_to_person(child_id=child.pk)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(st.dates(date(2002, 2, 1), date(2004, 4, 30)), st.dates(date(2021, 2, 20), date(2022, 4, 2)))
def test_all_who_are_of_age_are_found_and_nobody_else(born_on: date, day: date) -> None:
    child = Child.objects.filter(family_name="Сынақ").first()
    if child is None:
        child = make_child(make_account(f"{born_on}@example.kz"), family_name="Сынақ")
    Child.objects.filter(pk=child.pk).update(born_on=born_on)
    with clock.at(datetime(day.year, day.month, day.day, 6, tzinfo=UTC)):
        found = grown_children()
    assert (child.pk in found) is (age_on(born_on, day) >= 18)


@pytest.mark.django_db(transaction=True)
def test_many_workers_pass_an_account_on_once() -> None:
    guardian = make_account()
    child = make_child(guardian, born_on=BORN)
    make_consents(child)
    make_sign_in(guardian=guardian, child=child, name=NAME, password=PASSWORD)

    def work(_number: int) -> str:
        with clock.at(BIRTHDAY):
            return str(pass_to_person(child_id=child.pk))

    assert sorted(race(work, times=6)) == [*["False"] * 5, "True"]
    assert Guardianship.objects.filter(child=child, ended_at=None).count() == 1

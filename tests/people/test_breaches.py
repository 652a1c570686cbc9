"""A11, A12: a list of those affected is asked for by one, approved by another, and leaves its mark."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden
from bala.people.actions.breaches import (
    ReasonMissing,
    approve_breach_list,
    ask_breach_list,
    take_breach_list,
)
from bala.people.enums import Role, SeenWhy
from bala.people.models import Account, BreachList, ChildSeen
from tests.conftest import CAMPAIGN_DAY
from tests.people.factories import make_account, make_child, make_consents, make_person
from tests.territory.factories import region

pytestmark = pytest.mark.django_db
SLUG = "bakytty-bala-1"


def coordinator() -> Account:
    return make_person(Role.COORDINATOR, campaign_slug=SLUG)


def ask(by: Account, **scope: object) -> BreachList:
    given = {"region": None, "since": None, **scope}
    return ask_breach_list(by=by, campaign_slug=SLUG, reason="Ноутбук жоғалды", **given)  # type: ignore[arg-type]


def test_a11_an_export_of_personal_data_needs_a_second_person() -> None:
    first, second = coordinator(), coordinator()
    guardian = make_account(email="ana@example.kz")
    make_consents(make_child(guardian))
    asked = ask(first)
    with pytest.raises(Forbidden):
        take_breach_list(by=first, asked=asked)
    with pytest.raises(Forbidden):
        approve_breach_list(by=first, asked=asked)
    approve_breach_list(by=second, asked=asked)
    with pytest.raises(EditConflict):
        approve_breach_list(by=coordinator(), asked=asked)
    found = take_breach_list(by=first, asked=asked)
    assert [one.tell[0][1] for one in found] == ["ana@example.kz"]
    assert "(5)" in found[0].kinds  # five consents
    asked.refresh_from_db()
    assert asked.taken_times == 1
    note = ChildSeen.objects.get()
    assert (note.seen_by, note.why) == (first, SeenWhy.EXPORT)


def test_a11_the_database_wants_two_people_too() -> None:
    first = coordinator()
    asked = ask(first)
    with pytest.raises(IntegrityError), transaction.atomic():
        BreachList.objects.filter(pk=asked.pk).update(
            approved_by=first, approved_at=clock.now(), expires_at=clock.now()
        )


def test_an_approval_ends_by_itself() -> None:
    first, second = coordinator(), coordinator()
    asked = approve_breach_list(by=second, asked=ask(first))
    with clock.at(CAMPAIGN_DAY + timedelta(hours=25)), pytest.raises(Forbidden):
        take_breach_list(by=first, asked=asked)


def test_the_scope_names_region_and_day() -> None:
    first, second = coordinator(), coordinator()
    guardian = make_account()
    make_child(guardian, given_name="Дана")
    make_child(guardian, given_name="Ержан", region=region("KZ-79"))
    old = make_child(guardian, given_name="Асан")
    old.added_at = CAMPAIGN_DAY - timedelta(days=9)
    old.save()
    asked = ask(first, region=region("KZ-75"), since=CAMPAIGN_DAY.date())
    approve_breach_list(by=second, asked=asked)
    names = [one.child.given_name for one in take_breach_list(by=second, asked=asked)]
    assert names == ["Дана"]


def test_a_word_on_what_happened_is_needed(client: Client) -> None:
    first = coordinator()
    with pytest.raises(ReasonMissing):
        ask_breach_list(by=first, campaign_slug=SLUG, reason=" ", region=None, since=None)
    client.force_login(first)
    address = reverse("people:breaches", args=[SLUG])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert not BreachList.objects.exists()


def test_two_coordinators_walk_through_it_in_the_console(client: Client) -> None:
    first, second = coordinator(), coordinator()
    make_consents(make_child(make_account(), given_name="Дана"))
    client.force_login(first)
    answer = client.post(reverse("people:breaches", args=[SLUG]), {"reason": "Қате хат"})
    asked = BreachList.objects.get()
    assert answer.status_code == 302
    page = reverse("people:breach", args=[SLUG, asked.public_id])
    taking = reverse("people:breach_take", args=[SLUG, asked.public_id])
    approving = reverse("people:breach_approve", args=[SLUG, asked.public_id])
    assert approving not in client.get(page).content.decode()
    assert client.post(taking).status_code == 403
    client.force_login(second)
    assert approving in client.get(page).content.decode()
    client.post(approving)
    assert "Дана" in client.post(taking, {"as": "print"}).content.decode()
    assert "Дана" in client.post(taking, {"as": "csv"}).content.decode("utf-8-sig")
    assert client.post(taking, {"as": "xlsx"}).content.startswith(b"PK")
    assert ChildSeen.objects.count() == 3
